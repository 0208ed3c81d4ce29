import { isPlainObject } from '../../json';
import type { ListName } from '../lists/list-traits';
import { listTraits } from '../lists/table';
import { keyEntries, type KeyEntry, type Provider } from '../provider';
import { flatten } from './flatten';
import type { Group } from './groups';
import { bare, firsts, isNeverLoaded } from './match';
import { asLoaded } from './unloaded-models';

const TEXTS = new Set(['name', 'api-key', 'base-url', 'prefix', 'proxy-url', 'alias', 'display-name']);
const ALL_TEXT = new Set(['headers', 'excluded-models']);
/** What memory has in another form than the file; credentials are hashed from most of these. */
const CLEANED = ['name', 'api-key', 'base-url', 'prefix', 'proxy-url', 'headers', 'excluded-models'];

/**
 * A list as memory has it once the file is loaded, from its groups (CLIProxyAPI 8.0): without what is never loaded, trimmed,
 * and with nothing where the file has no value. What should be text in the file and is not is shown as text, which may be
 * another one than the server's (an unquoted 0123 comes as 83); such a family is not written.
 */
export function asMemory(list: ListName, groups: readonly Group[]): Provider[] {
  const flat = flatten(list, groups).map((one) => ({ ...one, entry: cleaned(list, one.entry) }));
  return firsts(list, flat).flatMap(({ entry }) =>
    isNeverLoaded(list, entry) ? [] : [asLoaded(list, entry)],
  );
}

function cleaned(list: ListName, entry: Provider): Provider {
  const own = withTexts(entry, false) as Provider;
  for (const field of CLEANED) if (field in own) own[field] = bare(field, own[field]);
  // `/v0` shows the key of an entry that has none as an empty one.
  if (listTraits(list).keyPerEntry) return { 'api-key': '', ...own };
  return { ...own, 'api-key-entries': keyEntries(own).map(withKeyTrimmed) };
}

/** The proxy of such a key stays as it was written. */
const withKeyTrimmed = (entry: KeyEntry): KeyEntry => ({
  ...entry,
  'api-key': entry['api-key']?.trim() ?? '',
});

/** Without what has no value. `isText`: whether all that is in it should be text. */
function withTexts(value: unknown, isText: boolean): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => withTexts(item, isText));
  if (!isPlainObject(value)) return isText && typeof value !== 'string' ? JSON.stringify(value) : value;
  const pairs = Object.entries(value).flatMap(([name, item]) =>
    item === null ? [] : [[name, withTexts(item, isText || TEXTS.has(name) || ALL_TEXT.has(name))] as const],
  );
  return Object.fromEntries(pairs);
}
