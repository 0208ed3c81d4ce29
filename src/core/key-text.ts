import { isMasked } from './mask';

/**
 * Whether a text can be a key as a relay lists or reveals it: 1 to 2,048 visible ASCII characters, and no mask. A relay may
 * say anything; what it calls a key goes to the clipboard, into shells and configurations.
 */
export const isKeyText = (text: string): boolean => /^[\x21-\x7e]{1,2048}$/.test(text) && !isMasked(text);

/** The key without blanks around it and without the prefix that its relay does not need. */
export function bareKey(key: string, optionalPrefix: string): string {
  const trimmed = key.trim();
  return trimmed.startsWith(optionalPrefix) ? trimmed.slice(optionalPrefix.length) : trimmed;
}

/** New API and its kin store keys without `sk-` and accept both; others mean every letter (from the servers’ sources). */
export function sameKey(a: string, b: string, optionalPrefix: string | undefined): boolean {
  if (a.trim() === b.trim()) return true;
  return Boolean(optionalPrefix) && bareKey(a, optionalPrefix ?? '') === bareKey(b, optionalPrefix ?? '');
}
