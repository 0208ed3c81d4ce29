import type { KeyStatus } from '../../core/accounts/quota';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { indexOf, standingAt, type KeyGroup } from '../../core/view/key-index';
import type { KeyStanding, KeyView } from '../../core/view/view';

export const STATE_FILTERS = ['all', 'not-imported', 'running', 'review', 'served'] as const;
export type StateFilter = (typeof STATE_FILTERS)[number];

export const SORTS = ['listed', 'name', 'relay', 'group', 'balance', 'state', 'imported'] as const;
export type SortBy = (typeof SORTS)[number];

/** What a list is narrowed to without a search, and its order. */
export interface KeyChoice {
  /** Id of an account, `own` for keys entered by hand, empty for all. */
  account: string;
  /** Name of a relay; null: any. */
  relay: string | null;
  /** Null: of any group. */
  group: string | null;
  /** Its state at the relay; null: any. */
  status: KeyStatus | null;
  state: StateFilter;
  /** Why it is to be reviewed, as an id of core/view/key-index; null: whatever. */
  reason: string | null;
  /** The list of CLIProxyAPI that it was imported into last; null: any or none. */
  list: ListName | null;
  /** Id of the CLIProxyAPI that it is not in; null: any. */
  lacking: string | null;
  sort: SortBy;
  down: boolean;
}

/** Which keys a list shows, and in which order. */
export interface KeyFilter extends KeyChoice {
  text: string;
}

export const NO_CHOICE: KeyChoice = {
  account: '',
  relay: null,
  group: null,
  status: null,
  state: 'all',
  reason: null,
  list: null,
  lacking: null,
  sort: 'listed',
  down: false,
};

export const NO_FILTER: KeyFilter = { ...NO_CHOICE, text: '' };

/**
 * The choice that was noted, as far as there still is that choice: what was filtered by may be gone since, and its control
 * with it.
 */
export function choiceFrom(
  note: unknown,
  { relays, groups, statuses, lists, reasons, proxies }: Choices,
  accounts: readonly string[],
): KeyChoice {
  const noted = (note ?? {}) as Partial<Record<keyof KeyChoice, unknown>>;
  const oneOf = <T>(name: keyof KeyChoice, values: readonly T[]): T | null =>
    values.find((value) => value === noted[name]) ?? null;
  return {
    account: oneOf('account', accounts.length > 0 ? ['own', ...accounts] : []) ?? '',
    relay: oneOf('relay', relays.length > 1 ? relays : []),
    group: oneOf('group', groups.length > 1 ? groups : []),
    status: oneOf('status', statuses),
    state: oneOf('state', STATE_FILTERS) ?? 'all',
    reason: oneOf(
      'reason',
      reasons.map(({ id }) => id),
    ),
    list: oneOf('list', lists),
    lacking: oneOf('lacking', proxies),
    sort: oneOf('sort', SORTS) ?? 'listed',
    down: noted.down === true,
  };
}

/** How many filters are set; the order is none, and neither is the search. */
export const setFilters = ({ sort: _sort, down: _down, ...filters }: KeyChoice): number =>
  Object.entries(filters).filter(([name, value]) => value !== NO_CHOICE[name as keyof KeyChoice]).length;

export interface FilteredKeys {
  shown: readonly KeyView[];
  /** How many keys each state would show; `unknown`: of those not imported, how many CLIProxyAPI was not asked about. */
  count(state: StateFilter | 'unknown'): number;
  /** How many of those shown can be imported. */
  open: number;
}

/**
 * One pass over keys in their order. `kept` holds the ids of keys that are shown however they stand with CLIProxyAPI now: a
 * key that is imported from “Not imported” shows its progress where it was clicked.
 */
export function filterKeys(
  keys: readonly KeyView[],
  filter: KeyFilter,
  kept: ReadonlySet<string> = new Set(),
): FilteredKeys {
  const text = filter.text.trim().toLowerCase();
  const inAnyState: Standing = { ...filter, state: 'all' };
  const counts = new Map<StateFilter | KeyGroup | 'unknown', number>();
  const add = (state: StateFilter | KeyGroup | 'unknown'): unknown =>
    counts.set(state, (counts.get(state) ?? 0) + 1);
  const shown: KeyView[] = [];
  let open = 0;
  for (const key of keys) {
    const index = indexOf(key);
    if (!belongs(key, filter) || (text && !index.text.includes(text))) continue;
    const isKept = kept.has(key.id);
    if (!isKept && !standsSo(key, inAnyState)) continue;
    add('all');
    add(index.group);
    if (index.group === 'not-imported' && key.presence === 'unknown') add('unknown');
    if (!isKept && filter.state !== 'all' && filter.state !== index.group) continue;
    shown.push(key);
    if (isImportable(key)) open++;
  }
  return { shown, open, count: (state) => counts.get(state) ?? 0 };
}

