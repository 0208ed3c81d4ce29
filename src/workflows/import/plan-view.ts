import type { Failure } from '../../core/failure';
import {
  planIdentity,
  planImport,
  type ImportPlan,
  type ImportRequest,
  type PlanFailure,
} from '../../core/import/plan';
import type { Planned, PlanView } from '../../core/import/planned';
import { labelOf } from '../../core/cliproxyapi/provider';
import type { ProviderList } from '../../core/cliproxyapi/provider-list';
import type { Ports } from '../ports';

/** Plans a request on a list, for showing. */
export async function planForView(
  ports: Pick<Ports, 'hash'>,
  list: ProviderList,
  request: ImportRequest,
): Promise<Planned> {
  const plan = planImport(list, request);
  if (!plan.ok) {
    return plan.failure.code === 'several-matches'
      ? { kind: 'choose', candidates: plan.failure.candidates }
      : { kind: 'failed', failure: withoutCandidates(plan.failure) };
  }
  return { kind: 'plan', plan: await viewOf(ports, plan.value) };
}

export async function viewOf(ports: Pick<Ports, 'hash'>, plan: ImportPlan): Promise<PlanView> {
  return {
    kind: plan.kind,
    providerName: labelOf(plan.after),
    changes: plan.changes,
    notices: plan.notices,
    models: plan.expected.length,
    onlyAdds: plan.onlyAdds,
    hash: await planHash(ports, plan),
  };
}

export const planHash = (ports: Pick<Ports, 'hash'>, plan: ImportPlan): Promise<string> =>
  ports.hash.sha256(planIdentity(plan));

/** A planner's failure without what only the dialog needs. */
export function withoutCandidates(failure: PlanFailure): Failure {
  return failure.code === 'several-matches' ? { code: failure.code, count: failure.count } : failure;
}
