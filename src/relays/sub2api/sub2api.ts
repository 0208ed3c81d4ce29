import * as v from 'valibot';
import { openObject } from '../../core/shapes';
import { hostOf } from '../../core/base-url';
import { DOLLARS } from '../../core/accounts/quota';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import type { Site } from '../ask';
import type { AccountReading, Relay } from '../relay';
import { siteOf } from '../site/sign-in';
import { otherSite } from '../site/status';
import { askSub2Api } from './envelope';
import { listSub2ApiKeys } from './keys';
import { sub2apiRemoteKey } from './remote-key';

const settingsSchema = openObject({ site_name: v.string() });
const meSchema = openObject({ id: v.number(), balance: v.number() });

/** Sub2API: a short-lived token of a logged-in page, amounts in dollars, whole keys (0.1.1, fixtures sub2api). */
export const sub2api: Relay = {
  readAccount: (http, credentials, signal) => readAccount(http, { ...siteOf(credentials, []), signal }),
};

async function readAccount(http: Http, site: Site): Promise<Result<AccountReading>> {
  const open = { path: '/api/v1/settings/public', open: true };
  const settings = await askSub2Api(http, site, open, settingsSchema);
  if (!settings.ok) return fail(otherSite(settings.failure, hostOf(site.siteUrl)));
  const me = await askSub2Api(http, site, { path: '/api/v1/auth/me' }, meSchema);
  if (!me.ok) return me;
  const listed = await listSub2ApiKeys(http, site);
  if (!listed.ok) return listed;
  const mine = listed.value.items.filter(({ user_id }) => user_id === undefined || user_id === me.value.id);
  return ok({
    userId: String(me.value.id),
    systemName: settings.value.site_name,
    unit: DOLLARS,
    balance: me.value.balance,
    used: null,
    keys: mine.map(sub2apiRemoteKey),
    more: listed.value.more,
  });
}
