import { fieldsOf, type Channel, type ChannelFields } from '../../core/channels/channel';
import { changesOf, type FieldChange } from '../../core/channels/plan';
import type { ChannelUndo } from '../../core/channels/view';
import type { Failure } from '../../core/failure';
import { canonicalJson } from '../../core/json';
import type { Result } from '../../core/result';
import type { ChannelRecord } from '../../storage/channel-schema';
import { readChannel } from '../../targets/new-api/read-channel';
import { updateChannel } from '../../targets/new-api/update-channel';
import { updateChannelRecord } from './journal';
import { removeOne } from './delete-channels';
import { shownChannel } from './list-channels';
import { holdNewApi, openNewApi, type NewApiClient } from '../new-api/new-api-client';
import { traceWrite } from './trace-write';
import type { Ports } from '../ports';
import { differing } from '../../core/channels/compare';

const failed = (failure: Failure): ChannelUndo => ({ kind: 'failed', failure });

/**
 * Takes back what was written to one channel: a channel that we made is deleted, fields that we changed get their old
 * values, and only if they are as we left them. Else what would be lost is said; `confirmedLoss` repeats what was shown.
 */
export async function undoChannel(
  ports: Ports,
  importId: string,
  confirmedLoss: string | undefined,
  signal: AbortSignal,
): Promise<ChannelUndo> {
  const journal = await ports.journal.read();
  if (!journal.ok) return failed(journal.failure);
  const record = journal.value.channels?.find(({ id }) => id === importId);
  if (!record || record.channelId === null || record.phase === 'undone')
    return failed({ code: 'channel-gone' });
  if (record.action === 'delete' || record.action === 'undo') return failed({ code: 'channel-gone' });
  const door = await openNewApi(ports, record.newApiId);
  if (!door.ok) return failed(door.failure);
  // The same number means another channel at another site.
  if (door.value.newApi.siteUrl !== record.siteUrl) return failed({ code: 'channel-gone' });
  const held = await holdNewApi(ports, door.value, signal, () =>
    undoUnderLock(ports, door.value, { ...record, channelId: record.channelId! }, confirmedLoss),
  );
  await ports.pages.notify();
  return held.ok ? held.value : failed(held.failure);
}

type Written = ChannelRecord & { channelId: number };

async function undoUnderLock(
  ports: Ports,
  door: NewApiClient,
  record: Written,
  confirmedLoss: string | undefined,
): Promise<ChannelUndo> {
  const now = await door.call((http, site) => readChannel(http, site, record.channelId));
  if (!now.ok) {
    // A channel that we made and that is gone is undone.
    const gone = now.failure.code === 'channel-gone' && record.before === null;
    return gone ? conclude(ports, door, record) : failed(now.failure);
  }
  // Undone before, without our having heard of it.
  if (record.before && differing(now.value, record.before).length === 0) return conclude(ports, door, record);
  const unsure = record.foundBy === 'list';
  const lost = unsure ? changesOf(undefined, fieldsOf(shownChannel(now.value))) : lostBy(now.value, record);
  const hash = await ports.hash.sha256(canonicalJson([record.id, now.value.models, lost]));
  if (lost.length > 0 && confirmedLoss !== hash) {
    const channelName = now.value.name;
    return { kind: 'changed', channelName, lost, hash, ...(unsure && { unsure }) };
  }
  const undone =
    record.before === null
      ? await removeOne(door, now.value)
      : await putBack(door, record, record.before, now.value);
  return undone.ok ? conclude(ports, door, record) : failed(undone.failure);
}

/** What others made of the fields that we touched: from what we left to what is there. */
function lostBy(now: Channel, { after }: ChannelRecord): FieldChange[] {
  const shown = shownChannel(now);
  const changed = differing(shown, after);
  const present: Partial<ChannelFields> = Object.fromEntries(changed.map((field) => [field, shown[field]]));
  return changesOf(after as ChannelFields, present);
}

async function putBack(
  door: NewApiClient,
  { channelId }: Written,
  before: Partial<ChannelFields>,
  now: Channel,
): Promise<Result<Channel>> {
  const { written } = await traceWrite(now.name, (trail) =>
    door.call((http, site, dialect) =>
      updateChannel(http, site, dialect, {
        id: channelId,
        fields: before,
        // Nobody came between our look and this write.
        agreed: (channel) => differing(channel, fieldsNamed(now, Object.keys(before))).length === 0,
        trail,
      }),
    ),
  );
  return written;
}

const fieldsNamed = (channel: Channel, names: readonly string[]): Partial<ChannelFields> =>
  Object.fromEntries(Object.entries(channel).filter(([name]) => names.includes(name)));

async function conclude(ports: Ports, door: NewApiClient, record: Written): Promise<ChannelUndo> {
  await updateChannelRecord(ports, record.id, { phase: 'undone', undoneAt: ports.clock.now() });
  const made = record.action === 'create';
  if (made || record.linked) {
    await ports.saved.change((saved) => {
      saved.channelLinks = (saved.channelLinks ?? []).filter(
        ({ newApiId, channelId, keyId }) =>
          newApiId !== door.newApi.id ||
          channelId !== record.channelId ||
          // Others may have joined a channel that stays.
          !(made || keyId === record.keyId),
      );
    });
  }
  return { kind: 'undone' };
}
