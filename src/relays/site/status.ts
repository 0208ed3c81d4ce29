import * as v from 'valibot';
import { openObject } from '../../core/shapes';
import { hostOf } from '../../core/base-url';
import type { Failure } from '../../core/failures/failure';
import { DEFAULT_UNIT, type QuotaUnit } from '../../core/accounts/quota';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import { ask, type Site } from '../ask';
import type { RelayAnswer } from '../relay-reply';
import { openEnvelope } from './envelope';

const statusSchema = openObject({
  system_name: v.optional(v.string()),
  quota_per_unit: v.optional(v.number()),
  display_in_currency: v.optional(v.boolean()),
  quota_display_type: v.optional(v.string()),
  usd_exchange_rate: v.optional(v.number()),
  custom_currency_symbol: v.optional(v.string()),
  custom_currency_exchange_rate: v.optional(v.number()),
});
type SiteStatus = v.InferOutput<typeof statusSchema>;

/** Reads name and currency of a site of the New API family from its public status. No credential is sent. */
export async function readSite(
  http: Http,
  site: Site,
): Promise<Result<{ systemName: string; unit: QuotaUnit }>> {
  const host = hostOf(site.siteUrl);
  const answer = await ask(http, site, { path: '/api/status', open: true });
  if (!answer.ok) return answer;
  const status = openEnvelope(answer.value, site.secrets, true);
  if (!status.ok) return fail(otherSite(status.failure, host, answer.value));
  const parsed = v.safeParse(statusSchema, status.value);
  if (!parsed.success) return fail({ code: 'not-new-api', host });
  return ok({ systemName: parsed.output.system_name ?? '', unit: unitOf(parsed.output) });
}

/**
 * A site whose public status does not fit is another kind of site. A web page with an error status is a guard in
 * front of it (a Cloudflare challenge), and so is a page to sign in, behind which anything may be.
 */
export function otherSite(
  failure: Failure,
  host: string,
  answer?: Pick<RelayAnswer, 'status' | 'text'>,
): Failure {
  if (failure.code === 'relay-html' && answer) {
    if (answer.status >= 400) return failure;
    if (isSignIn(answer.text)) return { code: 'relay-login', host };
  }
  const other = ['relay-html', 'relay-not-json', 'relay-shape', 'relay-not-found', 'relay-refusal'] as const;
  return other.some((code) => code === failure.code) ? { code: 'not-new-api', host } : failure;
}

/** Asks for a password, or says in its title that it is there to sign in. The web fronts of relays do so only by script. */
const isSignIn = (page: string): boolean =>
  /<input[^>]+type=["']?password|<title>[^<]*(?:log\s?in|sign\s?in|登录|登入)/i.test(page.slice(0, 100_000));

/** The unit in which the site shows amounts: `quota_display_type` since 2025, `display_in_currency` before. */
function unitOf(site: SiteStatus): QuotaUnit {
  const unit = { ...DEFAULT_UNIT, perUnit: site.quota_per_unit || DEFAULT_UNIT.perUnit };
  switch (site.quota_display_type) {
    case 'CNY':
      return { ...unit, symbol: '¥', rate: site.usd_exchange_rate || 1 };
    case 'CUSTOM':
      return {
        ...unit,
        symbol: site.custom_currency_symbol || '¤',
        rate: site.custom_currency_exchange_rate || 1,
      };
    case 'TOKENS':
      return { ...unit, kind: 'points' };
    case undefined:
      return site.display_in_currency === false ? { ...unit, kind: 'points' } : unit;
    default:
      return unit;
  }
}
