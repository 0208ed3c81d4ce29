import { isMaking, type ChannelAction } from './actions';
import { fieldsOf, type Channel, type ChannelFields, type ChannelState } from './channel';
import { holds, isMadeOf } from './compare';

/** What the journal says of a write to a channel. */
export interface WrittenChannel {
  id: string;
  /** When the write began; milliseconds since 1970. */
  at: number;
  action: ChannelAction;
  phase: 'writing' | 'done' | 'not-written' | 'needs-look' | 'undone';
  channelId: number | null;
  /** The highest number before the write. */
  above: number;
  before: Partial<ChannelFields> | null;
  after: Partial<ChannelFields>;
  switched?: { from: ChannelState; to: ChannelState } | undefined;
}

/** How a write ended. `foundBy`: the channel was told by what it holds, and may be somebody else's. */
export interface ChannelFinding {
  phase: 'done' | 'not-written' | 'needs-look';
  channelId?: number | null;
  after?: ChannelFields;
  foundBy?: 'list';
}

/** All channels of a New API as pages see them, addresses without user and password. `more`: not all are listed. */
interface ShownList {
  channels: readonly Channel[];
  more: boolean;
}

/** No write takes longer (milliseconds); a record that is open for so long was left by a worker that was stopped. */
const CUT_OFF_MS = 3 * 60_000;

/** Whether the worker was stopped during the write; otherwise the write is under way. */
export const isCutOff = ({ phase, at }: Pick<WrittenChannel, 'phase' | 'at'>, now: number): boolean =>
  phase === 'writing' && now - at > CUT_OFF_MS;

/**
 * Finds in a fresh list how writes ended whose answer never came: the worker was stopped, or the server said nothing.
 * `records`, newest first, are those of the same New API at the same site. Answers by the id of the record.
 */
export function settleRecords(
  records: readonly WrittenChannel[],
  list: ShownList,
  now: number,
): Map<string, ChannelFinding> {
  const taken = channelsOf(records);
  const settled = new Map<string, ChannelFinding>();
  for (const record of records) {
    if (record.phase !== 'needs-look' && !isCutOff(record, now)) continue;
    const found = isMaking(record.action) ? findMade(record, list, taken) : lookAt(record, list);
    settled.set(record.id, found);
    if (found.phase === 'done' && typeof found.channelId === 'number') taken.add(found.channelId);
  }
  return settled;
}

/** Channels that records account for. Servers reuse numbers, so the newest record of each decides. */
function channelsOf(records: readonly WrittenChannel[]): Set<number> {
  const newest = new Map(records.toReversed().map((record) => [record.channelId, record]));
  const there = [...newest.values()].filter(
    ({ action, phase }) =>
      !(action === 'delete' && phase === 'done') && !(isMaking(action) && phase === 'undone'),
  );
  return new Set(there.flatMap(({ channelId }) => channelId ?? []));
}

function lookAt(record: WrittenChannel, list: ShownList): ChannelFinding {
  const { action, channelId, before, after, switched } = record;
  const channel = list.channels.find(({ id }) => id === channelId);
  // A channel that is missing from a list that is not whole may be there.
  if (action === 'delete') return { phase: channel ? 'not-written' : list.more ? 'needs-look' : 'done' };
  if (switched) {
    if (channel?.state === switched.to) return { phase: 'done', channelId };
    return { phase: channel?.state === switched.from ? 'not-written' : 'needs-look' };
  }
  const is = (fields: Partial<ChannelFields> | null): boolean =>
    channel !== undefined && fields !== null && holds(channel, fields);
  if (is(after)) return { phase: 'done', channelId };
  return { phase: is(before) ? 'not-written' : 'needs-look' };
}

/**
 * Our channel has a higher number than all that were there, has the fields that were sent, and no other record accounts
 * for it. Another client may have made its like, so `foundBy` says how it was found. A server may also store fields
 * otherwise than they were sent: as long as there is a channel that nobody accounts for, it may be ours.
 */
function findMade(
  { above, after }: WrittenChannel,
  { channels, more }: ShownList,
  taken: ReadonlySet<number>,
): ChannelFinding {
  const added = channels.filter(({ id }) => id > above && !taken.has(id));
  const [first, second] = added.filter((channel) => isMadeOf(channel, after));
  if (first && !second)
    return { phase: 'done', channelId: first.id, after: fieldsOf(first), foundBy: 'list' };
  return { phase: added.length > 0 || more ? 'needs-look' : 'not-written' };
}
