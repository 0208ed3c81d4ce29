import type { Family } from './lists-table.ts';
import type { Entry } from './schema.ts';

/** Entries as the server keeps them: trimmed, and without those it does not keep. Order is preserved. */
export function normalise(family: Family, entries: readonly Entry[]): Entry[] {
  switch (family) {
    case 'openai-compatibility':
      return entries.map(normaliseCompat).filter(hasBaseUrl);
    case 'codex-api-key':
      return entries.map(normaliseKeyEntry).filter(hasBaseUrl);
    case 'xai-api-key':
      return entries
        .map((entry) => ({ ...normaliseKeyEntry(entry), 'alpha-search': false }))
        .filter(hasBaseUrl);
    case 'claude-api-key':
      return entries.map(normaliseClaude);
    case 'gemini-api-key':
    case 'interactions-api-key':
      return firstOfEach(entries.map(normaliseCommon).filter(hasKeyOrUrl), geminiIdentity);
    case 'vertex-api-key':
      return firstOfEach(
        entries.map(normaliseVertex),
        (entry) => `${text(entry, 'api-key')}|${baseUrl(entry)}`,
      );
  }
}

export const text = (entry: Entry, name: string): string => (entry[name] as string | undefined) ?? '';
export const baseUrl = (entry: Entry): string => text(entry, 'base-url');
export const headersOf = (entry: Entry): Record<string, string> =>
  (entry['headers'] as Record<string, string> | undefined) ?? {};
export const modelsOf = (entry: Entry): Entry[] => (entry['models'] as Entry[] | undefined) ?? [];
export const keysOf = (entry: Entry): Entry[] => (entry['api-key-entries'] as Entry[] | undefined) ?? [];

const hasBaseUrl = (entry: Entry): boolean => baseUrl(entry) !== '';
const hasKeyOrUrl = (entry: Entry): boolean => text(entry, 'api-key') !== '' || hasBaseUrl(entry);

function normaliseCompat(entry: Entry): Entry {
  const keys = entry['api-key-entries'] as Entry[] | undefined;
  return {
    ...entry,
    name: text(entry, 'name').trim(),
    prefix: normalisePrefix(text(entry, 'prefix')),
    'base-url': baseUrl(entry).trim(),
    headers: normaliseHeaders(entry['headers']),
    // The proxy of a key stays as it was written.
    'api-key-entries': keys?.map((key) => ({ ...key, 'api-key': text(key, 'api-key').trim() })),
  };
}

function normaliseCommon(entry: Entry): Entry {
  return {
    ...entry,
    'api-key': text(entry, 'api-key').trim(),
    prefix: normalisePrefix(text(entry, 'prefix')),
    'base-url': baseUrl(entry).trim(),
    'proxy-url': text(entry, 'proxy-url').trim(),
    headers: normaliseHeaders(entry['headers']),
    'excluded-models': normaliseExcluded(entry['excluded-models']),
  };
}

function normaliseKeyEntry(entry: Entry): Entry {
  return {
    ...normaliseCommon(entry),
    models: trimmedModels(entry, (name, alias) => name !== '' || alias !== ''),
  };
}

function normaliseClaude(entry: Entry): Entry {
  const profile = text(entry, 'fingerprint-profile').trim();
  return { ...normaliseKeyEntry(entry), 'fingerprint-profile': canonicalProfile(profile) ?? profile };
}

function normaliseVertex(entry: Entry): Entry {
  return {
    ...normaliseCommon(entry),
    models: trimmedModels(entry, (name, alias) => name !== '' && alias !== ''),
  };
}

function trimmedModels(entry: Entry, keep: (name: string, alias: string) => boolean): Entry[] | undefined {
  const models = entry['models'] as Entry[] | undefined;
  return models
    ?.map((model) => ({ ...model, name: text(model, 'name').trim(), alias: text(model, 'alias').trim() }))
    .filter((model) => keep(model.name, model.alias));
}

/** Undefined for a profile the server does not know. */
export function canonicalProfile(profile: string): string | undefined {
  const lower = profile.trim().toLowerCase();
  if (lower === '') return '';
  return lower === 'claude-code-cli' || lower === 'oauth-cli' ? 'claude-code-cli' : undefined;
}

/** Outer slashes go; a slash inside makes the whole prefix go. */
function normalisePrefix(prefix: string): string {
  const trimmed = prefix.trim().replace(/^\/+|\/+$/g, '');
  return trimmed.includes('/') ? '' : trimmed;
}

function normaliseHeaders(headers: unknown): Record<string, string> | undefined {
  const pairs = Object.entries((headers ?? {}) as Record<string, string>)
    .map(([name, value]) => [name.trim(), value.trim()] as const)
    .filter(([name, value]) => name !== '' && value !== '');
  return pairs.length ? Object.fromEntries(pairs) : undefined;
}

function normaliseExcluded(models: unknown): string[] | undefined {
  const names = ((models ?? []) as string[])
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  return names.length ? [...new Set(names)] : undefined;
}

function geminiIdentity(entry: Entry): string {
  const parts = ['api-key', 'base-url', 'proxy-url', 'prefix'].map((name) => text(entry, name));
  return [...parts, headerText(headersOf(entry))].join('\0');
}

/** Headers as one text, independent of their order. */
export function headerText(headers: Record<string, string>): string {
  const names = Object.keys(headers).toSorted();
  return names.map((name) => `${name}\0${headers[name]}\0`).join('');
}

function firstOfEach(entries: Entry[], identity: (entry: Entry) => string): Entry[] {
  const seen = new Set<string>();
  return entries.filter((entry) => {
    const id = identity(entry);
    return seen.has(id) ? false : Boolean(seen.add(id));
  });
}
