import { differing, fieldsOf, type Channel, type ChannelFields } from '../core/channel';
import { ok, type Result } from '../core/result';
import type { ChannelRecord } from '../storage/channel-schema';
import { CUT_OFF_MS, updateChannelRecords } from './channel-journal';
import type { World } from './world';
import { linkChannel } from './write-channel';

/**
 * Finds out from a fresh list what became of writes whose answer never came: the worker was stopped, or the server said
 * nothing. What the list does not tell goes on wanting a look.
 */
export async function settleChannels(
  world: Pick<World, 'journal' | 'kept' | 'clock'>,
  newApiId: string,
  channels: readonly Channel[],
): Promise<Result<true>> {
  const journal = await world.journal.read();
  if (!journal.ok) return journal;
  const now = world.clock.now();
  const open = (journal.value.channels ?? []).filter(
    (record) =>
      record.newApiId === newApiId &&
      // A write that is under way is nobody else's business.
      (record.phase === 'needs-look' || (record.phase === 'writing' && now - record.at > CUT_OFF_MS)),
  );
  const taken = new Set((journal.value.channels ?? []).map(({ channelId }) => channelId));
  const settled = new Map(open.map((record) => [record.id, finding(record, channels, taken)]));
  if (settled.size === 0) return ok(true);
  for (const { id, keyId } of open) {
    const { channelId, phase } = settled.get(id)!;
    if (phase === 'done' && typeof channelId === 'number' && keyId)
      await linkChannel(world, newApiId, channelId, keyId);
  }
  const saved = await updateChannelRecords(world, settled);
  return saved.ok ? ok(true) : saved;
}

function finding(
  record: ChannelRecord,
  channels: readonly Channel[],
  taken: ReadonlySet<number | null>,
): Partial<ChannelRecord> {
  if (record.action === 'create') return madeBy(record, channels, taken);
  const channel = channels.find(({ id }) => id === record.channelId);
  if (record.action === 'delete') return { phase: channel ? 'not-written' : 'done' };
  const is = (fields: Partial<ChannelFields> | null): boolean =>
    channel !== undefined && fields !== null && differing(channel, fields).length === 0;
  if (is(record.after)) return { phase: 'done', channelId: record.channelId };
  return { phase: is(record.before) ? 'not-written' : 'needs-look' };
}

/** Ours lies above all that were there, has what was sent, and is not that of another record. */
function madeBy(
  { above, after }: ChannelRecord,
  channels: readonly Channel[],
  taken: ReadonlySet<number | null>,
): Partial<ChannelRecord> {
  const { name, models, mapping = '', type } = after;
  const sure = { name, models, mapping, type } as Partial<ChannelFields>;
  const made = channels.filter(
    (channel) => channel.id > above && !taken.has(channel.id) && differing(channel, sure).length === 0,
  );
  const [first] = made;
  if (!first) return { phase: 'not-written' };
  return made.length === 1
    ? { phase: 'done', channelId: first.id, after: fieldsOf(first) }
    : { phase: 'needs-look' };
}
