import { isPlainObject } from '../json';
import type { Provider } from './provider';

/** Fields of an entry whose texts are no secrets. All other texts are treated as secrets. */
const OPEN_FIELDS = new Set([
  'name',
  'base-url',
  'prefix',
  'models',
  'excluded-models',
  'request-scoped-errors',
]);

/** Goes before a fingerprint. */
export const MARK = 'secret:';

/** An entry whose secret texts are replaced by `secret:<fingerprint>`; fit to be kept on the device. */
export type RedactedProvider = Provider;

/** Every secret text of an entry, once. */
export function secretsIn(provider: Provider): string[] {
  const found = new Set<string>();
  replaceSecrets(provider, (text) => {
    found.add(text);
    return text;
  });
  return [...found];
}

/** `fingerprints` maps each secret text to its fingerprint (a salted hash: who reads the salt beside it can try guesses, which keys are too random for). */
export function redact(provider: Provider, fingerprints: ReadonlyMap<string, string>): RedactedProvider {
  return replaceSecrets(provider, (text) => MARK + (fingerprints.get(text) ?? 'unknown'));
}

/** The entry with its secrets back in, or undefined if one of them is not in `texts` (fingerprint → text). */
export function restore(
  redacted: RedactedProvider,
  texts: ReadonlyMap<string, string>,
): Provider | undefined {
  let whole = true;
  const provider = replaceSecrets(redacted, (text) => {
    const secret = texts.get(text.slice(MARK.length));
    if (secret === undefined) whole = false;
    return secret ?? '';
  });
  return whole ? provider : undefined;
}

/** A base URL may hold a user and a password, and a key in its query; then its fingerprint is in its place. */
const isOpen = (field: string, value: unknown): boolean =>
  OPEN_FIELDS.has(field) &&
  !(field === 'base-url' && (/[@?#]/.test(String(value)) || String(value).startsWith(MARK)));

function replaceSecrets(provider: Provider, replace: (text: string) => string): Provider {
  return Object.fromEntries(
    Object.entries(provider).map(([field, value]) => [
      field,
      isOpen(field, value) ? value : mapTexts(value, replace),
    ]),
  ) as Provider;
}

function mapTexts(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return value === '' ? value : replace(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, replace));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, replace)]));
}
