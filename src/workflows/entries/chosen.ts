import { sameContent } from '../../core/cliproxyapi/same-entry';
import type { ChosenEntry } from '../../core/entries/plan-edits';
import type { LeftOutView } from '../../core/entries/view';
import { sameIdentity } from '../../core/cliproxyapi/intermediate-write';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { placeOfKey } from '../../core/cliproxyapi/place-of-key';
import { baseUrlOf, labelOf, type Provider } from '../../core/cliproxyapi/provider';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { Failure } from '../../core/failures/failure';
import type { KeyFacts } from '../accounts/find-key';

/** A chosen key, with its text. */
export interface ChosenKey {
  facts: KeyFacts;
  text: string;
  /** The list that its card speaks of. */
  list: ListName | undefined;
}

/** What was chosen, and what its plans rest on. Holds key texts. */
export interface Chosen {
  config: ProxyConfig;
  keys: ChosenKey[];
  /** Entries as they were shown. */
  entries: { list: ListName; index: number; entry: Provider }[];
  /** What could not be looked for, and why. */
  failed: LeftOutView[];
}

interface Place extends Omit<LeftOutView, 'failure'> {
  list: ListName;
  index: number;
  /** Null: the entry itself was chosen. */
  keyIndex: number | null;
  keyId: string | null;
}

/** Where what was chosen is in a configuration. */
export interface Found {
  places: Place[];
  leftOut: LeftOutView[];
  /** For the planner. */
  byList: ReadonlyMap<ListName, readonly ChosenEntry[]>;
}

/** Finds what was chosen, also in a configuration that somebody changed since. */
export function findChosen({ keys, entries, failed }: Chosen, config: ProxyConfig): Found {
  const [places, leftOut]: [Place[], LeftOutView[]] = [[], [...failed]];
  for (const { facts, text, list: onCard } of keys) {
    const place = (onCard && placeOfKey(config, facts, text, onCard)) ?? placeOfKey(config, facts, text);
    const about = aboutKey(facts);
    if (!place) leftOut.push({ ...about, failure: { code: 'not-in-list' } });
    else {
      const { list, index, keyIndex } = place;
      places.push({ ...about, list, index, keyIndex, keyId: facts.id });
    }
  }
  const taken = new Set<Provider>();
  for (const { list, index: hint, entry } of entries) {
    const about = { id: `${list} ${hint}`, name: labelOf(entry), mask: '' };
    const providers = config.lists[list] ?? [];
    const there = sameOrAlike(entry, providers, hint, taken);
    if (there) {
      taken.add(there);
      places.push({ ...about, list, index: providers.indexOf(there), keyIndex: null, keyId: null });
    } else leftOut.push({ ...about, failure: { code: 'list-changed' } });
  }
  return { places, leftOut, byList: chosenByList(places) };
}

export const aboutKey = ({ id, name, mask }: KeyFacts): Omit<LeftOutView, 'failure'> => ({ id, name, mask });

/** The entry itself, as near its place as can be; else the only one that it can have become. */
function sameOrAlike(
  entry: Provider,
  providers: readonly Provider[],
  hint: number,
  taken: ReadonlySet<Provider>,
): Provider | undefined {
  const free = (test: (other: Provider) => boolean): Provider[] =>
    providers.filter((other) => !taken.has(other) && test(other));
  const there = providers[hint];
  const isSame = (other: Provider): boolean => sameContent(other, entry);
  if (there && !taken.has(there) && isSame(there)) return there;
  const [same] = free(isSame);
  if (same) return same;
  const alike = free((other) => sameIdentity(other, entry) && baseUrlOf(other) === baseUrlOf(entry));
  return alike.length === 1 ? alike[0] : undefined;
}

function chosenByList(places: readonly Place[]): Map<ListName, ChosenEntry[]> {
  const lists = new Map<ListName, Map<number, number[]>>();
  for (const { list, index, keyIndex } of places) {
    const own = lists.get(list) ?? new Map<number, number[]>();
    const keys = own.get(index) ?? [];
    if (keyIndex !== null && !keys.includes(keyIndex)) keys.push(keyIndex);
    lists.set(list, own.set(index, keys));
  }
  const sorted = (own: Map<number, number[]>): ChosenEntry[] =>
    [...own].map(([index, keys]) => ({ index, keys: keys.toSorted((a, b) => a - b) }));
  return new Map([...lists].map(([list, own]) => [list, sorted(own)]));
}

/** Whom a failure of the plan is about: a key, or all that was chosen of the entry. */
export const leftOutAt = (
  { places }: Found,
  list: ListName,
  { index, keyIndex, failure }: { index: number; keyIndex: number | null; failure: Failure },
): LeftOutView[] =>
  places
    .filter(
      (place) =>
        place.list === list && place.index === index && (keyIndex === null || place.keyIndex === keyIndex),
    )
    .map(({ id, name, mask }) => ({ id, name, mask, failure }));
