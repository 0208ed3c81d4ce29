import { canonicalJson } from '../../json';
import { changedFields } from '../entry-change';
import type { Provider } from '../provider';
import { isEmptyField } from '../same-entry';
import { inV8Names, SHARED, type JsonObject } from './flatten';
import type { Group } from './groups';

/** A key of a group. */
interface KeyPlace {
  group: Group;
  key: JsonObject;
  /** Whether the group has no other key. */
  single: boolean;
}

/** A key with the changes of its entry; undefined where one of them can only be the group's, which has other keys. */
export function changeKey(place: KeyPlace, old: Provider, entry: Provider): KeyPlace | undefined {
  let changed: KeyPlace | undefined = place;
  for (const field of changedFields(old, entry))
    changed = changed && setField(changed, field, inV8Names(field, entry[field]) ?? null);
  return changed;
}

function setField(place: KeyPlace, field: string, wanted: unknown): KeyPlace | undefined {
  const { group, key, single } = place;
  const own = key[field] ?? null;
  const inherited = group[field] ?? null;
  // What says nothing is not written, unless the group says something.
  const value = isEmptyField(field, wanted) && isEmptyField(field, inherited) ? null : wanted;
  if (canonicalJson(own ?? inherited) === canonicalJson(value)) return place;
  // What the group says is its own again, so that what becomes of the group becomes of the key.
  if (value !== null && SHARED.has(field) && canonicalJson(inherited) === canonicalJson(value))
    return { ...place, key: withField(key, field, null) };
  const isGroups = field === 'base-url' || (!SHARED.has(field) && inherited !== null);
  if (single && (isGroups || (SHARED.has(field) && own === null)))
    return { ...place, group: withField(group, field, value) };
  if (isGroups) return undefined;
  if (value !== null || inherited === null || isEmptyField(field, inherited))
    return { ...place, key: withField(key, field, value) };
  // Null would be the group's again.
  if (single) return { ...place, group: withField(group, field, null), key: withField(key, field, null) };
  const nothing = emptyOf(field, inherited);
  return nothing === undefined ? undefined : { ...place, key: withField(key, field, nothing) };
}

/** With a value in a field of a group; undefined where the group has no such field. */
export const setInGroup = (group: Group, field: string, value: unknown): Group | undefined =>
  field === 'base-url' || SHARED.has(field) ? withField(group, field, value) : undefined;

/** What says in a key that it has nothing of what its group has; undefined: only another group can say it. */
function emptyOf(field: string, inherited: unknown): unknown {
  if (field === 'priority') return 0;
  if (typeof inherited === 'string') return '';
  if (Array.isArray(inherited)) return [];
  return field === 'headers' ? {} : undefined;
}

/** With a value in a field, or with null without the field. */
export function withField<T extends JsonObject>(item: T, field: string, value: unknown): T {
  const { [field]: _, ...rest } = item as JsonObject;
  return (value === null ? rest : { ...item, [field]: value }) as T;
}

/** A key out of its group, as the only one of a group that has all that the key had. */
export function parted(
  { keys: _keys, ...group }: Group,
  key: JsonObject,
  name: string,
): Omit<KeyPlace, 'single'> {
  const pairs = Object.entries(key);
  const isShared = ([field, value]: [string, unknown]): boolean => SHARED.has(field) && value !== null;
  return {
    group: { ...group, ...Object.fromEntries(pairs.filter(isShared)), name },
    key: Object.fromEntries(pairs.filter(([field]) => !SHARED.has(field))),
  };
}
