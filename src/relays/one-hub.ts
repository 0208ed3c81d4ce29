import { tokenRelay, type TokenRelayKind } from './token-relay';

/** One Hub and Done Hub: `page` instead of `p`, model limits inside `setting` (relays/verified.md section 3). */
export const oneHubKind: TokenRelayKind = {
  family: 'one-hub',
  userIdHeaders: [],
  pageParams: ['page'],
  texts: 'read',
};

export const oneHub = tokenRelay(oneHubKind);
