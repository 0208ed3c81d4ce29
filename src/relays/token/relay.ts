import { FAMILIES, type RelayFamily } from '../../core/accounts/relay-family';
import { ok, type Result } from '../../core/result';
import type { Http } from '../../ports/http';
import type { Site } from '../ask';
import type { PageParam } from './list-tokens';
import { readTokenAccount } from './read-account';
import { readTexts } from './read-texts';
import type { Credentials, Relay } from '../relay';
import { revealTokens } from './reveal-tokens';
import { siteOf } from '../site/sign-in';

/** What differs between the servers of the New API family. */
export interface TokenRelayKind {
  family: RelayFamily;
  userIdHeaders: readonly string[];
  pageParams: readonly PageParam[];
  /**
   * How to get the text of a key: by revealing it (a limited call), by reading it, or by reading before revealing.
   */
  texts: 'reveal' | 'read' | 'read-then-reveal';
}

/** Makes a relay of the New API family: one API in several generations, which differ in data alone. */
export function tokenRelay(kind: TokenRelayKind): Relay {
  const { optionalPrefix } = FAMILIES[kind.family];
  const site = (credentials: Credentials): Site => siteOf(credentials, kind.userIdHeaders);
  return {
    optionalPrefix,
    readAccount: (http, credentials, signal) =>
      readTokenAccount(http, site(credentials), kind.pageParams, credentials.userId, signal),
    reveal: (http, credentials, ids) => texts(http, site(credentials), kind, ids),
  };
}

async function texts(
  http: Http,
  site: Site,
  kind: TokenRelayKind,
  ids: readonly number[],
): Promise<Result<Map<number, string>>> {
  if (kind.texts === 'reveal') return revealTokens(http, site, ids);
  const read = await readTexts(http, site, kind.pageParams, ids);
  if (!read.ok || kind.texts === 'read') return read;
  const rest = ids.filter((id) => !read.value.has(id));
  const revealed = await revealTokens(http, site, rest);
  return revealed.ok ? ok(new Map([...read.value, ...revealed.value])) : revealed;
}
