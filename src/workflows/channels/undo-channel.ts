import type { Channel, ChannelFields } from '../../core/channels/channel';
import { holds } from '../../core/channels/compare';
import { decideChannelUndo, type ChannelUndoStep } from '../../core/channels/decide-undo';
import { isMaking } from '../../core/channels/actions';
import type { ChannelUndo } from '../../core/channels/view';
import { hostOf } from '../../core/base-url';
import { canonicalJson } from '../../core/json';
import type { Failure } from '../../core/failures/failure';
import { fail, ok, type Result } from '../../core/failures/result';
import type { ChannelRecord } from '../../storage/journal-schema';
import { switchChannel } from '../../targets/new-api/switch-channel';
import { readChannel } from '../../targets/new-api/read-channel';
import { updateChannel } from '../../targets/new-api/update-channel';
import { failed } from '../running';
import { changeChannels, orFailed, type NewApiClient } from '../new-api/new-api-client';
import type { Ports } from '../ports';
import { removeOne } from './delete-channels';
import { concernsAll, firstThenFew } from './each-channel';
import { readChannelRecords, updateChannelRecord } from './journal';
import { shownChannel } from './list-channels';
import { traceWrite } from './trace-write';

/**
 * Takes back what was written to one channel, or to all of one batch: a channel that we made is deleted, fields that we changed get their former
 * values, and only if they are as we left them. Otherwise it says what would be lost; `confirmedLoss` repeats what was
 * shown.
 */
export async function undoChannel(
  ports: Ports,
  importId: string,
  confirmedLoss: string | undefined,
  signal: AbortSignal,
): Promise<ChannelUndo> {
  const records = await readChannelRecords(ports);
  if (!records.ok) return failed(records.failure);
  const wanted = records.value.filter(({ id, batch }) => id === importId || batch === importId);
  const left = wanted.filter(canBeUndone);
  const [record] = left;
  if (!record) return failed({ code: 'channel-gone' });
  return orFailed(
    await changeChannels(ports, record.newApiId, signal, (client) =>
      wanted.length > 1
        ? undoMany(ports, client, left, signal)
        : undoWrite(ports, client, record, confirmedLoss),
    ),
  );
}

/** The newest first. What somebody changed since is left alone: it can be looked at and taken back by itself. */
async function undoMany(
  ports: Ports,
  client: NewApiClient,
  records: readonly Written[],
  signal: AbortSignal,
): Promise<Result<ChannelUndo>> {
  const writes = records.filter(({ phase }) => phase === 'done');
  let undone = 0;
  let failure: Failure | null = null;
  await firstThenFew(ports, writes, { signal }, async (record) => {
    const result = await undoWrite(ports, client, record, undefined);
    if (result.ok) undone += result.value.kind === 'undone' ? 1 : 0;
    else failure ??= result.failure;
    return !result.ok && concernsAll(result.failure, hostOf(client.newApi.siteUrl));
  });
  const count = writes.length;
  return ok(undone === count ? { kind: 'undone' } : { kind: 'partly', undone, count, failure });
}

type Written = ChannelRecord & { channelId: number };

const canBeUndone = (record: ChannelRecord): record is Written =>
  record.channelId !== null && record.phase !== 'undone' && record.action !== 'delete' && !record.final;

async function undoWrite(
  ports: Ports,
  client: NewApiClient,
  record: Written,
  confirmedLoss: string | undefined,
): Promise<Result<ChannelUndo>> {
  // The same number means another channel at another site.
  if (client.newApi.siteUrl !== record.siteUrl) return fail({ code: 'channel-gone' });
  const read = await client.call((http, site) => readChannel(http, site, record.channelId));
  if (!read.ok) {
    // A channel that we made and that is gone is undone.
    const gone = read.failure.code === 'channel-gone' && record.before === null;
    return gone ? conclude(ports, client, record) : read;
  }
  const now = read.value;
  const step = decideChannelUndo(record, shownChannel(now));
  // Undone before, without our having heard of it.
  if (step.kind === 'none') return conclude(ports, client, record);
  const { lost, unsure } = step;
  const hash = await ports.hash.sha256(canonicalJson([record.id, now.models, lost]));
  if (lost.length > 0 && confirmedLoss !== hash)
    return ok({ kind: 'changed', channelName: now.name, lost, hash, ...(unsure && { unsure }) });
  const undone = await takeBack(client, step, now);
  return undone.ok ? conclude(ports, client, record) : undone;
}

function takeBack(
  client: NewApiClient,
  step: Exclude<ChannelUndoStep, { kind: 'none' }>,
  now: Channel,
): Promise<Result<unknown>> {
  switch (step.kind) {
    case 'delete':
      return removeOne(client, now);
    case 'switch':
      return client.call((http, site, dialect) => switchChannel(http, site, dialect, now.id, step.to));
    case 'restore':
      return putBack(client, step.before, now);
  }
}

async function putBack(
  client: NewApiClient,
  fields: Partial<ChannelFields>,
  now: Channel,
): Promise<Result<Channel>> {
  const touched = Object.fromEntries(Object.entries(now).filter(([name]) => name in fields));
  // Nobody came between our look and this write.
  const agreed = (channel: Channel): boolean => holds(channel, touched);
  const { written } = await traceWrite(client, now.name, (http, site, dialect, trail) =>
    updateChannel(http, site, dialect, { id: now.id, fields, agreed, trail }),
  );
  return written;
}

async function conclude(ports: Ports, client: NewApiClient, record: Written): Promise<Result<ChannelUndo>> {
  await updateChannelRecord(ports, record.id, { phase: 'undone', undoneAt: ports.clock.now() });
  const made = isMaking(record.action);
  if (made || record.linked) {
    await ports.saved.change((saved) => {
      saved.channelLinks = saved.channelLinks.filter(
        ({ newApiId, channelId, keyId }) =>
          newApiId !== client.newApi.id ||
          channelId !== record.channelId ||
          // Others may have joined a channel that stays.
          !(made || keyId === record.key.id),
      );
    });
  }
  return ok({ kind: 'undone' });
}
