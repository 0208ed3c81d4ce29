import { tokenRelay, type TokenRelayKind } from './relay';

/**
 * One Hub and Done Hub: `page` instead of `p`, model limits inside `setting` (One Hub v0.14.27-lab.20260220, fixtures
 * one-hub).
 */
export const oneHubKind: TokenRelayKind = {
  family: 'one-hub',
  userIdHeaders: [],
  pageParams: ['page'],
  texts: 'read',
};

export const oneHub = tokenRelay(oneHubKind);
