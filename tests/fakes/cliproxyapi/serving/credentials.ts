import { createHash } from 'node:crypto';
import type { Family } from '../management/lists-table.ts';
import { baseUrl, headerText, headersOf, keysOf, text } from '../management/normalise.ts';
import type { Entry } from '../management/schema.ts';

/** One key of one entry, as the server goes looking for a model with it. */
export interface CredentialSource {
  id: string;
  authIndex: string;
  family: Family;
  /** What error messages call the provider. */
  provider: string;
  /** The first key of `/api-key-usage`. */
  usageName: string;
  entry: Entry;
  key: string;
  baseUrl: string;
  proxyUrl: string;
  weight: number | undefined;
}

/** The credentials of a list, per entry. Entries that are off or empty have none. */
export function credentialsOf(family: Family, list: readonly Entry[]): CredentialSource[][] {
  const nextId = idGenerator();
  if (family === 'openai-compatibility') return list.map((entry) => compatCredentials(entry, nextId));
  return list.map((entry) => keyCredentials(family, entry, nextId));
}

const NAMES: Record<Exclude<Family, 'openai-compatibility'>, { provider: string; seed: string }> = {
  'gemini-api-key': { provider: 'gemini', seed: 'gemini-api-key' },
  'interactions-api-key': { provider: 'gemini-interactions', seed: 'interactions-api-key' },
  'claude-api-key': { provider: 'claude', seed: 'claude-api-key' },
  'codex-api-key': { provider: 'codex', seed: 'codex-api-key' },
  'xai-api-key': { provider: 'xai', seed: 'xai-api-key' },
  'vertex-api-key': { provider: 'vertex', seed: '' },
};

type IdGenerator = (kind: string, parts: readonly string[]) => string;

function compatCredentials(entry: Entry, nextId: IdGenerator): CredentialSource[] {
  if (entry['disabled'] === true) return [];
  const name = text(entry, 'name').trim().toLowerCase() || 'openai-compatibility';
  const base = baseUrl(entry);
  const named = name === 'openai-compatibility' || name.startsWith('openai-compatible-');
  const common = {
    family: 'openai-compatibility' as const,
    provider: named ? name : `openai-compatible-${name}`,
    usageName: name,
    entry,
    baseUrl: base,
  };
  const kind = `openai-compatibility:${name}`;
  const make = (
    key: string,
    proxyUrl: string,
    weight: number | undefined,
    parts: string[],
  ): CredentialSource => {
    const id = nextId(kind, parts);
    return {
      ...common,
      id,
      authIndex: authIndex('openai-compatibility', base, key, id),
      key,
      proxyUrl,
      weight,
    };
  };
  const keys = keysOf(entry);
  if (keys.length === 0) return [make('', '', undefined, [base])];
  return keys.map((item) => {
    const key = text(item, 'api-key').trim();
    const proxy = text(item, 'proxy-url').trim();
    return make(key, proxy, item['weight'] as number | undefined, [key, base, proxy]);
  });
}

function keyCredentials(
  family: Exclude<Family, 'openai-compatibility'>,
  entry: Entry,
  nextId: IdGenerator,
): CredentialSource[] {
  const key = text(entry, 'api-key').trim();
  const base = baseUrl(entry).trim();
  if (key === '' && base === '') return [];
  const proxyUrl = text(entry, 'proxy-url').trim();
  const { provider, seed } = NAMES[family];
  const parts = [key, base, proxyUrl];
  if (family !== 'vertex-api-key') parts.push(text(entry, 'prefix'), headerText(headersOf(entry)));
  const id = nextId(`${provider}:apikey`, parts);
  const weight = entry['weight'] as number | undefined;
  const index = authIndex(seed, base, key, id);
  return [
    {
      id,
      authIndex: index,
      family,
      provider,
      usageName: provider,
      entry,
      key,
      baseUrl: base,
      proxyUrl,
      weight,
    },
  ];
}

/** Equal credentials are told apart by a counter. */
function idGenerator(): IdGenerator {
  const counts = new Map<string, number>();
  return (kind, parts) => {
    const hash = sha256(kind + parts.map((part) => `\0${part.trim()}`).join('')).slice(0, 12);
    const id = `${kind}:${hash}`;
    const count = counts.get(id) ?? 0;
    counts.set(id, count + 1);
    return count === 0 ? id : `${id}-${count}`;
  };
}

/** Made of address and key, so that equal pairs in two providers share it. */
function authIndex(seed: string, base: string, key: string, id: string): string {
  return sha256(key !== '' && seed !== '' ? `${seed}:${base}+${key}` : `id:${id}`).slice(0, 16);
}

const sha256 = (value: string): string => createHash('sha256').update(value).digest('hex');
