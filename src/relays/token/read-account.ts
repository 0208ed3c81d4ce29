import * as v from 'valibot';
import { openObject } from '../../core/shapes';
import { hostOf } from '../../core/base-url';
import { fail, ok, type Result } from '../../core/result';
import type { Http } from '../../ports/http';
import type { Site } from '../ask';
import { askData } from '../site/envelope';
import { listTokens, type PageParam } from './list-tokens';
import type { AccountReading } from '../relay';
import { readSite } from '../site/status';
import { remoteKey } from './token';

/**
 * Everything else of the account is dropped, because One API, One Hub, Veloera and New API of 2025 also send the
 * access token (fixtures <server>/self-and-quota).
 */
const selfSchema = openObject({ id: v.number(), quota: v.number() });

/** Reads site, balance and keys of an account of the New API family. Keys of other users are left out. */
export async function readTokenAccount(
  http: Http,
  site: Site,
  params: readonly PageParam[],
  userId: string,
  signal: AbortSignal | undefined,
): Promise<Result<AccountReading>> {
  const host = hostOf(site.siteUrl);
  const shown = await readSite(http, site, signal);
  if (!shown.ok) return shown;
  const self = await askData(http, site, { path: '/api/user/self', signal });
  if (!self.ok) return self;
  const user = v.safeParse(selfSchema, self.value);
  if (!user.success) return fail({ code: 'relay-shape', host });
  const { id, quota } = user.output;
  if (userId.trim() && String(id) !== userId.trim()) return fail({ code: 'user-id-refused', host });
  const listed = await listTokens(http, site, params, signal);
  if (!listed.ok) return listed;
  const mine = listed.value.items.filter(({ user_id }) => user_id === undefined || user_id === id);
  return ok({ ...shown.value, balance: quota, keys: mine.map(remoteKey), more: listed.value.more });
}
