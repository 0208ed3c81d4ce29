import { useEffect, useMemo, useState } from 'react';
import type { ChannelResult } from '../../core/channels/view';
import type { Failure } from '../../core/failures/failure';
import type { Result } from '../../core/failures/result';
import type { SyncChoice } from '../../core/sync/model-sync';
import type { SyncedChannel, SyncRun } from '../../core/sync/run';
import type { Channels } from '../new-api/use-channels';
import { usePage } from '../page-context';
import { useWork, type Work } from '../use-work';
import { choiceCount, firstChoice, standing } from './choice';
import type { NewApiView } from '../../core/new-api/view';

/** One channel of the run that is shown, with what is ticked of it. */
export interface SyncItem {
  synced: SyncedChannel;
  standing: 'same' | 'moved' | 'gone';
  choice: SyncChoice;
  /** How applying came out. */
  result: ChannelResult | undefined;
}

export interface Sync {
  runs: SyncRun[];
  /** The run that is shown. */
  run: SyncRun | undefined;
  show(runId: string): void;
  items: SyncItem[];
  choose(channelId: number, choice: SyncChoice): void;
  /** How many ticks there are, in how many channels. */
  ticked: { changes: number; channels: number };
  busy: 'look' | 'apply' | null;
  progress: Work['progress'];
  failure: Failure | null;
  /** Null: all but those that are passed over. */
  look(channelIds: number[] | null, total: number): Promise<void>;
  apply(): Promise<void>;
  stop(): void;
}

/** Runs of the model sync of one New API: looking, ticking, applying. */
export function useSync({ id: newApiId }: NewApiView, channels: Channels): Sync {
  const { ask } = usePage();
  const work = useWork();
  const [runs, setRuns] = useState<SyncRun[]>([]);
  const [shownId, setShownId] = useState('');
  const [ticks, setTicks] = useState<Record<string, SyncChoice>>({});
  const [results, setResults] = useState<Record<string, ChannelResult>>({});
  const [busy, setBusy] = useState<Sync['busy']>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    let here = true;
    void ask('sync.runs', { newApiId }).then((kept) => here && kept.ok && setRuns(kept.value));
    return () => void (here = false);
  }, [ask, newApiId]);
  const shown = runs.find(({ id }) => id === shownId) ?? runs[0];
  const items = useItems(shown, channels, ticks, results);
  const keyOf = (channelId: number): string => `${shown?.id} ${channelId}`;
  const open = items.filter(isOpen).filter(({ choice }) => choiceCount(choice) > 0);
  async function run<T>(
    kind: 'look' | 'apply',
    total: number,
    send: (workId: string) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    setBusy(kind);
    setFailure(null);
    const done = await work.run(total, send);
    setBusy(null);
    if (!done.ok) setFailure(done.failure);
    return done;
  }
  return {
    runs,
    run: shown,
    show: setShownId,
    items,
    choose: (channelId, choice) => setTicks({ ...ticks, [keyOf(channelId)]: choice }),
    ticked: {
      changes: open.reduce((sum, { choice }) => sum + choiceCount(choice), 0),
      channels: open.length,
    },
    busy,
    progress: work.progress,
    failure,
    stop: work.stop,
    async look(channelIds, total) {
      const done = await run('look', total, (workId) => ask('sync.run', { newApiId, workId, channelIds }));
      if (!done.ok) return;
      setRuns((before) => [done.value, ...before]);
      setShownId(done.value.id);
      // What is applied is compared with what stands there now, so the list is to be of the same moment.
      await channels.read();
    },
    async apply() {
      const chosen = open.map(({ synced: { channelId, name, seen }, choice }) => ({
        channelId,
        name,
        seen,
        choice,
      }));
      const send = (workId: string) => ask('sync.apply', { newApiId, workId, chosen });
      const done = await run('apply', chosen.length, send);
      if (!done.ok) return;
      const ends = done.value.map((result) => [keyOf(result.channelId), result] as const);
      setResults({ ...results, ...Object.fromEntries(ends) });
      channels.put(done.value);
    },
  };
}

/** Something can still be chosen of it. */
export const isOpen = ({ standing: now, result }: SyncItem): boolean =>
  now === 'same' && result?.kind !== 'done';

function useItems(
  run: SyncRun | undefined,
  { view }: Channels,
  ticks: Record<string, SyncChoice>,
  results: Record<string, ChannelResult>,
): SyncItem[] {
  return useMemo(() => {
    const byId = new Map((view?.channels ?? []).map((channel) => [channel.id, channel]));
    const items = (run?.channels ?? []).map((synced): SyncItem => {
      const key = `${run?.id} ${synced.channelId}`;
      const now = standing(synced, byId);
      return { synced, standing: now, choice: ticks[key] ?? firstChoice(synced), result: results[key] };
    });
    // What asks for a decision comes first; what could not be read follows.
    return items.toSorted((a, b) => Number(a.synced.failure !== null) - Number(b.synced.failure !== null));
  }, [run, view, ticks, results]);
}
