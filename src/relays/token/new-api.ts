import { tokenRelay, type TokenRelayKind } from './relay';

/**
 * New API since the middle of 2025: pages counted from 1, keys masked since March 2026, cookies or tokens with the
 * user id until July 2026, tokens alone since. All of them answer to the same calls (seen on running servers).
 */
export const newApiKind: TokenRelayKind = {
  family: 'new-api',
  userIdHeaders: ['New-Api-User'],
  pageParams: ['p'],
  texts: 'reveal',
};

export const newApi = tokenRelay(newApiKind);
