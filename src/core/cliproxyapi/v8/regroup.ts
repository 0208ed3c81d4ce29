import { changedFields } from '../entry-change';
import type { Provider } from '../provider';
import { COMPAT } from './family';
import type { Group } from './groups';
import { sameField } from './match';
import { pairEntries } from './pair-entries';
import { regroupKeys } from './regroup-keys';
import { regroupProviders } from './regroup-providers';
import type { Fates, Regrouping } from './regrouping';
import { asLoaded, withUnloaded } from './unloaded-models';

/**
 * The groups of a family after a change of its list: what the change does not touch stays as it came and where it was.
 * Of an entry that changes only its key does, or its group where all keys of that change alike; a field that only a group
 * can have makes the key leave it. A key that comes joins a group only where it inherits nothing that is not its own.
 * Undefined where the change rests on something that is otherwise in the file than in memory.
 */
export function regroup(planned: Regrouping): Group[] | undefined {
  const { list, before, origins } = planned;
  const pairs = pairEntries(planned);
  if (!before.every((entry) => origins.has(entry))) return undefined;
  /** What a changed entry becomes in the file, which may hold more of it than memory does. */
  const inFile = new Map<Provider, Provider>();
  for (const [old, entry] of pairs) {
    const file = origins.get(old)!.entry;
    const loaded = asLoaded(list, file);
    // The keys of a provider are compared one by one.
    const fields = changedFields(old, entry).filter((field) => field !== 'api-key-entries');
    if (!fields.every((field) => sameField(field, old[field], loaded[field]))) return undefined;
    if (fields.includes('models')) inFile.set(entry, withUnloaded(list, file, entry));
  }
  const becomes = (entry: Provider): Provider => inFile.get(entry) ?? entry;
  const after = planned.after.map(becomes);
  const given = { ...planned, after };
  const oldOf = new Map(before.map((old) => [becomes(pairs.get(old) ?? old), old]));
  const stays = new Set(after.map((entry) => oldOf.get(entry)));
  const fates: Fates = {
    placeOf: (old) => origins.get(old)!,
    oldOf: (entry) => oldOf.get(entry),
    isGone: (old) => !stays.has(old),
  };
  return list === COMPAT ? regroupProviders(given, fates) : regroupKeys(given, fates);
}
