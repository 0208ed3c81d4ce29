import { selectList, type ProviderList } from '../../core/cliproxyapi/provider-list';
import { MAX_MISSING } from '../../core/cliproxyapi/proved-card';
import { labelOf } from '../../core/cliproxyapi/provider';
import { servedNames } from '../../core/cliproxyapi/served-names';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { Failure } from '../../core/failures/failure';
import type { ImportDraft } from '../../core/import/draft';
import {
  planIdentity,
  planImport,
  type ImportPlan,
  type ImportRequest,
  type PlanFailure,
} from '../../core/import/plan';
import type { Planned } from '../../core/import/planned';
import { provedBy } from '../../core/import/proved-by';
import type { KeyFacts } from '../accounts/find-key';
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
  return list.ok ? planForView(ports, config.root, list.value, request.value) : failed(list.failure);
}

/** Plans a request on a list, for showing. */
export async function planForView(
  ports: Ports,
  root: string,
  list: ProviderList,
  request: ImportRequest,
): Promise<Planned> {
  const plan = planImport(list, request);
  if (!plan.ok)
    return plan.failure.code === 'several-matches'
      ? { kind: 'choose', candidates: plan.failure.candidates }
      : failed(plan.failure);
  const { kind, after, changes, notices, expected, onlyAdds } = plan.value;
  const hash = await planHash(ports, root, plan.value);
  const [providerName, models] = [labelOf(after), expected.length];
  const names = provedBy(plan.value, after)
    .expected.slice(0, MAX_MISSING + 1)
    .map(({ alias }) => ({
      alias,
      asked: servedNames(alias, after.prefix, list.forcePrefix)[0] ?? alias,
    }));
  return { kind: 'plan', plan: { kind, providerName, changes, notices, models, names, onlyAdds, hash } };
}

/** `root`: of the server that the plan is for. */
export const planHash = (ports: Ports, root: string, plan: ImportPlan): Promise<string> =>
  ports.hash.sha256(`${root}\n${planIdentity(plan)}`);

/** A planner's failure without what only the dialog needs. */
export function withoutCandidates(failure: PlanFailure): Failure {
  return failure.code === 'several-matches' ? { code: failure.code, count: failure.count } : failure;
}
