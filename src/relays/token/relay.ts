import { ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import type { Site } from '../ask';
import type { Credentials, Relay } from '../relay';
import { siteOf } from '../site/sign-in';
import type { TokenKind } from './kinds';
import { readTokenAccount } from './read-account';
import { readTexts } from './read-texts';
import { revealTokens } from './reveal-tokens';

/** Makes a relay of the New API family. */
export function tokenRelay(kind: TokenKind): Relay {
  const site = (credentials: Credentials): Site => siteOf(credentials, kind.userIdHeaders);
  return {
    readAccount: (http, credentials, signal) =>
      readTokenAccount(http, { ...site(credentials), signal }, kind.pageParams, credentials.userId),
    reveal: (http, credentials, ids) => texts(http, site(credentials), kind, ids),
  };
}

async function texts(
  http: Http,
  site: Site,
  kind: TokenKind,
  ids: readonly number[],
): Promise<Result<Map<number, string>>> {
  if (kind.texts === 'reveal') return revealTokens(http, site, ids);
  const read = await readTexts(http, site, kind.pageParams, ids);
  if (!read.ok || kind.texts === 'read') return read;
  const rest = ids.filter((id) => !read.value.has(id));
  const revealed = await revealTokens(http, site, rest);
  return revealed.ok ? ok(new Map([...read.value, ...revealed.value])) : revealed;
}
