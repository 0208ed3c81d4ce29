import { isPlainObject } from '../../json';
import type { ListName } from '../lists/list-traits';
import type { Provider } from '../provider';
import { COMPAT } from './family';
import type { Group } from './groups';

export type JsonObject = Record<string, unknown>;

/** Fields of a group that each of its keys has, unless the key says otherwise (CLIProxyAPI 8.0). */
export const SHARED: ReadonlySet<string> = new Set([
  'priority',
  'prefix',
  'proxy-url',
  'headers',
  'models',
  'excluded-models',
  'disable-cooling',
  'request-retry',
  'request-scoped-errors',
]);

/** An entry as `/v0` shows it, and where it is in the groups. */
export interface FlatEntry {
  entry: Provider;
  group: number;
  /** The place of its key; null where the entry is the group. */
  key: number | null;
}

/** The groups of a family as entries of its list, in their order; a group without keys is no entry of a list of keys. */
export function flatten(list: ListName, groups: readonly Group[]): FlatEntry[] {
  return groups.flatMap((group, at): FlatEntry[] =>
    list === COMPAT
      ? [{ entry: providerOf(group), group: at, key: null }]
      : (group.keys ?? []).map((key, i) => ({ entry: entryOfKey(group, key), group: at, key: i })),
  );
}

function providerOf({ keys, ...rest }: Group): Provider {
  return inV0Names({ ...rest, 'api-key-entries': keys ?? [] });
}

/** A key's value takes the place of the group's, lists and maps as a whole; null is the group's. */
export function entryOfKey({ name: _name, keys: _keys, ...shared }: Group, key: JsonObject): Provider {
  const own = Object.entries(key).filter(([field, value]) => value !== null || !SHARED.has(field));
  return inV0Names({ ...shared, ...Object.fromEntries(own) });
}

function inV0Names(entry: JsonObject): Provider {
  const { models } = entry as { models?: unknown };
  const named: JsonObject = Array.isArray(models)
    ? { ...entry, models: models.map((model) => withThinking(model, /^(zero|dynamic)-/, '$1_')) }
    : entry;
  return named;
}

/** A field of an entry as `/v8` wants it: two names inside `models` are written otherwise there. */
export const inV8Names = (field: string, value: unknown): unknown =>
  field === 'models' && Array.isArray(value)
    ? value.map((model: unknown) => withThinking(model, /^(zero|dynamic)_/, '$1-'))
    : value;

function withThinking(model: unknown, pattern: RegExp, by: string): unknown {
  if (!isPlainObject(model) || !isPlainObject(model['thinking'])) return model;
  const thinking = Object.entries(model['thinking']).map(([name, value]) => [
    name.replace(pattern, by),
    value,
  ]);
  return { ...model, thinking: Object.fromEntries(thinking) as unknown };
}
