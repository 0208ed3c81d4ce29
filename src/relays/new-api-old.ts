import { newApiToken } from './new-token';
import { tokenRelay } from './token-relay';

/** New API until the middle of 2025: bare lists counted from 0, whole keys (relays/verified.md section 3). */
export const newApiOld = tokenRelay({
  family: 'new-api-old',
  userIdHeaders: ['New-Api-User'],
  pageParams: ['p'],
  texts: 'read',
  newToken: newApiToken,
  switching: 'whole',
  groupsPath: '/api/user/self/groups',
});
