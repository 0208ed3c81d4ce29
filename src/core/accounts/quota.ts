/** How a relay counts: New API keeps points, and `perUnit` points are one unit of its currency (`/api/status`). */
export interface QuotaUnit {
  perUnit: number;
  symbol: string;
  /** Units of the displayed currency per US dollar. */
  rate: number;
  /** `points`: the relay shows bare points. */
  kind: 'currency' | 'points';
}

export const DEFAULT_UNIT: QuotaUnit = { perUnit: 500_000, symbol: '$', rate: 1, kind: 'currency' };

/** An amount ready for Intl: a number of the relay's own currency, or of points. */
export interface Amount {
  value: number;
  symbol: string;
}

export function amountOf(points: number, unit: QuotaUnit): Amount {
  if (unit.kind === 'points') return { value: points, symbol: '' };
  return { value: (points / unit.perUnit) * unit.rate, symbol: unit.symbol };
}

export type KeyStatus = 'enabled' | 'disabled' | 'expired' | 'used-up';

/**
 * The relay's own status lags: an expired or used-up key stays "enabled" until its next use (seen on running servers), so
 * it is computed. Times are seconds since 1970; -1 means never.
 */
export function keyStatus(
  key: { status: number; expiredTime: number; remainQuota: number; unlimitedQuota: boolean },
  nowSeconds: number,
): KeyStatus {
  if (key.status === 2) return 'disabled';
  if (key.status === 3 || (key.expiredTime !== -1 && key.expiredTime < nowSeconds)) return 'expired';
  if (key.status === 4 || (!key.unlimitedQuota && key.remainQuota <= 0)) return 'used-up';
  return 'enabled';
}

/** Why a relay will refuse requests with a key, as far as it told. */
export type KeyTrouble = Exclude<KeyStatus, 'enabled'> | 'no-balance';

/** `balance`: what is left to the account, in any unit; null: not known. A user without one gets 403 or 429 (running servers). */
export function keyTrouble(status: KeyStatus, balance: number | null): KeyTrouble | undefined {
  if (status !== 'enabled') return status;
  return balance !== null && balance <= 0 ? 'no-balance' : undefined;
}

/** For relays that count in US dollars themselves (Sub2API): one point is one dollar. */
export const DOLLARS: QuotaUnit = { perUnit: 1, symbol: '$', rate: 1, kind: 'currency' };
