import { newApiToken } from './new-token';
import { tokenRelay } from './token-relay';

/** Veloera: New API of early 2025 with a header name of its own (relays/verified.md section 1). */
export const veloera = tokenRelay({
  family: 'veloera',
  userIdHeaders: ['Veloera-User'],
  pageParams: ['p'],
  texts: 'read',
  newToken: newApiToken,
  switching: 'whole',
  groupsPath: '/api/user/self/groups',
});
