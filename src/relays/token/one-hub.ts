import { tokenRelay, type TokenRelayKind } from './relay';

/** One Hub and Done Hub: `page` instead of `p`, model limits inside `setting` (seen on running servers). */
export const oneHubKind: TokenRelayKind = {
  family: 'one-hub',
  userIdHeaders: [],
  pageParams: ['page'],
  texts: 'read',
};

export const oneHub = tokenRelay(oneHubKind);