/** Nothing says that it is there: neither an import nor the last look. */
const isLacking = ({ card, presence, running }: KeyStanding): boolean =>
  !running && card?.kind !== 'proved' && presence !== 'present';

function belongs(key: KeyView, { account, relay, group, status }: KeyFilter): boolean {
  const inAccount =
    account === '' || (account === 'own' ? key.accountId === null : key.accountId === account);
  return (
    inAccount &&
    (relay === null || key.relayName === relay) &&
    (group === null || key.group === group) &&
    (status === null || key.status === status)
  );
}

type Standing = Pick<KeyFilter, 'state' | 'reason' | 'list' | 'lacking'>;

/** Whether a key stands with CLIProxyAPI as the filter wants it. */
function standsSo(key: KeyView, { state, reason, list, lacking }: Standing): boolean {
  const index = indexOf(key);
  return (
    (state === 'all' || index.group === state) &&
    (reason === null || index.reason?.id === reason) &&
    (list === null || index.list === list) &&
    (lacking === null || isLacking(standingAt(key, lacking)))
  );
}

/** The keys that stand so when a filter is chosen: they stay in sight until another one is. Empty where all do. */
export function keptFor(keys: readonly KeyView[], filter: Standing): ReadonlySet<string> {
  const { state, reason, list, lacking } = filter;
  if (state === 'all' && [reason, list, lacking].every((one) => one === null)) return new Set();
  return new Set(keys.filter((key) => standsSo(key, filter)).map(({ id }) => id));
}

const STATE_ORDER = ['review', 'running', 'not-imported', 'served'] as const;
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const rank = (key: KeyView): number => STATE_ORDER.indexOf(indexOf(key).group);
const COMPARE: Record<Exclude<SortBy, 'listed'>, (a: KeyView, b: KeyView) => number> = {
  name: (a, b) => collator.compare(a.name, b.name),
  relay: (a, b) => collator.compare(a.relayName, b.relayName),
  group: (a, b) => collator.compare(a.group, b.group),
  balance: (a, b) => leftOf(a) - leftOf(b),
  state: (a, b) => rank(a) - rank(b),
  // The last one first: that is what one looks for.
  imported: (a, b) => indexOf(b).importedAt - indexOf(a).importedAt,
};

/** All keys in an order; stable, so that equal keys keep that of the list. Sorted before they are filtered: once. */
export function sortKeys(
  keys: readonly KeyView[],
  { sort, down }: Pick<KeyFilter, 'sort' | 'down'>,
): readonly KeyView[] {
  if (sort === 'listed') return keys;
  const by = COMPARE[sort];
  return keys.toSorted((a, b) => (down ? by(b, a) : by(a, b)));
}

/** The balance to sort by: unlimited above all, unknown below. Currencies are not converted. */
function leftOf({ amount }: KeyView): number {
  if (amount.kind === 'unlimited') return Number.MAX_VALUE;
  return amount.kind === 'left' ? amount.left.value : -Number.MAX_VALUE;
}

const isImportable = ({ card, status, running }: KeyView): boolean =>
  card === null && running === null && status === 'enabled';

/** The keys that are not in CLIProxyAPI yet and work at their relay. */
export const importable = (keys: readonly KeyView[]): string[] =>
  keys.filter(isImportable).map(({ id }) => id);

/** What there is to choose from, in order; a filter with one value or none is no choice. */
export interface Choices {
  relays: string[];
  groups: string[];
  statuses: KeyStatus[];
  lists: ListName[];
  /** Each reason with the first key that has it, and whether all that do have the very same. */
  reasons: { id: string; key: KeyView; alike: boolean }[];
  /** The ids of all CLIProxyAPIs, where there are several. */
  proxies: string[];
}

/** `proxies`: of the CLIProxyAPIs, where there are several. */
export function choicesOf(keys: readonly KeyView[], proxies: string[] = []): Choices {
  const [relays, groups] = [new Set<string>(), new Set<string>()];
  const [statuses, lists] = [new Set<KeyStatus>(), new Set<ListName>()];
  const reasons = new Map<string, Choices['reasons'][number]>();
  for (const key of keys) {
    const { list, reason } = indexOf(key);
    relays.add(key.relayName);
    if (key.group) groups.add(key.group);
    statuses.add(key.status);
    if (list) lists.add(list);
    if (!reason) continue;
    const known = reasons.get(reason.id);
    if (!known) reasons.set(reason.id, { id: reason.id, key, alike: true });
    else if (indexOf(known.key).reason?.detail !== reason.detail) known.alike = false;
  }
  return {
    relays: [...relays].toSorted(collator.compare),
    groups: [...groups].toSorted(collator.compare),
    statuses: [...statuses].toSorted(),
    lists: [...lists].toSorted(),
    reasons: [...reasons.values()],
    proxies,
  };
}
