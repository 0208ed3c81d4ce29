import { groupBy } from '../group-by';
import type { ChannelBatchHistoryItem, ChannelHistoryItem } from './history';

/** The lines of History: channels that were edited or switched at once are one line, a single one stays the line of itself. */
export const gatherChannels = (
  items: readonly ChannelHistoryItem[],
): (ChannelHistoryItem | ChannelBatchHistoryItem)[] =>
  [...groupBy(items, lineOf)].flatMap<ChannelHistoryItem | ChannelBatchHistoryItem>(([line, channels]) => {
    const [first] = channels;
    return first && isGathered(first) && channels.length > 1 ? [batchOf(line, first, channels)] : channels;
  });

type Gathered = ChannelHistoryItem & { action: ChannelBatchHistoryItem['action'] };

/** An export of many keys is not: each of its channels is about a key. */
const isGathered = (item: ChannelHistoryItem): item is Gathered =>
  item.batch !== null && (item.action === 'edit' || item.action === 'switch');

const lineOf = (item: ChannelHistoryItem): string => (isGathered(item) ? (item.batch ?? item.id) : item.id);

function batchOf(id: string, first: Gathered, channels: ChannelHistoryItem[]): ChannelBatchHistoryItem {
  const { at, action, newApiName, host } = first;
  const within = (...phases: ChannelHistoryItem['phase'][]): number =>
    channels.filter(({ phase }) => phases.includes(phase)).length;
  const tally = {
    count: channels.length,
    written: within('done', 'needs-look'),
    undone: within('undone'),
  };
  const times = channels.flatMap(({ undoneAt }) => undoneAt ?? []);
  return {
    about: 'channels',
    id,
    at,
    action,
    keyId: null,
    keyName: '',
    mask: '',
    undoneAt: times.length > 0 ? Math.max(...times) : null,
    phase: phaseOf(tally, within),
    newApiName,
    host,
    ...tally,
    channels,
    undoable: channels.some(({ undoable }) => undoable),
  };
}

function phaseOf(
  { count, written, undone }: Pick<ChannelBatchHistoryItem, 'count' | 'written' | 'undone'>,
  within: (phase: ChannelHistoryItem['phase']) => number,
): ChannelBatchHistoryItem['phase'] {
  if (within('writing') > 0) return 'writing';
  if (written > 0 && undone > 0) return 'partly-undone';
  if (within('needs-look') > 0) return 'needs-look';
  if (written === 0) return undone > 0 ? 'undone' : 'not-written';
  return written < count ? 'partly-written' : 'done';
}
