import { apiKeyOf, baseUrlOf } from '../provider';
import type { ListTraits } from './list-traits';
import { generateContent } from './generate-content';
import { proxyOf } from './key-credential';
import { KEY_FIELDS } from './key-fields';
import { mendedRoot, rootFromAddress } from './root-url';

/** Keys that speak Vertex: `base + /v1/publishers/google/models/…`, without minding a slash at the end of the base. */
export const vertex: ListTraits = {
  since: null,
  keyPerEntry: true,
  baseUrl: rootFromAddress,
  correctedBaseUrl: (baseUrl) => mendedRoot(baseUrl, true),
  withoutModels: 'catalogue',
  // Not `priority`.
  patchable: KEY_FIELDS,
  official: true,
  chat: (baseUrl, key, model) =>
    generateContent(`${baseUrl}/v1/publishers/google/models/${encodeURIComponent(model)}`, key),
  dedupeKey: (entry) => `${apiKeyOf(entry)}\n${baseUrlOf(entry)}`,
  credentialKind: () => 'vertex:apikey',
  credentialParts: (entry) => [[apiKeyOf(entry), baseUrlOf(entry), proxyOf(entry)]],
};
