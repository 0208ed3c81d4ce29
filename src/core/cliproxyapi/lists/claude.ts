import type { ListTraits } from './list-traits';
import { keyCredentialParts } from './key-credential';
import { KEY_FIELDS } from './key-fields';
import { mendedRoot, rootFromAddress } from './root-url';

/** Keys that speak Anthropic's messages: `base + /v1/messages`, without minding a slash at the end of the base. */
export const claude: ListTraits = {
  since: null,
  keyPerEntry: true,
  baseUrl: rootFromAddress,
  correctedBaseUrl: (baseUrl) => mendedRoot(baseUrl, true),
  withoutModels: 'catalogue',
  // Not `priority`, `cloak`, `experimental-cch-signing`.
  patchable: KEY_FIELDS,
  official: true,
  chat: (baseUrl, key, model) => ({
    url: `${baseUrl}/v1/messages`,
    headers: { Authorization: `Bearer ${key}`, 'x-api-key': key, 'anthropic-version': '2023-06-01' },
    body: { model, messages: [{ role: 'user', content: 'Hi' }], max_tokens: 1, stream: false },
    answer: 'content',
  }),
  credentialKind: () => 'claude:apikey',
  credentialParts: keyCredentialParts,
};
