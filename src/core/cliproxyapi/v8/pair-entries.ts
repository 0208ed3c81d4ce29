import { listTraits } from '../lists/table';
import { apiKeyOf, baseUrlOf, nameOf, type Provider } from '../provider';
import type { Regrouping } from './regrouping';

/**
 * Which entry became which other one, by their objects: a single change says it itself; of a whole list those belong
 * together that are the same key, or the same provider. An entry without a counterpart goes, or is new.
 */
export function pairEntries({
  list,
  before,
  after,
  change,
}: Pick<Regrouping, 'list' | 'before' | 'after' | 'change'>): ReadonlyMap<Provider, Provider> {
  const stays = new Set(after);
  const was = new Set(before);
  const old = before.filter((entry) => !stays.has(entry));
  const fresh = after.filter((entry) => !was.has(entry));
  const pairs = new Map<Provider, Provider>();
  const pair = (alike: (a: Provider, b: Provider) => boolean): void => {
    const taken = new Set(pairs.values());
    const free = new Set(fresh.filter((entry) => !taken.has(entry)));
    for (const entry of old) {
      const other = pairs.has(entry) ? undefined : [...free].find((one) => alike(entry, one));
      if (!other) continue;
      pairs.set(entry, other);
      free.delete(other);
    }
  };
  if (!change.whole) pair((a, b) => a === change.before && b === change.after);
  const isSame = (a: Provider, b: Provider): boolean =>
    listTraits(list).keyPerEntry ? apiKeyOf(a) === apiKeyOf(b) : nameOf(a) === nameOf(b);
  pair((a, b) => isSame(a, b) && baseUrlOf(a) === baseUrlOf(b));
  pair(isSame);
  if (!listTraits(list).keyPerEntry) pair((a, b) => baseUrlOf(a) === baseUrlOf(b));
  return pairs;
}
