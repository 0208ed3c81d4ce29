import type { Channel, ChannelFields } from '../../core/channels/channel';
import { differing } from '../../core/channels/compare';
import { decideChannelUndo } from '../../core/channels/decide-undo';
import type { ChannelUndo } from '../../core/channels/view';
import type { Failure } from '../../core/failure';
import { canonicalJson } from '../../core/json';
import type { Result } from '../../core/result';
import type { ChannelRecord } from '../../storage/journal-schema';
import { readChannel } from '../../targets/new-api/read-channel';
import { updateChannel } from '../../targets/new-api/update-channel';
import { holdNewApi, openNewApi, type NewApiClient } from '../new-api/new-api-client';
import type { Ports } from '../ports';
import { removeOne } from './delete-channels';
import { readChannelRecords, updateChannelRecord } from './journal';
import { shownChannel } from './list-channels';
import { traceWrite } from './trace-write';

const failed = (failure: Failure): ChannelUndo => ({ kind: 'failed', failure });

/**
 * Takes back what was written to one channel: a channel that we made is deleted, fields that we changed get their former
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
  const record = records.value.find(({ id }) => id === importId);
  if (!record || !canBeUndone(record)) return failed({ code: 'channel-gone' });
  const client = await openNewApi(ports, record.newApiId);
  if (!client.ok) return failed(client.failure);
  // The same number means another channel at another site.
  if (client.value.newApi.siteUrl !== record.siteUrl) return failed({ code: 'channel-gone' });
  const held = await holdNewApi(ports, client.value, signal, () =>
    undoUnderLock(ports, client.value, record, confirmedLoss),
  );
  await ports.pages.notify();
  return held.ok ? held.value : failed(held.failure);
}

type Written = ChannelRecord & { channelId: number };

const canBeUndone = (record: ChannelRecord): record is Written =>
  record.channelId !== null && record.phase !== 'undone' && record.action !== 'delete';

async function undoUnderLock(
  ports: Ports,
  client: NewApiClient,
  record: Written,
  confirmedLoss: string | undefined,
): Promise<ChannelUndo> {
  const now = await client.call((http, site) => readChannel(http, site, record.channelId));
  if (!now.ok) {
    // A channel that we made and that is gone is undone.
    const gone = now.failure.code === 'channel-gone' && record.before === null;
    return gone ? conclude(ports, client, record) : failed(now.failure);
  }
  const step = decideChannelUndo(record, shownChannel(now.value));
  // Undone before, without our having heard of it.
  if (step.kind === 'none') return conclude(ports, client, record);
  const { lost, unsure } = step;
  const { name: channelName, models } = now.value;
  const hash = await ports.hash.sha256(canonicalJson([record.id, models, lost]));
  if (lost.length > 0 && confirmedLoss !== hash)
    return { kind: 'changed', channelName, lost, hash, ...(unsure && { unsure }) };
  const undone =
    step.kind === 'delete'
      ? await removeOne(client, now.value)
      : await putBack(client, record.channelId, step.before, now.value);
  return undone.ok ? conclude(ports, client, record) : failed(undone.failure);
}

async function putBack(
  client: NewApiClient,
  id: number,
  fields: Partial<ChannelFields>,
  now: Channel,
): Promise<Result<Channel>> {
  const touched = Object.fromEntries(Object.entries(now).filter(([name]) => name in fields));
  const { written } = await traceWrite(now.name, (trail) =>
    client.call((http, site, dialect) =>
      updateChannel(http, site, dialect, {
        id,
        fields,
        // Nobody came between our look and this write.
        agreed: (channel) => differing(channel, touched).length === 0,
        trail,
      }),
    ),
  );
  return written;
}

async function conclude(ports: Ports, client: NewApiClient, record: Written): Promise<ChannelUndo> {
  await updateChannelRecord(ports, record.id, { phase: 'undone', undoneAt: ports.clock.now() });
  const made = record.action === 'create';
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
  return { kind: 'undone' };
}
