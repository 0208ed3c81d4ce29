import { DEFAULT_UNIT, type Amount } from '../accounts/quota';
import type { KeyView } from './view';

/** Below this, in the relay's own currency, a balance is told to end; of bare points what one US dollar is by default. */
const LOW_BALANCE = 1;
/** Below this share of its limit a key's quota is told to end. */
const LOW_SHARE = 0.1;
/** So long before its expiry a key is told to end. */
const SOON_MS = 7 * 24 * 60 * 60_000;

export type BalanceWarning = 'used-up' | 'low';

/** What to say of an account's balance before it ends; null: it is not known. */
export function balanceWarning(balance: Amount | null): BalanceWarning | undefined {
  if (!balance) return undefined;
  if (balance.value <= 0) return 'used-up';
  const least = balance.symbol ? LOW_BALANCE : LOW_BALANCE * DEFAULT_UNIT.perUnit;
  return balance.value < least ? 'low' : undefined;
}

export type KeyWarning = 'low' | 'expires-soon';

/**
 * What ends soon of a key that its relay still accepts. `now`: milliseconds since 1970. A limit of which nothing was used says
 * nothing, since its size is not known.
 */
export function keyWarnings(
  { status, amount, expiresAt }: Pick<KeyView, 'status' | 'amount' | 'expiresAt'>,
  now: number,
): KeyWarning[] {
  if (status !== 'enabled') return [];
  const isLow = amount.kind === 'left' && amount.of && amount.left.value < amount.of.value * LOW_SHARE;
  const isLate = expiresAt !== null && expiresAt - now < SOON_MS;
  return [...(isLow ? (['low'] as const) : []), ...(isLate ? (['expires-soon'] as const) : [])];
}
