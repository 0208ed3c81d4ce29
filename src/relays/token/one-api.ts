import { tokenRelay, type TokenRelayKind } from './relay';

/**
 * One API: ten keys a page whatever is asked, keys without groups, no user id (v0.6.11-lab.20250221, fixtures
 * one-api).
 */
export const oneApiKind: TokenRelayKind = {
  family: 'one-api',
  userIdHeaders: [],
  pageParams: ['p'],
  texts: 'read',
};

export const oneApi = tokenRelay(oneApiKind);
