import * as v from 'valibot';
import { openObject } from '../../core/shapes';
import { isMasked } from '../../core/mask';
import { OPTIONAL_PREFIX } from '../../core/accounts/relay-family';
import { starMask, withPrefix } from './key-mask';
import { modelLimits } from './model-limits';
import type { RemoteKey } from '../relay';

/** A key as the whole New API family lists it (from the servers’ sources). */
export const tokenSchema = openObject({
  id: v.number(),
  user_id: v.optional(v.number()),
  name: v.string(),
  key: v.string(),
  status: v.number(),
  expired_time: v.number(),
  remain_quota: v.number(),
  used_quota: v.optional(v.number()),
  unlimited_quota: v.boolean(),
  group: v.nullish(v.string()),
});
export type Token = v.InferOutput<typeof tokenSchema>;

export function remoteKey(token: Token): RemoteKey {
  const text = tokenText(token);
  return {
    remoteId: token.id,
    name: token.name,
    mask: text === undefined ? token.key || starMask('') : starMask(token.key),
    ...(text !== undefined && { text }),
    group: token.group ?? '',
    models: modelLimits(token),
    status: token.status,
    expiredTime: token.expired_time,
    remainQuota: token.remain_quota,
    usedQuota: token.used_quota ?? 0,
    unlimitedQuota: token.unlimited_quota,
  };
}

/** The whole key as it is used, if it stands there: told by its signs, not by the server's version. */
export function tokenText({ key }: { key: string }): string | undefined {
  return key === '' || isMasked(key) ? undefined : withPrefix(key, OPTIONAL_PREFIX);
}
