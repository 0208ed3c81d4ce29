import { relayOf } from '../cliproxyapi/find-provider';
import { sameContent } from '../cliproxyapi/same-entry';
import { isPaused, keyEntries, nameOf, sameName, type Provider } from '../cliproxyapi/provider';
import { memo } from '../memo';

/** The texts of an entry's keys; none for a key without text. */
export const textsOf = memo(
  (entry: Provider): ReadonlySet<string> =>
    new Set(keyEntries(entry).flatMap((key) => key['api-key']?.trim() || [])),
  new WeakMap(),
);

/** How many keys two entries have in common. */
const sharedKeys = (a: Provider, b: Provider): number =>
  [...textsOf(a)].filter((text) => textsOf(b).has(text)).length;

/** The entries of a list that are of one relay with an entry and have a key in common with it, or none as it has none. */
const sharersOf = (entry: Provider, list: readonly Provider[]): Provider[] =>
  list.filter(
    (other) =>
      relayOf(other) === relayOf(entry) &&
      (sharedKeys(entry, other) > 0 || textsOf(entry).size + textsOf(other).size === 0),
  );

/** Which entry of the other list each entry of a list stands for; null: none does. */
export type Partners = (Provider | null)[];

/**
 * Entries that are relays with keys, by what they have in common: the same relay and one key at least (or no key at all),
 * however they are called; else the same relay and name; else the only two of a relay that are left. Each of the last two
 * ways takes an entry once, so that what was kept apart there is not poured into one here, and joins no paused entry with
 * one that is on, which would switch its keys on.
 */
export function pairRelays(from: readonly Provider[], to: readonly Provider[]): Partners {
  const partners: Partners = from.map((entry) => bestOf(entry, to));
  const taken = new Set(partners);
  const free = (entry: Provider): Provider[] =>
    to.filter((other) => !taken.has(other) && relayOf(other) === relayOf(entry) && mayJoin(entry, other));
  const pair = (at: number, other: Provider | undefined): void => {
    if (!other) return;
    partners[at] = other;
    taken.add(other);
  };
  from.forEach((entry, at) => {
    if (!partners[at])
      pair(
        at,
        free(entry).find((other) => sameName(nameOf(other), nameOf(entry))),
      );
  });
  from.forEach((entry, at) => {
    const rivals = from.filter((other, place) => !partners[place] && relayOf(other) === relayOf(entry));
    const [only, ...more] = free(entry);
    if (!partners[at] && rivals.length === 1 && more.length === 0) pair(at, only);
  });
  return partners;
}

/** Of those that share a key the very same entry, else one of its name, else the one that shares most. */
function bestOf(entry: Provider, to: readonly Provider[]): Provider | null {
  const rank = (other: Provider): number[] => [
    Number(sameContent(other, entry)),
    Number(sameName(nameOf(other), nameOf(entry))),
    sharedKeys(entry, other),
  ];
  return sharersOf(entry, to).reduce<Provider | null>(
    (best, other) => (best && !isHigher(rank(other), rank(best)) ? best : other),
    null,
  );
}

function isHigher(ranks: readonly number[], others: readonly number[]): boolean {
  const at = ranks.findIndex((rank, place) => rank !== others[place]);
  return at >= 0 && ranks[at]! > others[at]!;
}

const mayJoin = (entry: Provider, other: Provider): boolean =>
  (!isPaused(entry) || isPaused(other)) && textsOf(entry).size > 0 && textsOf(other).size > 0;

/**
 * Entries that are keys, one by one: the same relay and key, the very same entry before one with other fields. `null` for
 * one whose key is not there, or not as often.
 */
export function pairKeys(from: readonly Provider[], to: readonly Provider[]): Partners {
  const partners: Partners = from.map(() => null);
  const taken = new Set<Provider>();
  for (const fits of [sameContent, isSameKey])
    from.forEach((entry, at) => {
      if (partners[at]) return;
      const other = to.find((one) => !taken.has(one) && fits(one, entry));
      if (!other) return;
      partners[at] = other;
      taken.add(other);
    });
  return partners;
}

const isSameKey = (a: Provider, b: Provider): boolean => relayOf(a) === relayOf(b) && sharedKeys(a, b) > 0;
