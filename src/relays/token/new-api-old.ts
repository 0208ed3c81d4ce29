import { tokenRelay, type TokenRelayKind } from './relay';

/**
 * New API until the middle of 2025: bare lists that count from 0, whole keys (v0.6.3.1-lab.20250411, fixtures
 * new-api-old).
 */
export const newApiOldKind: TokenRelayKind = {
  family: 'new-api-old',
  userIdHeaders: ['New-Api-User'],
  pageParams: ['p'],
  texts: 'read',
};

export const newApiOld = tokenRelay(newApiOldKind);
