import { isMasked } from './mask';
import { fail, ok, type Result } from './failures/result';

/**
 * A key as the user pasted it: outer blanks and quotes, `Bearer ` and a trailing comma are taken off. A blank inside,
 * a mask or characters that HTTP headers cannot carry are refused: CLIProxyAPI would store such a key and it would be wrong.
 */
export function parseKeyText(text: string): Result<string> {
  const unquoted = (part: string): string =>
    part
      .trim()
      .replace(/^["'`]+|["'`,;]+$/g, '')
      .trim();
  const key = unquoted(unquoted(text).replace(/^bearer(?:\s+|$)/i, ''));
  if (!key) return fail({ code: 'bad-key', reason: 'empty' });
  if (isMasked(key)) return fail({ code: 'bad-key', reason: 'masked' });
  if (/\s/.test(key)) return fail({ code: 'bad-key', reason: 'spaces' });
  if (!/^[\x21-\x7e]+$/.test(key)) return fail({ code: 'bad-key', reason: 'characters' });
  return ok(key);
}

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
