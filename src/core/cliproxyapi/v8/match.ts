import { canonicalJson, isPlainObject } from '../../json';
import type { ListName } from '../lists/list-traits';
import { listTraits } from '../lists/table';
import { apiKeyOf, baseUrlOf, keyEntries, nameOf, type Provider } from '../provider';
import { isEmptyField } from '../same-entry';
import type { FlatEntry } from './flatten';

/** Where each entry of a list that `/v0` showed is in the file. */
export type Origins = ReadonlyMap<Provider, FlatEntry>;

/**
 * Finds each entry of memory (`/v0`) in the file (`/v8`): the same keys at the same addresses in the same order, but for
 * what is in the file and never loaded. Undefined where they differ: a reload is under way, or was lost (CLIProxyAPI 8.0).
 */
export function originsOf(
  list: ListName,
  entries: readonly Provider[],
  flat: readonly FlatEntry[],
): Origins | undefined {
  const found = new Map<Provider, FlatEntry>();
  let at = 0;
  for (const one of firsts(list, flat)) {
    const entry = entries[at];
    if (entry && identityOf(list, entry) === identityOf(list, one.entry)) {
      found.set(entry, one);
      at++;
    } else if (!isNeverLoaded(list, one.entry)) return undefined;
  }
  return at === entries.length ? found : undefined;
}

function identityOf(list: ListName, entry: Provider): string {
  if (listTraits(list).keyPerEntry) return JSON.stringify([apiKeyOf(entry), baseUrlOf(entry)]);
  const keys = keyEntries(entry).map((key) => key['api-key']?.trim() ?? '');
  return JSON.stringify([nameOf(entry), baseUrlOf(entry), keys]);
}

/** Of entries that are alike only the first is loaded, where a list has it so. */
export function firsts(list: ListName, flat: readonly FlatEntry[]): FlatEntry[] {
  const { dedupeKey } = listTraits(list);
  const seen = new Set<string>();
  return flat.filter(({ entry }) => {
    const key = dedupeKey?.(entry, undefined);
    if (key === undefined) return true;
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  });
}

/** Whether groups are loaded as these entries and no others, in whatever order. */
export function areLoadedAs(
  list: ListName,
  entries: readonly Provider[],
  groups: readonly FlatEntry[],
): boolean {
  const loaded = (flat: readonly FlatEntry[]): string =>
    firsts(list, flat)
      .flatMap(({ entry }) => (isNeverLoaded(list, entry) ? [] : [identityOf(list, entry)]))
      .toSorted()
      .join();
  return loaded(groups) === loaded(entries.map((entry) => ({ entry, group: 0, key: null })));
}

export function isNeverLoaded(list: ListName, entry: Provider): boolean {
  if (!baseUrlOf(entry)) return !listTraits(list).official || !apiKeyOf(entry);
  return list === 'vertex-api-key' && !apiKeyOf(entry);
}

/** Whether a field says the same in memory and in the file; memory has it trimmed and without what says nothing. */
export const sameField = (field: string, memory: unknown, file: unknown): boolean =>
  textOf(field, memory) === textOf(field, file);

function textOf(field: string, value: unknown): string {
  const own = bare(field, value);
  return canonicalJson(isEmptyField(field, own) ? null : own);
}

/** A value as memory has it: without outer blanks, and without what says nothing; null: nothing is said. */
export function bare(field: string, value: unknown): unknown {
  if (typeof value === 'string') return field === 'prefix' ? outerSlashesOff(value) : value.trim();
  if (Array.isArray(value)) return bareList(field, value);
  if (!isPlainObject(value)) return isEmptyField(field, value) ? null : value;
  const pairs = Object.entries(value).flatMap(([name, item]) => {
    const own = bare(name, item);
    return isEmptyField(name, own) ? [] : [[name.trim(), own]];
  });
  return Object.fromEntries(pairs) as unknown;
}

/** Patterns are kept in lower case and once, and a model without any name is none. */
function bareList(field: string, items: readonly unknown[]): unknown {
  const own = items.map((item) => bare('', item));
  if (field === 'excluded-models')
    return [...new Set(own.map((item) => String(item).toLowerCase()))].filter(Boolean);
  return field === 'models' ? own.filter((item) => Object.keys(item as object).length > 0) : own;
}

function outerSlashesOff(prefix: string): string {
  const own = prefix.trim().replace(/^\/+|\/+$/g, '');
  return own.includes('/') ? '' : own;
}
