import { relayIdentity } from '../base-url';
import { siteRoot } from './handoff';

/**
 * A name for one relay that is the same each time and fit for an id: small words of its address, and a fingerprint that
 * tells apart what looks alike without its punctuation (`a-b.example` and `a.b.example`). `of` makes another one for the same
 * relay.
 */
export function relaySlug(address: string, of = ''): string {
  const relay = relayIdentity(siteRoot(address));
  const words = relay
    .replace(/^\w+:\/\//, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return `keyferry-${words}-${fingerprint(`${relay} ${of}`)}`;
}

/** FNV-1a, 32 bits. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
