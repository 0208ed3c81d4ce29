import { oneApiToken } from './new-token';
import { tokenRelay } from './token-relay';

/** One API: ten keys a page whatever is asked, no groups of keys, no user id (relays/verified.md sections 1 and 3). */
export const oneApi = tokenRelay({
  family: 'one-api',
  userIdHeaders: [],
  pageParams: ['p'],
  texts: 'read',
  newToken: oneApiToken,
  switching: 'whole',
  groupsPath: undefined,
});
