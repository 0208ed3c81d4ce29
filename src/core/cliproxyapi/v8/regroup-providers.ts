import { changedFields } from '../entry-change';
import { keyEntries, type KeyEntry, type Provider } from '../provider';
import { canonicalJson } from '../../json';
import { withField } from './change-key';
import { COMPAT } from './family';
import { inV8Names, type JsonObject } from './flatten';
import type { Group } from './groups';
import { groupOfEntry } from './new-group';
import type { Fates, Regrouping } from './regrouping';

/** One group for each provider; one that is not loaded stays behind what it stood behind. */
export function regroupProviders(
  { before, after, groups }: Regrouping,
  { placeOf, oldOf, isGone }: Fates,
): Group[] {
  const loaded = new Set(before.map((old) => placeOf(old).group));
  // By the place of the last one before it that stays; -1: none.
  const behind = new Map<number, Group[]>();
  const gone = new Set(before.filter(isGone).map((old) => placeOf(old).group));
  let last = -1;
  for (const [at, group] of groups.entries()) {
    if (!loaded.has(at)) behind.set(last, [...(behind.get(last) ?? []), group]);
    else if (!gone.has(at)) last = at;
  }
  const changed = after.flatMap((entry) => {
    const old = oldOf(entry);
    if (!old) return [groupOfEntry(COMPAT, entry, entry.name ?? '')];
    const at = placeOf(old).group;
    const group = groups[at]!;
    return [old === entry ? group : changeProvider(group, old, entry), ...(behind.get(at) ?? [])];
  });
  return [...(behind.get(-1) ?? []), ...changed];
}

function changeProvider(group: Group, old: Provider, entry: Provider): Group {
  let changed = group;
  for (const field of changedFields(old, entry)) {
    if (field === 'api-key-entries')
      changed = { ...changed, keys: changeKeys(group, keyEntries(old), keyEntries(entry)) };
    else changed = withField(changed, field, inV8Names(field, entry[field]) ?? null);
  }
  return changed;
}

/** A key that is as it was stays the object of the file, and of one that changes only what changes does. */
function changeKeys({ keys }: Group, old: readonly KeyEntry[], now: readonly KeyEntry[]): JsonObject[] {
  const file = keys ?? [];
  const free = new Set(file.keys());
  const take = (alike: (one: KeyEntry) => boolean): number | undefined => {
    const at = [...free].find((place) => alike(old[place]!));
    if (at !== undefined) free.delete(at);
    return at;
  };
  const same = now.map((key) => take((one) => canonicalJson(one) === canonicalJson(key)));
  return now.map((key, i) => {
    const at = same[i] ?? take((one) => one['api-key']?.trim() === key['api-key']?.trim());
    if (at === undefined) return key;
    return changedFields(old[at]!, key).reduce(
      (kept, field) => withField(kept, field, key[field] ?? null),
      file[at] ?? {},
    );
  });
}
