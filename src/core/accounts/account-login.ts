import { fail, ok, type Result } from '../failures/result';
import { typedAddress } from '../typed-address';

export interface AccountLogin {
  siteUrl: string;
  accessToken: string;
  userId: string;
}

/** The login of an account, as typed or as in a backup. */
export function parseLogin(input: AccountLogin): Result<AccountLogin> {
  const url = typedAddress(input.siteUrl);
  if (!url.ok) return url;
  const accessToken = input.accessToken.trim().replace(/^bearer\s+/i, '');
  if (!/^[\x21-\x7e]+$/.test(accessToken)) return fail({ code: 'bad-token' });
  const userId = input.userId.trim().replace(/^0+(?=\d)/, '');
  if (!/^\d*$/.test(userId)) return fail({ code: 'bad-user-id' });
  return ok({ siteUrl: siteOf(url.value), accessToken, userId });
}

/** The site's address without the path of a page that users copy along (`/console/token`, `/v1`). */
export function siteOf(url: URL): string {
  const path = url.pathname
    .replace(/\/+$/, '')
    .replace(/\/(?:console|dashboard|panel|token|keys|login|register|sign-in|v1|api)(?:\/.*)?$/i, '');
  return url.origin + path;
}

/** The same user of a site; where a user id is missing, the same token. */
export const sameLogin = (a: AccountLogin, b: AccountLogin): boolean =>
  a.siteUrl === b.siteUrl && (a.userId && b.userId ? a.userId === b.userId : a.accessToken === b.accessToken);

interface User extends Pick<AccountLogin, 'siteUrl' | 'userId'> {
  keys: readonly { remoteId: number }[];
}

/**
 * Whether an account is that of the user whom its relay told. An account whose user was never told is recognised by its
 * keys, since the number of a key at a site belongs to one user.
 */
export function isOfUser(account: User, told: User): boolean {
  if (account.siteUrl !== told.siteUrl) return false;
  if (account.userId) return account.userId === told.userId;
  const listed = new Set(told.keys.map(({ remoteId }) => remoteId));
  return account.keys.some(({ remoteId }) => listed.has(remoteId));
}
