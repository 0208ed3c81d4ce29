import * as v from 'valibot';
import { openObject } from '../../core/shapes';
import { hostOf } from '../../core/base-url';
import { DOLLARS } from '../../core/accounts/quota';
import { FAMILIES } from '../../core/accounts/relay-family';
import { fail, ok, type Result } from '../../core/result';
import type { Http } from '../../ports/http';
import type { Site } from '../ask';
import type { AccountReading, Credentials, Relay } from '../relay';
import { siteOf } from '../site/sign-in';
import { otherSite } from '../site/status';
import { askSub2Api } from './envelope';
import { listSub2ApiKeys, readSub2ApiTexts, sub2apiRemoteKey } from './keys';

const settingsSchema = openObject({ site_name: v.string() });
const meSchema = openObject({ id: v.number(), balance: v.number() });

const siteFor = (credentials: Credentials): Site => siteOf(credentials, []);

/** Sub2API: a short-lived token of a logged-in page, amounts in dollars, whole keys (0.1.1, fixtures sub2api). */
export const sub2api: Relay = {
  optionalPrefix: FAMILIES.sub2api.optionalPrefix,
  readAccount: (http, credentials, signal) => readAccount(http, siteFor(credentials), signal),
  reveal: (http, credentials, ids) => readSub2ApiTexts(http, siteFor(credentials), ids),
};

async function readAccount(
  http: Http,
  site: Site,
  signal: AbortSignal | undefined,
): Promise<Result<AccountReading>> {
  const host = hostOf(site.siteUrl);
  const open = await askSub2Api(http, site, { path: '/api/v1/settings/public', open: true, signal });
  if (!open.ok) return fail(otherSite(open.failure, host));
  const settings = v.safeParse(settingsSchema, open.value);
  if (!settings.success) return fail({ code: 'not-new-api', host });
  const reply = await askSub2Api(http, site, { path: '/api/v1/auth/me', signal });
  if (!reply.ok) return reply;
  const me = v.safeParse(meSchema, reply.value);
  if (!me.success) return fail({ code: 'relay-shape', host });
  const listed = await listSub2ApiKeys(http, site, signal);
  if (!listed.ok) return listed;
  const mine = listed.value.items.filter(({ user_id }) => user_id === undefined || user_id === me.output.id);
  return ok({
    systemName: settings.output.site_name,
    unit: DOLLARS,
    balance: me.output.balance,
    keys: mine.map(sub2apiRemoteKey),
    more: listed.value.more,
  });
}
