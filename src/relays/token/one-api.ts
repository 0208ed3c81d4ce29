import { tokenRelay, type TokenRelayKind } from './relay';

/** One API: ten keys a page whatever is asked, no groups of keys, no user id (seen on running servers). */
export const oneApiKind: TokenRelayKind = {
  family: 'one-api',
  userIdHeaders: [],
  pageParams: ['p'],
  texts: 'read',
};

export const oneApi = tokenRelay(oneApiKind);
