import type { Relay } from '../relay';
import { siteOf } from '../site/sign-in';
import type { TokenKind } from './kinds';
import { readTokenAccount } from './read-account';

/** Makes a relay of the New API family. */
export const tokenRelay = (kind: TokenKind): Relay => ({
  readAccount: (http, credentials, signal) =>
    readTokenAccount(
      http,
      { ...siteOf(credentials, kind.userIdHeaders), signal },
      kind.pageParams,
      credentials.userId,
    ),
});
