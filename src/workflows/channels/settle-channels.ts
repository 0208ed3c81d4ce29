import { fieldsOf, type ChannelFields } from '../../core/channels/channel';
import { ok, type Result } from '../../core/result';
import type { ChannelRecord, NewApi } from '../../storage/channel-schema';
import type { ChannelList } from '../../targets/new-api/list-channels';
import { CUT_OFF_MS, updateChannelRecords } from './journal';
import type { Ports } from '../ports';
import { linkChannel } from './link-channel';
import { differing } from '../../core/channels/compare';

/**
 * Finds out from a fresh list what became of writes whose answer never came: the worker was stopped, or the server said
 * nothing. What the list does not tell goes on wanting a look; addresses in it are without user and password, as records
 * have them.
 */
export async function settleChannels(
  ports: Pick<Ports, 'journal' | 'saved' | 'clock'>,
  { id: newApiId, siteUrl }: Pick<NewApi, 'id' | 'siteUrl'>,
  list: ChannelList,
): Promise<Result<true>> {
  const journal = await ports.journal.read();
  if (!journal.ok) return journal;
  const now = ports.clock.now();
  // The same number means another channel at another site.
  const records = (journal.value.channels ?? []).filter(
    (record) => record.newApiId === newApiId && record.siteUrl === siteUrl,
  );
  const open = records.filter(
    ({ phase, at }) =>
      // A write that is under way is nobody else's business.
      phase === 'needs-look' || (phase === 'writing' && now - at > CUT_OFF_MS),
  );
  const taken = takenBy(records);
  const settled = new Map<string, Partial<ChannelRecord>>();
  for (const record of open) {
    const found = finding(record, list, taken);
    const { action, keyId } = record;
    settled.set(record.id, found);
    const { channelId, phase } = found;
    if (phase !== 'done' || typeof channelId !== 'number') continue;
    taken.add(channelId);
    if (!keyId) continue;
    const linked = await linkChannel(ports, { newApiId, channelId, keyId }, action === 'create');
    if (linked.ok && linked.value) found.linked = true;
  }
  if (settled.size === 0) return ok(true);
  const saved = await updateChannelRecords(ports, settled);
  return saved.ok ? ok(true) : saved;
}

/** Channels that records stand for. Numbers may come again, so that the newest record of each decides. */
function takenBy(records: readonly ChannelRecord[]): Set<number> {
  const newest = new Map(records.toReversed().map((record) => [record.channelId, record]));
  const there = [...newest.values()].filter(
    ({ action, phase }) =>
      !(action === 'delete' && phase === 'done') && !(action === 'create' && phase === 'undone'),
  );
  return new Set(there.flatMap(({ channelId }) => channelId ?? []));
}

function finding(
  record: ChannelRecord,
  list: ChannelList,
  taken: ReadonlySet<number>,
): Partial<ChannelRecord> {
  if (record.action === 'create') return madeBy(record, list, taken);
  const channel = list.channels.find(({ id }) => id === record.channelId);
  // That it is missing says nothing where not all are listed.
  if (record.action === 'delete')
    return { phase: channel ? 'not-written' : list.more ? 'needs-look' : 'done' };
  const is = (fields: Partial<ChannelFields> | null): boolean =>
    channel !== undefined && fields !== null && differing(channel, fields).length === 0;
  if (is(record.after)) return { phase: 'done', channelId: record.channelId };
  return { phase: is(record.before) ? 'not-written' : 'needs-look' };
}

/**
 * Ours lies above all that were there, has what was sent, and is not that of another record. Another client may have made
 * the like of it, so that it is noted how it was found. A server may also keep one otherwise than it was sent: as long as
 * there is one that nobody accounts for, it may be ours.
 */
function madeBy(
  { above, after }: ChannelRecord,
  { channels, more }: ChannelList,
  taken: ReadonlySet<number>,
): Partial<ChannelRecord> {
  const { name, models, mapping = '', type, baseUrl } = after;
  const sure = { name, models, mapping, type, baseUrl } as Partial<ChannelFields>;
  const added = channels.filter(({ id }) => id > above && !taken.has(id));
  const [first, second] = added.filter((channel) => differing(channel, sure).length === 0);
  if (first && !second)
    return { phase: 'done', channelId: first.id, after: fieldsOf(first), foundBy: 'list' };
  return { phase: added.length > 0 || more ? 'needs-look' : 'not-written' };
}
