import { ALL_USER_ID_HEADERS } from '../../core/accounts/user-id-headers';
import { tokenRelay, type TokenRelayKind } from './relay';

/**
 * Forks of New API that were not examined one by one (VoAPI, V-API, Super-API, Rix-Api, Neo-API …): every header name
 * of the user id, both page parameters at once, any known shape of answer.
 */
export const compatibleKind: TokenRelayKind = {
  family: 'compatible',
  userIdHeaders: ALL_USER_ID_HEADERS,
  pageParams: ['p', 'page'],
  texts: 'read-then-reveal',
};

export const compatible = tokenRelay(compatibleKind);
