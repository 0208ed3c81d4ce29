import { baseUrlFromAddress, lacksVersion } from '../../base-url';
import type { ListTraits } from './list-traits';
import { keyCredentialParts } from './key-credential';
import { KEY_FIELDS } from './key-fields';
import { withVersion } from './with-version';

/** Keys that speak OpenAI's responses: `base + /responses`, so the base ends in a version. */
export const codex: ListTraits = {
  since: null,
  keyPerEntry: true,
  baseUrl: baseUrlFromAddress,
  correctedBaseUrl: (baseUrl) => (lacksVersion(baseUrl) ? withVersion(baseUrl) : undefined),
  withoutModels: 'catalogue',
  // Not `priority`, `websockets`. An empty base URL would delete the entry.
  patchable: KEY_FIELDS,
  official: false,
  chat: (baseUrl, key, model) => ({
    url: `${baseUrl.replace(/\/+$/, '')}/responses`,
    headers: { Authorization: `Bearer ${key}` },
    // Sixteen is the least that this call takes.
    body: { model, input: 'Hi', max_output_tokens: 16, stream: false },
    answer: 'output',
  }),
  credentialKind: () => 'codex:apikey',
  credentialParts: keyCredentialParts,
};
