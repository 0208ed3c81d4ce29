import { ACCOUNT_FAMILIES, type AccountFamily } from '../../core/accounts/relay-family';
import { ALL_USER_ID_HEADERS } from '../../core/accounts/user-id-headers';
import type { PageParam } from './list-tokens';

/** What differs between the servers of the New API family: one API in several generations. */
export interface TokenKind {
  userIdHeaders: readonly string[];
  pageParams: readonly PageParam[];
  /** How to get the text of a key: by revealing it (a limited call), by reading it, or by reading before revealing. */
  texts: 'reveal' | 'read' | 'read-then-reveal';
}

export const TOKEN_KINDS: Record<AccountFamily, TokenKind> = {
  /**
   * New API since the middle of 2025: pages count from 1, keys are masked since March 2026, and accounts sign in by
   * cookie or by token with user id until July 2026 and by token alone since then. All of them answer the same calls
   * (v1.0.0-lab.20260718 and .20260728, fixtures new-api-cookie and new-api).
   */
  'new-api': { userIdHeaders: ['New-Api-User'], pageParams: ['p'], texts: 'reveal' },
  /**
   * New API until the middle of 2025: bare lists that count from 0, whole keys (v0.6.3.1-lab.20250411, fixtures
   * new-api-old).
   */
  'new-api-old': { userIdHeaders: ['New-Api-User'], pageParams: ['p'], texts: 'read' },
  /** Ten keys a page whatever is asked, keys without groups, no user id (v0.6.11-lab.20250221, fixtures one-api). */
  'one-api': { userIdHeaders: [], pageParams: ['p'], texts: 'read' },
  /**
   * One Hub and Done Hub: `page` instead of `p`, model limits inside `setting` (One Hub v0.14.27-lab.20260220, fixtures
   * one-hub).
   */
  'one-hub': { userIdHeaders: [], pageParams: ['page'], texts: 'read' },
  /** New API of early 2025 with a header name of its own (v0.4.0-lab.20250618, fixtures veloera). */
  veloera: { userIdHeaders: ['Veloera-User'], pageParams: ['p'], texts: 'read' },
  /**
   * Forks of New API that were not examined one by one (VoAPI, V-API, Super-API, Rix-Api, Neo-API …): every header name
   * of the user id, both page parameters at once, any known shape of answer.
   */
  compatible: { userIdHeaders: ALL_USER_ID_HEADERS, pageParams: ['p', 'page'], texts: 'read-then-reveal' },
};

/** A table of what each family makes of its kind. */
export const byFamily = <T>(make: (family: AccountFamily) => T): Record<AccountFamily, T> =>
  Object.fromEntries(ACCOUNT_FAMILIES.map((family) => [family, make(family)])) as Record<AccountFamily, T>;
