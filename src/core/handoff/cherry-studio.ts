import { relayIdentity } from '../base-url';
import type { ProviderFamily } from '../speaks';
import { base64, siteRoot, type Handoff } from './handoff';

const TYPES: Record<ProviderFamily, string> = {
  'openai-compatibility': 'openai',
  'claude-api-key': 'anthropic',
  'codex-api-key': 'openai-response',
  'gemini-api-key': 'gemini',
};

/**
 * Adds the key to Cherry Studio, which asks first and fetches the models by itself (relays/facts.md, C). The base URL is
 * the origin: the program puts `/v1` behind it.
 *
 * After decoding the program turns every `'` into `"` and drops every `(` and `)`, and only then reads the JSON. Written
 * as JSON's own escapes these signs come through, also in the name of a relay. The alphabet is that of standard base64,
 * percent-encoded: the program swaps `-` and `_` the other way round than base64url.
 */
export function cherryStudioLink(handoff: Handoff): string {
  const type = TYPES[handoff.speaks];
  const json = JSON.stringify({
    id: cherryStudioId(handoff.address, type),
    baseUrl: siteRoot(handoff.address),
    apiKey: handoff.key,
    name: handoff.name,
    type,
  }).replace(/['()]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  return `cherrystudio://providers/api-keys?v=1&data=${encodeURIComponent(base64(json))}`;
}

/**
 * One id for one relay, and for each language that it is asked in. A provider with the same id gets the key and has its
 * base URL replaced, so two relays must never share one, and none may be an id that the program has built in.
 */
function cherryStudioId(address: string, type: string): string {
  const relay = relayIdentity(siteRoot(address));
  const words = relay.replace(/^\w+:\/\//, '').replace(/[^a-z0-9]+/gi, '-');
  return `keyferry-${words}-${fingerprint(`${type} ${relay}`)}`;
}

/** FNV-1a, 32 bits: tells apart what looks alike once its signs were replaced. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
