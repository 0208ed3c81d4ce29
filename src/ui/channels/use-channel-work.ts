import type { TFunction } from 'i18next';
import { useState } from 'react';
import { planBatchEdit, type BatchChange } from '../../core/channels/batch-edit';
import type { Channel } from '../../core/channels/channel';
import { isLeft } from '../../core/channels/many';
import type { ChannelResult } from '../../core/channels/view';
import type { Failure } from '../../core/failures/failure';
import type { Result } from '../../core/failures/result';
import { undoChannel } from '../channel-import/undo-channel';
import { usePage } from '../page-context';
import { useTranslation } from '../use-translation';
import { useWork, type Work } from '../use-work';
import type { Channels } from '../new-api/use-channels';
import type { NewApiView } from '../../core/new-api/view';

export type WorkKind = 'on' | 'off' | 'test' | 'delete' | 'edit';

/** What a work needs beside its channels. */
export interface WorkOptions {
  /** What a test asks for; absent: what the site chooses. */
  model?: string | undefined;
  /** What an edit makes the same in all. */
  change?: BatchChange;
}

export interface WorkReport {
  kind: WorkKind;
  options: WorkOptions;
  /** Names are those at the start: what was deleted has none any more. */
  rows: { name: string; result: ChannelResult }[];
  /** Channels that can be tried again as they are. */
  rest: Channel[];
  /** The whole was refused. */
  failure: Failure | null;
}

export interface ChannelWork {
  running: { kind: WorkKind; ids: ReadonlySet<number>; progress: NonNullable<Work['progress']> } | null;
  report: WorkReport | null;
  start(kind: WorkKind, channels: readonly Channel[], options?: WorkOptions): Promise<void>;
  stop(): void;
  dismiss(): void;
  /** Says what a work changed, with a button that takes it back and then reads the channels anew. */
  offerUndo(said: string, workId: string): void;
}

/** What is done with one channel or many, one work at a time, and how each came out. */
export function useChannelWork({ id: newApiId, siteUrl }: NewApiView, { put, read }: Channels): ChannelWork {
  const { t } = useTranslation();
  const context = usePage();
  const { ask } = context;
  const work = useWork();
  const [order, setOrder] = useState<{ kind: WorkKind; ids: ReadonlySet<number> }>();
  const [report, setReport] = useState<WorkReport | null>(null);
  const send = (
    kind: WorkKind,
    channels: readonly Channel[],
    workId: string,
    { model, change = {} }: WorkOptions,
  ): Promise<Result<ChannelResult[]>> => {
    const about = { newApiId, workId };
    if (kind === 'test')
      return ask('channels.test', { ...about, channelIds: channels.map(({ id }) => id), model });
    if (kind === 'edit') {
      const { edits } = planBatchEdit(channels, change);
      return ask('channels.edit', {
        ...about,
        edits: edits.map(({ channel, fields, seen }) => ({ channelId: channel.id, fields, seen })),
      });
    }
    // With what is shown of them: by its number alone another channel might be meant by now.
    const seen = channels.map(({ id, name, baseUrl }) => ({ id, name, baseUrl }));
    const shown = { ...about, siteUrl, channels: seen };
    return kind === 'delete'
      ? ask('channels.delete', shown)
      : ask('channels.switch', { ...shown, state: kind });
  };
  const offerUndo = (said: string, workId: string): void =>
    context.toast.plain(said, () => void undoChannel(context, t, workId).then(read));
  return {
    offerUndo,
    running: work.progress && order ? { ...order, progress: work.progress } : null,
    report,
    stop: work.stop,
    dismiss: () => setReport(null),
    async start(next, channels, options = {}) {
      if (work.progress) return;
      setOrder({ kind: next, ids: new Set(channels.map(({ id }) => id)) });
      setReport(null);
      let workId = '';
      const done = await work.run(channels.length, (id) => send(next, channels, (workId = id), options));
      const results = done.ok ? done.value : [];
      put(next === 'test' ? tested(results, channels) : results, next === 'delete');
      const said = sayChanged(t, next, results, channels);
      if (said) offerUndo(said, workId);
      // One that was switched says so in its own row.
      const told = results.length === 1 && results[0]?.kind === 'done' && (next === 'on' || next === 'off');
      if (told) return;
      const names = new Map(channels.map(({ id, name }) => [id, name]));
      const rows = results.map((result) => ({ name: names.get(result.channelId) ?? '', result }));
      const left = new Set(results.filter(isLeft).map(({ channelId }) => channelId));
      const rest = channels.filter(({ id }) => left.has(id));
      setReport({ kind: next, options, rows, rest, failure: done.ok ? null : done.failure });
    },
  };
}

/** What History can take back; empty: nothing. A channel that was in that state before was not written. */
function sayChanged(
  t: TFunction,
  kind: WorkKind,
  results: readonly ChannelResult[],
  channels: readonly Channel[],
): string {
  if (kind === 'test' || kind === 'delete') return '';
  const done = new Set(results.flatMap((result) => (result.kind === 'done' ? result.channelId : [])));
  const changed = channels.filter(({ id, state }) => done.has(id) && state !== kind);
  const [first] = changed;
  if (!first) return '';
  const count = changed.length;
  return count > 1
    ? t(`channels.changed.many.${kind}`, { count })
    : t(`channels.changed.${kind}`, { name: first.name });
}

/** A test answers with its time only. */
function tested(results: readonly ChannelResult[], channels: readonly Channel[]): ChannelResult[] {
  const before = new Map(channels.map((channel) => [channel.id, channel]));
  return results.map((result) => {
    const channel = before.get(result.channelId);
    return result.kind === 'done' && channel
      ? { ...result, channel: { ...channel, responseMs: result.tookMs, testedAt: Date.now() } }
      : result;
  });
}
