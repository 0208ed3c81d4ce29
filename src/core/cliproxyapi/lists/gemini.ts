import type { ListTraits } from './list-traits';
import { generateContent } from './generate-content';
import { keyCredentialParts } from './key-credential';
import { KEY_FIELDS } from './key-fields';
import { mendedRoot, rootFromAddress } from './root-url';

/** Keys that speak Gemini: `base + /v1beta/models/…`; slashes at the end of the base do no harm. */
export const gemini: ListTraits = {
  since: null,
  keyPerEntry: true,
  baseUrl: rootFromAddress,
  correctedBaseUrl: (baseUrl) => mendedRoot(baseUrl.replace(/\/+$/, ''), false),
  withoutModels: 'catalogue',
  // Not `priority`, `models`.
  patchable: new Set([...KEY_FIELDS].filter((field) => field !== 'models')),
  official: true,
  chat: (baseUrl, key, model) =>
    generateContent(`${baseUrl.replace(/\/+$/, '')}/v1beta/models/${encodeURIComponent(model)}`, key),
  // Since 7.2.138 by all that tells credentials apart, before that by key and base URL.
  dedupeKey: (entry, version) => keyCredentialParts(entry, version).join('\n'),
  credentialKind: () => 'gemini:apikey',
  credentialParts: keyCredentialParts,
};
