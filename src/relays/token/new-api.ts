import { tokenRelay, type TokenRelayKind } from './relay';

/**
 * New API since the middle of 2025: pages count from 1, keys are masked since March 2026, and accounts sign in by
 * cookie or by token with user id until July 2026 and by token alone since then. All of them answer the same calls
 * (v1.0.0-lab.20260718 and .20260728, fixtures new-api-cookie and new-api).
 */
export const newApiKind: TokenRelayKind = {
  family: 'new-api',
  userIdHeaders: ['New-Api-User'],
  pageParams: ['p'],
  texts: 'reveal',
};

export const newApi = tokenRelay(newApiKind);
