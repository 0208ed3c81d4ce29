import { selectList, type ProviderList } from '../../core/cliproxyapi/provider-list';
import { MAX_MISSING } from '../../core/cliproxyapi/proved-card';
import { labelOf } from '../../core/cliproxyapi/provider';
import { servedNames } from '../../core/cliproxyapi/served-names';
import { fileNotices } from '../../core/cliproxyapi/v8/file-notices';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { Failure } from '../../core/failures/failure';
import type { ImportDraft } from '../../core/import/draft';
import { planIdentity, planImport, type ImportRequest, type PlanFailure } from '../../core/import/plan';
import type { Planned } from '../../core/import/planned';
import { provedBy } from '../../core/import/proved-by';
import type { KeyFacts } from '../accounts/find-key';
import { planHash } from '../cliproxyapi/plan-hash';
import type { Ports } from '../ports';
import { failed } from '../running';
import { requestFrom } from './import-request';

/** Plans what the dialog holds on a configuration, for showing. `text`: of the key. */
export async function planDraft(
  ports: Ports,
  config: ProxyConfig,
  draft: ImportDraft,
  key: KeyFacts,
  text: string,
): Promise<Planned> {
  const request = requestFrom(draft, key, text);
  if (!request.ok) return failed(request.failure);
  const list = selectList(config, draft.list);
  return list.ok ? planForView(ports, config, list.value, request.value) : failed(list.failure);
}

/** Plans a request on a list of a configuration, for showing. */
export async function planForView(
  ports: Ports,
  config: ProxyConfig,
  list: ProviderList,
  request: ImportRequest,
): Promise<Planned> {
  const plan = planImport(list, request);
  if (!plan.ok)
    return plan.failure.code === 'several-matches'
      ? { kind: 'choose', candidates: plan.failure.candidates }
      : failed(plan.failure);
  const { kind, after, changes, expected } = plan.value;
  const hash = await planHash(ports, config, planIdentity(plan.value));
  const file = kind === 'unchanged' ? [] : fileNotices(config, [list.list]);
  const notices = [...plan.value.notices, ...file];
  const onlyAdds = plan.value.onlyAdds && file.length === 0;
  const [providerName, models] = [labelOf(after), expected.length];
  const names = provedBy(plan.value, after)
    .expected.slice(0, MAX_MISSING + 1)
    .map(({ alias }) => ({
      alias,
      asked: servedNames(alias, after.prefix, list.forcePrefix)[0] ?? alias,
    }));
  return { kind: 'plan', plan: { kind, providerName, changes, notices, models, names, onlyAdds, hash } };
}

/** A planner's failure without what only the dialog needs. */
export function withoutCandidates(failure: PlanFailure): Failure {
  return failure.code === 'several-matches' ? { code: failure.code, count: failure.count } : failure;
}
