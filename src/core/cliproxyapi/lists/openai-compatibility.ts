import { baseUrlFromAddress, lacksVersion } from '../../base-url';
import { baseUrlOf, keyEntries, nameOf } from '../provider';
import type { ListTraits } from './list-traits';
import { withVersion } from './with-version';

/** Relays that speak OpenAI's chat completions: `base + /chat/completions`, so the base ends in a version. */
export const openAiCompatibility: ListTraits = {
  since: null,
  keyPerEntry: false,
  baseUrl: baseUrlFromAddress,
  correctedBaseUrl: (baseUrl) => (lacksVersion(baseUrl) ? withVersion(baseUrl) : undefined),
  withoutModels: 'nothing',
  // Not `priority`.
  patchable: new Set(['name', 'prefix', 'disabled', 'base-url', 'api-key-entries', 'models', 'headers']),
  official: false,
  chat: (baseUrl, key, model) => ({
    url: `${baseUrl.replace(/\/+$/, '')}/chat/completions`,
    headers: { Authorization: `Bearer ${key}` },
    body: { model, messages: [{ role: 'user', content: 'Hi' }], max_tokens: 1, stream: false },
    answer: 'choices',
  }),
  credentialKind: (entry) => `openai-compatibility:${nameOf(entry).toLowerCase() || 'openai-compatibility'}`,
  credentialParts(entry) {
    const keys = keyEntries(entry);
    const baseUrl = baseUrlOf(entry);
    if (keys.length === 0) return [[baseUrl]];
    return keys.map((key) => [
      key['api-key']?.trim() ?? '',
      baseUrl,
      typeof key['proxy-url'] === 'string' ? key['proxy-url'].trim() : '',
    ]);
  },
};
