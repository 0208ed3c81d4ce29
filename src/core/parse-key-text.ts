import { fail, ok, type Result } from './failures/result';
import { isMasked } from './mask';

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
