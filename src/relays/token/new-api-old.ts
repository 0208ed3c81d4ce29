import { tokenRelay, type TokenRelayKind } from './relay';

/** New API until the middle of 2025: bare lists counted from 0, whole keys (seen on running servers). */
export const newApiOldKind: TokenRelayKind = {
  family: 'new-api-old',
  userIdHeaders: ['New-Api-User'],
  pageParams: ['p'],
  texts: 'read',
};

export const newApiOld = tokenRelay(newApiOldKind);
