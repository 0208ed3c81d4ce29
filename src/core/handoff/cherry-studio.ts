import type { ApiFormat } from '../accounts/api-format';
import { base64, siteRoot, type Handoff } from './handoff';
import { relaySlug } from './relay-slug';

const TYPES: Record<ApiFormat, string> = {
  'openai-compatibility': 'openai',
  'claude-api-key': 'anthropic',
  'codex-api-key': 'openai-response',
  'gemini-api-key': 'gemini',
};

/**
 * Adds the key to Cherry Studio, which asks first and fetches the models by itself (from the programs’ sources). The
 * base URL is the origin: the program puts `/v1` behind it.
 *
 * A provider with the same id gets the key and has its base URL replaced, so that two relays must never share one, nor
 * two languages of one relay, and none may be an id that the program has built in.
 *
 * After decoding the program turns every `'` into `"` and drops every `(` and `)`, and only then reads the JSON. Written
 * as JSON's own escapes these characters come through. The alphabet is that of standard base64, percent-encoded: the program
 * swaps `-` and `_` the other way round than base64url.
 */
export function cherryStudioLink({ name, address, key, speaks }: Handoff): string {
  const type = TYPES[speaks];
  const json = JSON.stringify({
    id: relaySlug(address, type),
    baseUrl: siteRoot(address),
    apiKey: key,
    name,
    type,
  }).replace(/['()]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
  return `cherrystudio://providers/api-keys?v=1&data=${encodeURIComponent(base64(json))}`;
}
