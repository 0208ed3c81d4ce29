import type { EntryChange } from '../../core/cliproxyapi/entry-change';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { refOf } from '../../core/cliproxyapi/find-provider';
import { planImport, type ImportPlan, type ImportRequest } from '../../core/import/plan';
import { fail, ok, type Result } from '../../core/result';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { selectList, type ProviderList } from '../../core/cliproxyapi/provider-list';
import { withoutCandidates, planHash } from './plan-view';
import type { Ports } from '../ports';

export interface AgreedPlan {
  /** Plans on the list of the moment, and only passes a plan that is the one the user saw. */
  decide(config: ProxyConfig): Promise<Result<EntryChange | null>>;
  /** Planning again on what was read back must say that nothing is left to do. */
  holds(config: ProxyConfig): boolean;
  /** The plan that passed last. */
  plan(): ImportPlan;
  /** The list that was planned on last, if any. */
  list(): ProviderList | undefined;
  /** The same request, about the very provider that the plan made or joined. */
  joining(): ImportRequest;
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
  const joining = (): ImportRequest => ({
    ...request,
    target: { kind: 'join', ref: refOf(plan().after, plan().index) },
  });
  return {
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
    holds(config) {
      const here = selectList(config, name);
      const again = here.ok && planImport(here.value, joining());
      return again && again.ok && again.value.kind === 'unchanged';
    },
    plan,
    list: () => list,
    joining,
  };
}
