import type { Channel, ChannelState } from '../../core/channels/channel';
import { splitList } from '../../core/channels/compare';

export const CHANNEL_STATES = ['all', 'on', 'off', 'auto-off'] as const;
type StateFilter = 'all' | ChannelState;

export const CHANNEL_SORTS = ['listed', 'name', 'models', 'group', 'priority', 'response', 'state'] as const;
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
  sort: 'listed',
  down: false,
};

export interface FilteredChannels {
  shown: Channel[];
  /** How many each state would show. */
  count(state: StateFilter): number;
}

export function filterChannels(channels: readonly Channel[], filter: ChannelFilter): FilteredChannels {
  const wanted = filter.text.trim().toLowerCase();
  const found = channels.filter(
    (channel) =>
      textOf(channel).includes(wanted) &&
      (filter.group === null || splitList(channel.group).includes(filter.group)),
  );
  const passing = (state: StateFilter): Channel[] =>
    state === 'all' ? found : found.filter((channel) => channel.state === state);
  return { shown: sorted(passing(filter.state), filter), count: (state) => passing(state).length };
}

/** Names, addresses, models, tags, and the number by `#`. */
const textOf = ({ id, name, baseUrl, models, tag }: Channel): string =>
  `#${id} ${name} ${baseUrl} ${models} ${tag}`.toLowerCase();

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const STATE_ORDER: readonly ChannelState[] = ['auto-off', 'off', 'on'];

const COMPARE: Record<Exclude<ChannelSort, 'listed'>, (a: Channel, b: Channel) => number> = {
  name: (a, b) => collator.compare(a.name, b.name),
  models: (a, b) => modelCount(a) - modelCount(b),
  group: (a, b) => collator.compare(a.group, b.group),
  priority: (a, b) => a.priority - b.priority,
  response: (a, b) => a.responseMs - b.responseMs,
  state: (a, b) => STATE_ORDER.indexOf(a.state) - STATE_ORDER.indexOf(b.state),
};

/** Stable: equal channels keep the order of the server. */
function sorted(channels: Channel[], { sort, down }: ChannelFilter): Channel[] {
  if (sort === 'listed') return down ? channels.toReversed() : channels;
  const by = COMPARE[sort];
  return channels.toSorted((a, b) => (down ? by(b, a) : by(a, b)));
}

export const modelCount = ({ models }: Channel): number => splitList(models).length;

/** The groups that channels are in, in order. */
export const groupsOfChannels = (channels: readonly Channel[]): string[] =>
  [...new Set(channels.flatMap(({ group }) => splitList(group)))].toSorted(collator.compare);
