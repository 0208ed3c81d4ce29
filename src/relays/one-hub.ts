import { oneHubToken } from './new-token';
import { tokenRelay } from './token-relay';

/** One Hub and Done Hub: `page` instead of `p`, model limits inside `setting` (relays/verified.md section 3). */
export const oneHub = tokenRelay({
  family: 'one-hub',
  userIdHeaders: [],
  pageParams: ['page'],
  texts: 'read',
  newToken: oneHubToken,
  switching: 'whole',
  groupsPath: '/api/user_group_map',
});
