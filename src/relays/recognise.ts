import * as v from 'valibot';
import { mapOf, openObject } from '../core/shapes';
import { hostOf } from '../core/base-url';
import { FAMILIES, type RelayFamily } from '../core/accounts/relay-family';
import { fail, ok, type Result } from '../core/failures/result';
import type { RecogniseReason, SiteKind } from '../core/accounts/site-kind';
import type { Http } from '../ports/http';
import { ask, type Answer, type Site } from './ask';
import { openEnvelope } from './site/envelope';
import { otherSite } from './site/status';
import { askSub2Api } from './sub2api/envelope';

type Status = Record<string, unknown>;
const statusSchema = mapOf(v.unknown());
const settingsSchema = openObject({ site_name: v.unknown() });

/**
 * Tried in order; the first that fits decides. The version does not: it is free text (fixtures <server>/status,
 * sub2api/public).
 */
const SIGNS: readonly [RelayFamily, RecogniseReason, (status: Status, answer: Answer) => boolean][] = [
  ['new-api', 'version-header', (_status, answer) => answer.header('x-new-api-version') !== null],
  ['veloera', 'veloera-fields', (status) => 'check_in_enabled' in status],
  ['one-hub', 'one-hub-fields', (status) => 'PaymentUSDRate' in status || 'UptimeEnabled' in status],
  // A proxy in front may drop the header. These fields came with counted pages in 2025 (source of New API).
  ['new-api', 'new-api-fields', (status) => 'quota_display_type' in status || 'HeaderNavModules' in status],
  ['new-api-old', 'new-api-old-fields', (status) => 'self_use_mode_enabled' in status && 'setup' in status],
  ['one-api', 'one-api-fields', (status) => 'oidc_well_known' in status && 'chat_link' in status],
  ['compatible', 'like-new-api', (status) => 'system_name' in status && 'quota_per_unit' in status],
];

/** Recognises the family behind an address from its public status. No credential is sent. */
export async function recognise(http: Http, siteUrl: string): Promise<Result<SiteKind>> {
  const site: Site = { siteUrl, headers: {}, secrets: [] };
  const answer = await ask(http, site, { path: '/api/status', open: true });
  if (!answer.ok) return answer;
  const data = openEnvelope(answer.value, [], true);
  const status = data.ok ? v.safeParse(statusSchema, data.value) : undefined;
  const sign = status?.success && SIGNS.find(([, , fits]) => fits(status.output, answer.value));
  if (sign) return ok(found(sign[0], sign[1], status.output['system_name'], status.output['theme']));
  const failure = data.ok ? undefined : otherSite(data.failure, hostOf(siteUrl), answer.value);
  if (failure && failure.code !== 'not-new-api' && failure.code !== 'relay-login') return fail(failure);
  const sub2api = await recogniseSub2Api(http, site);
  return !sub2api.ok && failure?.code === 'relay-login' ? fail(failure) : sub2api;
}

/** The web front of Sub2API may answer any unknown path, so a wrong status proves nothing against it. */
async function recogniseSub2Api(http: Http, site: Site): Promise<Result<SiteKind>> {
  const request = { path: '/api/v1/settings/public', open: true };
  const settings = await askSub2Api(http, site, request, settingsSchema);
  return settings.ok
    ? ok(found('sub2api', 'sub2api-settings', settings.value['site_name'], undefined))
    : fail(otherSite(settings.failure, hostOf(site.siteUrl)));
}

function found(family: RelayFamily, reason: RecogniseReason, name: unknown, theme: unknown): SiteKind {
  return {
    family,
    reason,
    siteName: typeof name === 'string' ? name.trim().slice(0, 80) : '',
    // New API has had a second web front since 2026, whose settings are elsewhere.
    tokenPage: family === 'new-api' && theme === 'default' ? '/profile' : FAMILIES[family].tokenPage,
  };
}
