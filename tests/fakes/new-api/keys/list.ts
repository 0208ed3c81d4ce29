import { pageOf } from '../paging';
import { notFound, refuse, success } from '../reply';
import type { RelayState } from '../state';
import type { Call, RelayKey, RelayUser, Reply } from '../types';

const mask = (key: string): string => {
  if (key.length <= 4) return '*'.repeat(key.length);
  if (key.length <= 8) return `${key.slice(0, 2)}****${key.slice(-2)}`;
  return `${key.slice(0, 4)}**********${key.slice(-4)}`;
};

/** A key as the dashboard's routes show it. */
export const shownKey = (key: RelayKey): Record<string, unknown> => ({
  id: key.id,
  user_id: key.userId,
  key: mask(key.key),
  status: key.status,
  name: key.name,
  created_time: key.createdTime,
  accessed_time: key.accessedTime,
  expired_time: key.expiredTime,
  remain_quota: key.remainQuota,
  unlimited_quota: key.unlimitedQuota,
  model_limits_enabled: key.modelLimitsEnabled,
  model_limits: key.modelLimits,
  allow_ips: key.allowIps,
  used_quota: key.usedQuota,
  group: key.group,
  cross_group_retry: key.crossGroupRetry,
  DeletedAt: null,
});

export const ownKeys = (state: RelayState, user: RelayUser): RelayKey[] =>
  state.keys.filter((key) => key.userId === user.id).sort((a, b) => b.id - a.id);

export const ownKey = (state: RelayState, user: RelayUser, id: number): RelayKey | undefined =>
  state.keys.find((key) => key.id === id && key.userId === user.id);

function listed(call: Call, keys: RelayKey[]): Reply {
  const { page, size, start } = pageOf(call.query);
  const items = keys.slice(start, start + size).map(shownKey);
  return success({ page, page_size: size, total: keys.length, items });
}

export const listKeys = (state: RelayState, call: Call, user: RelayUser): Reply =>
  listed(call, ownKeys(state, user));

/** The whole text, with `%` for any part of it. SQLite ignores case here. */
function matcher(pattern: string): (text: string) => boolean {
  if (pattern === '') return () => true;
  const parts = pattern.split('%').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const whole = new RegExp(`^${parts.join('.*')}$`, 'is');
  return (text) => whole.test(text);
}

export function searchKeys(state: RelayState, call: Call, user: RelayUser): Reply {
  const nameFits = matcher(call.query.get('keyword') ?? '');
  const keyFits = matcher((call.query.get('token') ?? '').replace(/^sk-/, ''));
  return listed(
    call,
    ownKeys(state, user).filter(({ name, key }) => nameFits(name) && keyFits(key)),
  );
}

/** The key which the path names, or the refusal. */
export function keyInPath(state: RelayState, call: Call, user: RelayUser): RelayKey | Reply {
  const id = call.params.id ?? '';
  if (!/^[+-]?\d+$/.test(id)) return refuse(`strconv.Atoi: parsing "${id}": invalid syntax`);
  return ownKey(state, user, Number(id)) ?? notFound();
}

export function getKey(state: RelayState, call: Call, user: RelayUser): Reply {
  const found = keyInPath(state, call, user);
  return 'headers' in found ? found : success(shownKey(found));
}
