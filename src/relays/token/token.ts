import * as v from 'valibot';
import { openObject } from '../../core/shapes';
import { isMasked } from '../../core/mask';
import { OPTIONAL_PREFIX } from '../../core/accounts/relay-family';
import { withPrefix } from './key-mask';

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

/** The whole key ready for use, if the list shows it: its characters decide, not the version of the server. */
export function tokenText({ key }: { key: string }): string | undefined {
  return key === '' || isMasked(key) ? undefined : withPrefix(key, OPTIONAL_PREFIX);
}
