import { canonicalJson, parseJson } from '../json';
import { memo } from '../memo';
import type { Provider } from './provider';
import { redact } from './redact';

/** Secret text → its fingerprint, for every secret of the entries that are compared. */
export type Fingerprints = ReadonlyMap<string, string>;

/** The text under which an entry is journaled and compared: without secrets, object keys sorted. */
export const redactedText = (provider: Provider, fingerprints: Fingerprints): string =>
  canonicalJson(redact(provider, fingerprints));

/**
 * The text of an entry as it is compared: the same for the same entry. Between a write and a read CLIProxyAPI turns absent,
 * null and empty fields into one another (7.2, fixture `writes/put-normalisation`), so only fields with content count.
 */
export const contentOf = (text: string): string => canonicalJson(withoutEmpty(parseJson(text)));

/** `contentOf` of an entry of a list, found once for each. */
export const entryContent = memo((entry: Provider) => contentOf(canonicalJson(entry)), new WeakMap());

/** Whether two entries say the same: the order of fields and empty ones do not count. */
export const sameContent = (a: Provider, b: Provider): boolean => entryContent(a) === entryContent(b);

/** Whether two lists have the same entries in the same order. A list that was not understood has none. */
export const sameEntries = (a: readonly Provider[] = [], b: readonly Provider[] = []): boolean =>
  a.length === b.length && a.every((entry, i) => sameContent(entry, b[i]!));

/** Fields in which `false` and 0 mean something: cooling stays on, no share of requests, no retry. */
const ZERO_COUNTS = new Set(['disable-cooling', 'weight', 'request-retry']);

/** Whether a field says nothing: the server shows such fields in some replies and leaves them out of others. */
export const isEmptyField = (name: string, value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  ((value === false || value === 0) && !ZERO_COUNTS.has(name)) ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** An entry without the fields that say nothing. */
const withoutEmpty = (entry: unknown): unknown =>
  Object.fromEntries(Object.entries(entry as object).filter(([name, value]) => !isEmptyField(name, value)));
