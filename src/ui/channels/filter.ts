import type { Channel, ChannelState } from '../../core/channels/channel';
import { splitList } from '../../core/channels/compare';
import { memo } from '../../core/memo';

export const CHANNEL_STATES = ['all', 'on', 'off', 'auto-off'] as const;
type StateFilter = 'all' | ChannelState;

export const CHANNEL_SORTS = [
  'listed',
  'name',
  'models',
  'group',
  'priority',
  'weight',
  'response',
  'state',
] as const;
export type ChannelSort = (typeof CHANNEL_SORTS)[number];

/** Which channels are shown, and in which order. */
export interface ChannelFilter {
  text: string;
  state: StateFilter;
  /** Null: of any group. */
  group: string | null;
  sort: ChannelSort;
  down: boolean;
}

export const ALL_CHANNELS: ChannelFilter = {
  text: '',
  state: 'all',
  group: null,
  sort: 'priority',
  down: true,
};

export interface FilteredChannels {
  shown: Channel[];
  /** How many each state would show. */
  count(state: StateFilter): number;
}

export function filterChannels(channels: readonly Channel[], filter: ChannelFilter): FilteredChannels {
  const wanted = filter.text.trim().toLowerCase();
  const counts = new Map<StateFilter, number>();
  const more = (state: StateFilter): Map<StateFilter, number> =>
    counts.set(state, (counts.get(state) ?? 0) + 1);
  const { up, down } = ordersOf(channels);
  const shown = (filter.down ? down : up)(filter.sort).filter((channel) => {
    const { text, groups } = preparedOf(channel);
    if (!text.includes(wanted) || (filter.group !== null && !groups.includes(filter.group))) return false;
    more('all');
    more(channel.state);
    return filter.state === 'all' || channel.state === filter.state;
  });
  return { shown, count: (state) => counts.get(state) ?? 0 };
}

interface Prepared {
  /** Names, addresses, models, tags, and the number by `#`, in small letters. */
  text: string;
  groups: string[];
  models: number;
}

/** A thousand channels with long lists of models are not taken apart with each key press. */
const preparedOf = memo<Channel, Prepared>(
  ({ id, name, baseUrl, models, tag, group }) => ({
    text: `#${id} ${name} ${baseUrl} ${models} ${tag}`.toLowerCase(),
    groups: splitList(group),
    models: splitList(models).length,
  }),
  new WeakMap(),
);

/** The orders of a list, kept while only the search changes. */
const ordersOf = memo(
  (channels: readonly Channel[]) => ({
    up: memo((sort: ChannelSort) => sorted(channels, { sort, down: false })),
    down: memo((sort: ChannelSort) => sorted(channels, { sort, down: true })),
  }),
  new WeakMap(),
);

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const STATE_ORDER: readonly ChannelState[] = ['auto-off', 'off', 'on'];

const COMPARE: Record<Exclude<ChannelSort, 'listed'>, (a: Channel, b: Channel) => number> = {
  name: (a, b) => collator.compare(a.name, b.name),
  models: (a, b) => modelCount(a) - modelCount(b),
  group: (a, b) => collator.compare(a.group, b.group),
  priority: (a, b) => a.priority - b.priority,
  weight: (a, b) => a.weight - b.weight,
  response: (a, b) => a.responseMs - b.responseMs,
  state: (a, b) => STATE_ORDER.indexOf(a.state) - STATE_ORDER.indexOf(b.state),
};

/** Stable: equal channels keep the order of the server. */
function sorted(
  channels: readonly Channel[],
  { sort, down }: Pick<ChannelFilter, 'sort' | 'down'>,
): readonly Channel[] {
  if (sort === 'listed') return down ? channels.toReversed() : channels;
  const by = COMPARE[sort];
  return channels.toSorted((a, b) => (down ? by(b, a) : by(a, b)));
}

export const modelCount = (channel: Channel): number => preparedOf(channel).models;

/** The tags that channels have, in order. */
export const tagsOfChannels = (channels: readonly Channel[]): string[] =>
  [...new Set(channels.flatMap(({ tag }) => tag || []))].toSorted(collator.compare);

/** The groups that channels are in, in order. */
export const groupsOfChannels = (channels: readonly Channel[]): string[] =>
  [...new Set(channels.flatMap((channel) => preparedOf(channel).groups))].toSorted(collator.compare);
