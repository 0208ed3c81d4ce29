import { findKey, keyInHeader, limitsOf } from '../keys/auth';
import { say } from '../messages';
import { json, refuse } from '../reply';
import type { RelayState } from '../state';
import type { Call, RelayKey, Reply } from '../types';

export const POINTS_PER_DOLLAR = 500_000;
const UNLIMITED_DOLLARS = 100_000_000;

const usageData = (key: RelayKey): Record<string, unknown> => ({
  expires_at: key.expiredTime === -1 ? 0 : key.expiredTime,
  model_limits: Object.fromEntries(limitsOf(key).map((name) => [name, true])),
  model_limits_enabled: key.modelLimitsEnabled,
  name: key.name,
  object: 'token_usage',
  total_available: key.remainQuota,
  total_granted: key.remainQuota + key.usedQuota,
  total_used: key.usedQuota,
  unlimited_quota: key.unlimitedQuota,
});

/** Answers for expired and used-up keys as well, but not for those that are switched off. */
export function getUsageByKey(state: RelayState, call: Call): Reply {
  const header = call.headers.authorization ?? '';
  if (header === '') return refuse(say(call, 'tokenMissing'), 401);
  const key = findKey(state, keyInHeader(header));
  if (key === undefined) return refuse(say(call, 'tokenInvalid'), 401);
  if (key.status === 2) return refuse(say(call, 'tokenUnavailable'), 401);
  if (state.users.find(({ id }) => id === key.userId)?.status !== 1)
    return refuse(say(call, 'userBanned'), 403);
  return json(200, { code: true, data: usageData(key), message: 'ok' });
}

export function getSubscription(_state: RelayState, _call: Call, key: RelayKey): Reply {
  const granted = (key.remainQuota + key.usedQuota) / POINTS_PER_DOLLAR;
  const limit = key.unlimitedQuota ? UNLIMITED_DOLLARS : granted;
  return json(200, {
    object: 'billing_subscription',
    has_payment_method: true,
    soft_limit_usd: limit,
    hard_limit_usd: limit,
    system_hard_limit_usd: limit,
    access_until: Math.max(0, key.expiredTime),
  });
}

/** In cents. */
export const getBillingUsage = (_state: RelayState, _call: Call, key: RelayKey): Reply =>
  json(200, { object: 'list', total_usage: (key.usedQuota / POINTS_PER_DOLLAR) * 100 });
