import { baseUrlFromAddress, lacksVersion } from '../../base-url';
import { apiKeyOf, baseUrlOf, keyEntries, nameOf } from '../provider';
import { keyCredentialParts, proxyOf } from './key-credential';
import type { ChatRequest, ListName, ListTraits } from './list-traits';
import { mendedRoot, rootFromAddress } from './root-url';

/** What PATCH takes in the lists whose entries are keys; `priority` is answered 200 and ignored in most (CLIProxyAPI 7.2). */
const KEY_FIELDS = [
  'api-key',
  'weight',
  'prefix',
  'base-url',
  'proxy-url',
  'models',
  'headers',
  'excluded-models',
];

/** Lists whose base URL ends in a version. An empty one would delete the entry. */
const VERSIONED = {
  since: null,
  baseUrl: baseUrlFromAddress,
  correctedBaseUrl: (baseUrl: string) =>
    lacksVersion(baseUrl) ? `${withoutSlashes(baseUrl)}/v1` : undefined,
  official: false,
};

/** Lists of keys whose base URL is a root, and where no base URL means the maker's own service. */
const ROOTED = {
  since: null,
  keyPerEntry: true,
  baseUrl: rootFromAddress,
  correctedBaseUrl: (baseUrl: string) => mendedRoot(baseUrl, true),
  withoutModels: 'catalogue',
  patchable: new Set(KEY_FIELDS),
  official: true,
  credentialParts: keyCredentialParts,
} as const;

const withoutSlashes = (baseUrl: string): string => baseUrl.replace(/\/+$/, '');
const bearer = (key: string): Record<string, string> => ({ Authorization: `Bearer ${key}` });
const hi = (model: string): object => ({
  model,
  messages: [{ role: 'user', content: 'Hi' }],
  max_tokens: 1,
  stream: false,
});

/** Google's chat; the address names the model. */
const generateContent = (models: string, model: string, key: string): ChatRequest => ({
  url: `${models}/${encodeURIComponent(model)}:generateContent`,
  headers: { 'x-goog-api-key': key },
  body: { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }], generationConfig: { maxOutputTokens: 1 } },
  answer: 'candidates',
});

/** OpenAI's responses: `base + /responses`. */
const codex: ListTraits = {
  ...VERSIONED,
  keyPerEntry: true,
  withoutModels: 'catalogue',
  // Not `priority`, `websockets`.
  patchable: new Set(KEY_FIELDS),
  chat: (baseUrl, key, model) => ({
    url: `${withoutSlashes(baseUrl)}/responses`,
    headers: bearer(key),
    // Sixteen is the least that this call takes.
    body: { model, input: 'Hi', max_output_tokens: 16, stream: false },
    answer: 'output',
  }),
  credentialKind: () => 'codex:apikey',
  credentialParts: keyCredentialParts,
};

/** Gemini: `base + /v1beta/models/…`; slashes at the end of the base do no harm. */
const gemini: ListTraits = {
  ...ROOTED,
  correctedBaseUrl: (baseUrl) => mendedRoot(withoutSlashes(baseUrl), false),
  // Not `priority`, `models`.
  patchable: new Set(KEY_FIELDS.filter((field) => field !== 'models')),
  chat: (baseUrl, key, model) => generateContent(`${withoutSlashes(baseUrl)}/v1beta/models`, model, key),
  // Since 7.2.138 by all that tells credentials apart, before that by key and base URL.
  dedupeKey: (entry, version) => keyCredentialParts(entry, version).join('\n'),
  credentialKind: () => 'gemini:apikey',
};

const LIST_TRAITS: Record<ListName, ListTraits> = {
  /** OpenAI's chat completions: `base + /chat/completions`. */
  'openai-compatibility': {
    ...VERSIONED,
    keyPerEntry: false,
    withoutModels: 'nothing',
    // Not `priority`.
    patchable: new Set(['name', 'prefix', 'disabled', 'base-url', 'api-key-entries', 'models', 'headers']),
    chat: (baseUrl, key, model) => ({
      url: `${withoutSlashes(baseUrl)}/chat/completions`,
      headers: bearer(key),
      body: hi(model),
      answer: 'choices',
    }),
    credentialKind: (entry) =>
      `openai-compatibility:${nameOf(entry).toLowerCase() || 'openai-compatibility'}`,
    credentialParts(entry) {
      const keys = keyEntries(entry);
      const baseUrl = baseUrlOf(entry);
      if (keys.length === 0) return [[baseUrl]];
      return keys.map((key) => [key['api-key']?.trim() ?? '', baseUrl, key['proxy-url']?.trim() ?? '']);
    },
  },
  /** Anthropic's messages: `base + /v1/messages`, without minding a slash at the end of the base. */
  'claude-api-key': {
    // Not patchable: `priority`, `cloak`, `experimental-cch-signing`.
    ...ROOTED,
    chat: (baseUrl, key, model) => ({
      url: `${baseUrl}/v1/messages`,
      headers: { ...bearer(key), 'x-api-key': key, 'anthropic-version': '2023-06-01' },
      body: hi(model),
      answer: 'content',
    }),
    credentialKind: () => 'claude:apikey',
  },
  'codex-api-key': codex,
  'gemini-api-key': gemini,
  /** Gemini's interactions, in a list of its own: `base + /v1beta/interactions`. CLIProxyAPI turns every client's chat into one (seen at 7.2.140). */
  'interactions-api-key': {
    ...gemini,
    since: [7, 2, 51],
    chat: (baseUrl, key, model) => ({
      url: `${withoutSlashes(baseUrl)}/v1beta/interactions`,
      // The revision that CLIProxyAPI asks for; before it the answer had no `steps`.
      headers: { 'x-goog-api-key': key, 'Api-Revision': '2026-05-20' },
      body: { model, input: 'Hi', generation_config: { max_output_tokens: 1 } },
      answer: 'steps',
    }),
    credentialKind: () => 'gemini-interactions:apikey',
  },
  /** Vertex: `base + /v1/publishers/google/models/…`, without minding a slash at the end of the base. */
  'vertex-api-key': {
    ...ROOTED,
    chat: (baseUrl, key, model) => generateContent(`${baseUrl}/v1/publishers/google/models`, model, key),
    dedupeKey: (entry) => `${apiKeyOf(entry)}\n${baseUrlOf(entry)}`,
    credentialKind: () => 'vertex:apikey',
    credentialParts: (entry) => [[apiKeyOf(entry), baseUrlOf(entry), proxyOf(entry)]],
  },
  /** xAI's responses: as codex, in a list that later servers have. */
  'xai-api-key': {
    ...codex,
    since: [7, 2, 73],
    patchable: new Set([...KEY_FIELDS, 'priority']),
    credentialKind: () => 'xai:apikey',
  },
};

/** What is peculiar to a list. */
export const listTraits = (list: ListName): ListTraits => LIST_TRAITS[list];
