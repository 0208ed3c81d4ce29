import type { KeyStatus } from '../../core/accounts/quota';
import type { KeyView } from '../../core/view/view';
import type { KeyState } from './state';

export const STATE_FILTERS = ['all', 'not-imported', 'served', 'review'] as const;
export type StateFilter = (typeof STATE_FILTERS)[number];

export const SORTS = ['listed', 'name', 'relay', 'group', 'balance', 'state'] as const;
export type SortBy = (typeof SORTS)[number];

/** Which keys a list shows, and in which order. */
export interface KeyFilter {
  text: string;
  /** Id of an account, `own` for keys entered by hand, empty for all. */
  account: string;
  /** Null: of any group. */
  group: string | null;
  /** Its state at the relay; null: any. */
  status: KeyStatus | null;
  state: StateFilter;
  sort: SortBy;
  down: boolean;
}

export const NO_FILTER: KeyFilter = {
  text: '',
  account: '',
  group: null,
  status: null,
  state: 'all',
  sort: 'listed',
  down: false,
};

export interface FilteredKeys {
  shown: KeyView[];
  /** How many keys each state would show. */
  count(state: StateFilter): number;
}

/**
 * `stateOf` is asked once per key. `kept` holds the ids of keys that are shown whatever their state is now: a key that is
 * imported from “Not imported” shows its progress where it was clicked.
 */
export function filterKeys(
  keys: readonly KeyView[],
  filter: KeyFilter,
  stateOf: (key: KeyView) => KeyState['group'],
  kept: ReadonlySet<string> = new Set(),
): FilteredKeys {
  const states = new Map(keys.map((key) => [key.id, stateOf(key)]));
  const found = keys.filter((key) => matches(key, filter.text) && belongs(key, filter));
  const passing = (state: StateFilter, also: ReadonlySet<string> = new Set()): KeyView[] =>
    state === 'all' ? found : found.filter(({ id }) => states.get(id) === state || also.has(id));
  const shown = passing(filter.state, kept);
  return {
    shown: filter.sort === 'listed' ? shown : sortKeys(shown, filter, states),
    count: (state) => passing(state).length,
  };
}

function belongs(key: KeyView, { account, group, status }: KeyFilter): boolean {
  const inAccount =
    account === '' || (account === 'own' ? key.accountId === null : key.accountId === account);
  return inAccount && (group === null || key.group === group) && (status === null || key.status === status);
}

/** Names, relays, groups, notes and the shown ends of a key. */
function matches(key: KeyView, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return true;
  return [key.name, key.listedName, key.note, key.relayName, key.host, key.group, key.mask].some((part) =>
    part.toLowerCase().includes(wanted),
  );
}

const STATE_ORDER = ['review', 'running', 'not-imported', 'served'] as const;
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Stable: equal keys keep the order of the list. */
function sortKeys(
  keys: readonly KeyView[],
  { sort, down }: KeyFilter,
  states: ReadonlyMap<string, KeyState['group']>,
): KeyView[] {
  const rank = ({ id }: KeyView): number => STATE_ORDER.findIndex((state) => state === states.get(id));
  const compare: Record<Exclude<SortBy, 'listed'>, (a: KeyView, b: KeyView) => number> = {
    name: (a, b) => collator.compare(a.name, b.name),
    relay: (a, b) => collator.compare(a.relayName, b.relayName),
    group: (a, b) => collator.compare(a.group, b.group),
    balance: (a, b) => leftOf(a) - leftOf(b),
    state: (a, b) => rank(a) - rank(b),
  };
  const by = compare[sort as Exclude<SortBy, 'listed'>];
  return keys.toSorted((a, b) => (down ? by(b, a) : by(a, b)));
}

/** The balance to sort by: unlimited above all, unknown below. Currencies are not converted. */
function leftOf({ amount }: KeyView): number {
  if (amount.kind === 'unlimited') return Number.MAX_VALUE;
  return amount.kind === 'left' ? amount.left.value : -Number.MAX_VALUE;
}

/** The keys that are not in CLIProxyAPI yet and work at their relay. */
export const importable = (keys: readonly KeyView[]): string[] =>
  keys
    .filter(({ card, status, running }) => card === null && running === null && status === 'enabled')
    .map(({ id }) => id);

/** The groups of the keys, in order. */
export const groupsOf = (keys: readonly KeyView[]): string[] =>
  [...new Set(keys.map(({ group }) => group))].filter(Boolean).toSorted(collator.compare);
