import * as v from 'valibot';
import { openObject } from '../../core/shapes';
import { isMasked } from '../../core/mask';
import { OPTIONAL_PREFIX } from '../../core/accounts/relay-family';
import { starMask, withPrefix } from './key-mask';
import { modelLimits } from './model-limits';
import type { RemoteKey } from '../relay';

/** A key as the whole New API family lists it (their sources). */
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

/** The whole key ready for use, if the list shows it: its characters decide, not the version of the server. */
export function tokenText({ key }: { key: string }): string | undefined {
  return key === '' || isMasked(key) ? undefined : withPrefix(key, OPTIONAL_PREFIX);
}
