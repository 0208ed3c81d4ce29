import { tokenRelay, type TokenRelayKind } from './relay';

/** Veloera: New API of early 2025 with a header name of its own (v0.4.0-lab.20250618, fixtures veloera). */
export const veloeraKind: TokenRelayKind = {
  family: 'veloera',
  userIdHeaders: ['Veloera-User'],
  pageParams: ['p'],
  texts: 'read',
};

export const veloera = tokenRelay(veloeraKind);
