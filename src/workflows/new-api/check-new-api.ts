import { FAMILIES, hasLastingToken, type AccountFamily } from '../../core/accounts/relay-family';
import { hostOf } from '../../core/base-url';
import type { Failure } from '../../core/failures/failure';
import { NEW_API_STEPS, type NewApiReport, type NewApiStep, type NewApiView } from '../../core/new-api/view';
import { ok, type Result } from '../../core/failures/result';
import { recognise } from '../../relays/recognise';
import { listChannels } from '../../targets/new-api/list-channels';
import { readChannelGroups, readRights } from '../../targets/new-api/read-rights';
import { callRelay } from '../accounts/relay-waits';
import { changeNewApi, findNewApi, openNewApi, type NewApiPorts } from './new-api-client';

/**
 * Test: a doctor. Looks at what is public first, so that the token is never sent to something else; then sends the token,
 * and stops at its first refusal. What it finds is kept.
 */
export async function checkNewApi(ports: NewApiPorts, newApiId: string): Promise<Result<NewApiReport>> {
  const saved = await findNewApi(ports, newApiId);
  if (!saved.ok) return saved;
  const { siteUrl } = saved.value;
  const started = ports.clock.now();
  const kind = await callRelay(ports, siteUrl, () => recognise(ports.http, siteUrl));
  const at = ports.clock.now();
  const about = { at, tookMs: at - started };
  const noNewApi = async (failure: Failure): Promise<Result<NewApiReport>> => {
    await changeNewApi(ports, newApiId, (newApi) => {
      newApi.checkedAt = at;
    });
    await ports.pages.notify();
    return ok({ ...about, ...refused(failure) });
  };
  if (!kind.ok) return noNewApi(kind.failure);
  const { family, siteName } = kind.value;
  if (!hasLastingToken(family)) return noNewApi({ code: 'not-new-api', host: hostOf(siteUrl) });
  await changeNewApi(ports, newApiId, (newApi) => {
    newApi.family = family;
    newApi.halted = null;
  });
  const { rights, ...rest } = await askAsAdmin(ports, newApiId, family, siteName);
  await changeNewApi(ports, newApiId, (newApi) => {
    newApi.checkedAt = ports.clock.now();
    newApi.rights = rights;
    newApi.name ||= siteName;
  });
  await ports.pages.notify();
  return ok({ ...about, ...rest });
}

type Rest = Pick<NewApiReport, 'passed' | 'failure' | 'found'>;

/** Something answered, and it is no New API; or nothing did. */
function refused(failure: Failure): Rest {
  const answered = ['not-new-api', 'relay-html', 'relay-login', 'relay-error', 'relay-wait'].includes(
    failure.code,
  );
  return { passed: answered ? ['reachable'] : [], failure, found: null };
}

const upTo = (step: NewApiStep): NewApiStep[] => NEW_API_STEPS.slice(0, NEW_API_STEPS.indexOf(step));

async function askAsAdmin(
  ports: NewApiPorts,
  newApiId: string,
  family: AccountFamily,
  siteName: string,
): Promise<Rest & Pick<NewApiView, 'rights'>> {
  const stop = (step: NewApiStep, failure: Failure, rights: NewApiView['rights'] = null) =>
    ({ passed: upTo(step), failure, found: null, rights }) as const;
  const client = await openNewApi(ports, newApiId);
  if (!client.ok) return stop('token', client.failure);
  const { call, host, newApi } = client.value;
  if (FAMILIES[family].userId === 'required' && !newApi.userId)
    return stop('token', { code: 'user-id-needed', host });
  const asked = await call((http, site) => readRights(http, site, newApi.userId));
  if (!asked.ok) return stop('token', asked.failure);
  const rights = asked.value;
  if (!rights.admin) return stop('admin', { code: 'channel-no-admin', host }, rights);
  const list = await call((http, site) => listChannels(http, site));
  if (!list.ok) return stop('admin', list.failure, rights);
  const groups = await call(readChannelGroups);
  const channels = list.value.channels.length;
  const found = { family, siteName, channels, groups: groups.ok ? groups.value : [] };
  return rights.write && rights.sensitive
    ? { passed: [...NEW_API_STEPS], failure: null, found, rights }
    : { passed: upTo('write'), failure: { code: 'channel-no-right', host }, found, rights };
}
