import { canonicalJson } from '../../json';
import type { ListName } from '../lists/list-traits';
import { baseUrlOf, type Provider } from '../provider';
import { isEmptyField } from '../same-entry';
import { COMPAT } from './family';
import { inV8Names, SHARED, type JsonObject } from './flatten';
import type { Group } from './groups';

/** An entry of `/v0` as a group of its own. */
export function groupOfEntry(list: ListName, entry: Provider, name: string): Group {
  const { 'api-key-entries': keys, ...fields } = entry;
  if (list === COMPAT) return { ...inNames(fields), name, keys: keys ?? [] };
  // `/v0` shows some texts that an entry does not have as empty ones.
  const texts = Object.entries(fields).filter(([, value]) => value !== '');
  const { shared, own } = split(Object.fromEntries(texts));
  return { name, ...shared, keys: [own] };
}

/** The fields of an entry that a group has, and those of its key. */
function split(entry: JsonObject): { shared: JsonObject; own: JsonObject } {
  const pairs = Object.entries(inNames(entry)).filter(([, value]) => value !== null);
  const isShared = ([field]: [string, unknown]): boolean => field === 'base-url' || SHARED.has(field);
  return {
    shared: Object.fromEntries(pairs.filter(isShared)),
    own: Object.fromEntries(pairs.filter((pair) => !isShared(pair))),
  };
}

const withoutEmpty = (entry: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(entry).filter(([field, value]) => !isEmptyField(field, value)));

const inNames = (entry: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(entry).map(([field, value]) => [field, inV8Names(field, value)]));

/** An entry as a key of a group; undefined where it would inherit what it does not have. */
export function keyInGroup(group: Group, entry: Provider): JsonObject | undefined {
  if (baseUrlOf(group) !== baseUrlOf(entry)) return undefined;
  const { shared, own } = split(withoutEmpty(entry));
  const inherited = Object.entries(group).filter(
    ([field, value]) => !['name', 'keys', 'base-url'].includes(field) && !isEmptyField(field, value),
  );
  const has = ([field, value]: [string, unknown]): boolean =>
    canonicalJson(shared[field] ?? null) === canonicalJson(value);
  if (!inherited.every(has)) return undefined;
  const fields = new Set(inherited.map(([field]) => field));
  const others = Object.entries(shared).filter(([field]) => field !== 'base-url' && !fields.has(field));
  return { ...own, ...Object.fromEntries(others) };
}

/**
 * Makes names that no group has, in any family and in any case. `families`: of the whole file, and what comes with a name;
 * a name is taken from them once it is given.
 */
export function namesBeside(families: Iterable<readonly JsonObject[]>): (wish: unknown) => string {
  const taken = new Set([...families].flat().map(({ name }) => String(name).trim().toLowerCase()));
  return (wish) => {
    const base = typeof wish === 'string' && wish.trim() ? wish.trim() : 'relay';
    let name = base;
    for (let at = 2; taken.has(name.toLowerCase()); at++) name = `${base}-${at}`;
    taken.add(name.toLowerCase());
    return name;
  };
}
