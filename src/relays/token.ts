import { z } from 'zod/mini';
import { isMasked } from '../core/mask';
import { OPTIONAL_PREFIX } from '../core/relay-family';
import { starMask, withPrefix } from './key-mask';
import { modelLimits } from './model-limits';
import type { RemoteKey } from './relay';

/** A key as the whole New API family lists it (relays/facts.md A2, "Token fields"). */
export const tokenSchema = z.looseObject({
  id: z.number(),
  user_id: z.optional(z.number()),
  name: z.string(),
  key: z.string(),
  status: z.number(),
  expired_time: z.number(),
  remain_quota: z.number(),
  used_quota: z.optional(z.number()),
  unlimited_quota: z.boolean(),
  group: z.nullish(z.string()),
});
export type Token = z.infer<typeof tokenSchema>;

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
