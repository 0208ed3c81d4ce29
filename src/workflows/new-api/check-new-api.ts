import { hostOf } from '../../core/base-url';
import { NEW_API_STEPS, type NewApiStep } from '../../core/new-api/steps';
import type { Failure } from '../../core/failure';
import { FAMILIES, hasLastingToken, type AccountFamily } from '../../core/accounts/relay-family';
import { fail, ok, type Result } from '../../core/result';
import type { SiteKind } from '../../core/accounts/site-kind';
import { recognise } from '../../relays/recognise';
import { listChannels } from '../../targets/new-api/list-channels';
import { readChannelGroups, readRights } from '../../targets/new-api/read-rights';
import { changeNewApi, findNewApi, openNewApi, type NewApiPorts } from './new-api-client';
import { callRelay } from '../accounts/relay-waits';
import type { NewApiReport } from '../../core/new-api/view';

/**
 * Test: a doctor. Looks at what is public first, so that the token is never sent to something else; then sends the token,
 * and stops at its first refusal. What it finds is kept.
 */
export async function checkNewApi(ports: NewApiPorts, newApiId: string): Promise<Result<NewApiReport>> {
  const found = await findNewApi(ports, newApiId);
  if (!found.ok) return found;
  const { siteUrl } = found.value;
  const started = ports.clock.now();
  const kind = await callRelay(ports, siteUrl, () => recognise(ports.http, siteUrl));
  const answered = ports.clock.now();
  const about = { at: answered, tookMs: answered - started };
  const family = kind.ok ? familyOf(kind.value, siteUrl) : kind;
  if (!family.ok) return ok({ ...about, ...refusal(family.failure), found: null });
  await changeNewApi(ports, newApiId, (newApi) => {
    newApi.family = family.value;
    newApi.halted = null;
  });
  const siteName = kind.ok ? kind.value.siteName : '';
  const rest = await askAsAdmin(ports, newApiId, family.value, siteName);
  await changeNewApi(ports, newApiId, (newApi) => {
    newApi.checkedAt = ports.clock.now();
    newApi.rights = rest.rights;
    newApi.name ||= siteName;
  });
  await ports.pages.notify();
  return ok({ ...about, passed: rest.passed, failure: rest.failure, found: rest.found });
}

function familyOf({ family }: SiteKind, siteUrl: string): Result<AccountFamily> {
  return hasLastingToken(family) ? ok(family) : fail({ code: 'not-new-api', host: hostOf(siteUrl) });
}

/** Something answered, and it is no New API; or nothing did. */
function refusal(failure: Failure): Pick<NewApiReport, 'passed' | 'failure'> {
  const answered = ['not-new-api', 'relay-html', 'relay-error', 'relay-wait'].includes(failure.code);
  return { passed: answered ? ['reachable'] : [], failure };
}

interface Rest extends Pick<NewApiReport, 'passed' | 'failure' | 'found'> {
  rights: { admin: boolean; write: boolean; sensitive: boolean } | null;
}

async function askAsAdmin(
  ports: NewApiPorts,
  newApiId: string,
  family: AccountFamily,
  siteName: string,
): Promise<Rest> {
  const upTo = (step: NewApiStep): NewApiStep[] => NEW_API_STEPS.slice(0, NEW_API_STEPS.indexOf(step));
  const stop = (step: NewApiStep, failure: Failure, rights: Rest['rights'] = null): Rest => ({
    passed: upTo(step),
    failure,
    found: null,
    rights,
  });
  const client = await openNewApi(ports, newApiId);
  if (!client.ok) return stop('token', client.failure);
  const { call, host, newApi } = client.value;
  if (FAMILIES[family].userId === 'required' && !newApi.userId)
    return stop('token', { code: 'user-id-needed', host });
  const rights = await call((http, site) => readRights(http, site, newApi.userId));
  if (!rights.ok) return stop('token', rights.failure);
  if (!rights.value.admin) return stop('admin', { code: 'channel-no-admin', host }, rights.value);
  const list = await call((http, site) => listChannels(http, site));
  if (!list.ok) return stop('admin', list.failure, rights.value);
  const groups = await call(readChannelGroups);
  const found = {
    family,
    siteName,
    channels: list.value.channels.length,
    groups: groups.ok ? groups.value : [],
  };
  const { write, sensitive } = rights.value;
  const failure: Failure | null = write && sensitive ? null : { code: 'channel-no-right', host };
  return { passed: failure ? upTo('write') : [...NEW_API_STEPS], failure, found, rights: rights.value };
}
