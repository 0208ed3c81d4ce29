import { groupBy } from '../group-by';
import { gatheredLine, gatheredPhase } from './gathered';
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
  return {
    ...gatheredLine(id, at, channels),
    about: 'channels',
    action,
    phase: gatheredPhase(channels, tally),
    newApiName,
    host,
    ...tally,
    channels,
    undoable: channels.some(({ undoable }) => undoable),
  };
}
