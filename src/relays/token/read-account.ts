import * as v from 'valibot';
import { openObject } from '../../core/shapes';
import { hostOf } from '../../core/base-url';
import type { Failure } from '../../core/failures/failure';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import type { Site } from '../ask';
import type { AccountReading } from '../relay';
import { askShape } from '../site/envelope';
import { readSite } from '../site/status';
import { listTokens, type PageParam } from './list-tokens';
import { remoteKey } from './remote-key';

/**
 * Everything else of the account is dropped, because One API, One Hub, Veloera and New API of 2025 also send the
 * access token (fixtures <server>/self-and-quota).
 */
const selfSchema = openObject({
  id: v.number(),
  quota: v.number(),
  used_quota: v.optional(v.number()),
});

/** Reads site, balance and keys of an account of the New API family. Keys of other users are left out. */
export async function readTokenAccount(
  http: Http,
  site: Site,
  params: readonly PageParam[],
  userId: string,
): Promise<Result<AccountReading>> {
  const shown = await readSite(http, site);
  if (!shown.ok) return shown;
  const self = await askShape(http, site, { path: '/api/user/self' }, selfSchema);
  if (!self.ok) return userId.trim() ? self : fail(askingForUser(self.failure));
  const { id, quota, used_quota } = self.value;
  if (userId.trim() && String(id) !== userId.trim())
    return fail({ code: 'user-id-refused', host: hostOf(site.siteUrl) });
  const listed = await listTokens(http, site, params);
  if (!listed.ok) return listed;
  const mine = listed.value.items.filter(({ user_id }) => user_id === undefined || user_id === id);
  return ok({
    ...shown.value,
    userId: String(id),
    balance: quota,
    used: used_quota ?? null,
    keys: mine.map(remoteKey),
    more: listed.value.more,
  });
}

/** Who gave no user id is asked for it: the same refusal says so of a wrong one (fixtures new-api-cookie/auth). */
const askingForUser = (failure: Failure): Failure =>
  failure.code === 'user-id-refused' ? { ...failure, code: 'user-id-needed' } : failure;
