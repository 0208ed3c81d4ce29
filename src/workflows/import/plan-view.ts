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
import type { ConfigRead } from '../../targets/cliproxyapi/management';
import type { World } from '../ports';

/** Plans a request on a list, for showing. */
export async function planForView(
  world: Pick<World, 'hash'>,
  config: ConfigRead,
  request: ImportRequest,
): Promise<Planned> {
  const plan = planImport(config, request);
  if (!plan.ok) {
    return plan.failure.code === 'several-matches'
      ? { kind: 'choose', candidates: plan.failure.candidates }
      : { kind: 'failed', failure: asFailure(plan.failure) };
  }
  return { kind: 'plan', plan: await viewOf(world, plan.value) };
}

export async function viewOf(world: Pick<World, 'hash'>, plan: ImportPlan): Promise<PlanView> {
  return {
    kind: plan.kind,
    providerName: labelOf(plan.after),
    changes: plan.changes,
    notices: plan.notices,
    models: plan.expected.length,
    onlyAdds: plan.onlyAdds,
    hash: await planHash(world, plan),
  };
}

export const planHash = (world: Pick<World, 'hash'>, plan: ImportPlan): Promise<string> =>
  world.hash.sha256(planIdentity(plan));

/** A planner's failure without what only the dialog needs. */
export function asFailure(failure: PlanFailure): Failure {
  return failure.code === 'several-matches' ? { code: failure.code, count: failure.count } : failure;
}
