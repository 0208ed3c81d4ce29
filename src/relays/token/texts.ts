import { ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import type { Credentials } from '../relay';
import { siteOf } from '../site/sign-in';
import type { TokenKind } from './kinds';
import { readTexts } from './read-texts';
import { revealTokens } from './reveal-tokens';

/** The whole texts of keys by remote id, as servers of this kind give them; keys that are left out are absent. */
export async function tokenTexts(
  http: Http,
  credentials: Credentials,
  kind: TokenKind,
  ids: readonly number[],
): Promise<Result<Map<number, string>>> {
  const site = siteOf(credentials, kind.userIdHeaders);
  if (kind.texts === 'reveal') return revealTokens(http, site, ids);
  const read = await readTexts(http, site, kind.pageParams, ids);
  if (!read.ok || kind.texts === 'read') return read;
  const rest = ids.filter((id) => !read.value.has(id));
  const revealed = await revealTokens(http, site, rest);
  return revealed.ok ? ok(new Map([...read.value, ...revealed.value])) : revealed;
}
