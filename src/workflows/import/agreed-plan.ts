import type { EntryChange } from '../../core/cliproxyapi/entry-change';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { selectList, type ProviderList } from '../../core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { planImport, type ImportPlan, type ImportRequest } from '../../core/import/plan';
import { holdsPlan } from '../../core/import/planned-again';
import { fail, ok, type Result } from '../../core/result';
import type { Ports } from '../ports';
import { planHash, withoutCandidates } from './plan-view';

export interface AgreedPlan {
  request: ImportRequest;
  /** Plans on the list of the moment, and only passes the plan that the user saw. */
  decide(config: ProxyConfig): Promise<Result<EntryChange | null>>;
  /** Whether a list that was read back holds the plan that passed. */
  isApplied(config: ProxyConfig): Promise<boolean>;
  /** The plan that passed last. */
  plan(): ImportPlan;
  /** The list that was planned on last, if any. */
  list(): ProviderList | undefined;
}

export function agreedPlan(
  ports: Pick<Ports, 'hash'>,
  name: ListName,
  request: ImportRequest,
  agreed: string,
): AgreedPlan {
  let last: ImportPlan | undefined;
  let list: ProviderList | undefined;
  const plan = (): ImportPlan => {
    if (!last) throw new Error('nothing was agreed to yet');
    return last;
  };
  return {
    request,
    async decide(config) {
      const here = selectList(config, name);
      if (!here.ok) return here;
      list = here.value;
      const fresh = planImport(list, request);
      if (!fresh.ok) {
        const moved = fresh.failure.code === 'several-matches' || fresh.failure.code === 'match-gone';
        return fail(moved ? { code: 'list-changed' } : withoutCandidates(fresh.failure));
      }
      if ((await planHash(ports, fresh.value)) !== agreed) return fail({ code: 'list-changed' });
      last = fresh.value;
      return ok(last.kind === 'unchanged' ? null : { ...last, kind: last.kind, list: name });
    },
    async isApplied(config) {
      const here = selectList(config, name);
      return here.ok && holdsPlan(here.value, request, plan());
    },
    plan,
    list: () => list,
  };
}
