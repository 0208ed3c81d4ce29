import { changedFields } from '../entry-change';
import { COMPAT } from './flatten';
import type { Group } from './groups';
import { sameField } from './match';
import { pairEntries } from './pair-entries';
import { regroupKeys } from './regroup-keys';
import { regroupProviders } from './regroup-providers';
import type { Fates, Regrouping } from './regrouping';

/**
 * The groups of a family after a change of its list: what the change does not touch stays as it came and where it was.
 * Of an entry that changes only its key does, or its group where all keys of that change alike; a field that only a group
 * can have makes the key leave it. A key that comes joins a group only where it inherits nothing that is not its own.
 * Undefined where the change rests on something that is otherwise in the file than in memory.
 */
export function regroup(given: Regrouping): Group[] | undefined {
  const { list, before, after, origins } = given;
  const pairs = pairEntries(given);
  if (!before.every((entry) => origins.has(entry))) return undefined;
  for (const [old, entry] of pairs) {
    const file = origins.get(old)?.entry;
    // The keys of a provider are compared one by one.
    const fields = changedFields(old, entry).filter((field) => field !== 'api-key-entries');
    if (!fields.every((field) => sameField(field, old[field], file?.[field]))) return undefined;
  }
  const oldOf = new Map(before.map((old) => [pairs.get(old) ?? old, old]));
  const stays = new Set(after.map((entry) => oldOf.get(entry)));
  const fates: Fates = {
    placeOf: (old) => origins.get(old)!,
    oldOf: (entry) => oldOf.get(entry),
    isGone: (old) => !stays.has(old),
  };
  return list === COMPAT ? regroupProviders(given, fates) : regroupKeys(given, fates);
}
