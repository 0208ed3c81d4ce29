import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { selectList } from '../../core/cliproxyapi/provider-list';
import { planIdentity, planImport, type ImportPlan, type ImportRequest } from '../../core/import/plan';
import { holdsPlan } from '../../core/import/planned-again';
import { fail } from '../../core/failures/result';
import { agreed, type Agreed } from '../cliproxyapi/agreed';
import type { Ports } from '../ports';
import { withoutCandidates } from './plan-view';

/** The decisions of an import of one key; `hash`: of the plan that the user saw. */
export const agreedPlan = (
  ports: Ports,
  name: ListName,
  request: ImportRequest,
  hash: string,
): Agreed<ImportPlan> =>
  agreed(ports, hash, {
    plan(config) {
      const list = selectList(config, name);
      const fresh = list.ok ? planImport(list.value, request) : list;
      if (fresh.ok) return fresh;
      const { code } = fresh.failure;
      const moved = code === 'several-matches' || code === 'match-gone';
      return fail(moved ? { code: 'list-changed' } : withoutCandidates(fresh.failure));
    },
    identityOf: planIdentity,
    changeOf(plan) {
      const nameWishes = new Map([[plan.after, request.providerName]]);
      return plan.kind === 'unchanged' ? null : { ...plan, kind: plan.kind, list: name, nameWishes };
    },
    isHeld(plan, config) {
      const list = selectList(config, name);
      return list.ok && holdsPlan(list.value, request, plan);
    },
  });
