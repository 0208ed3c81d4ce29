import { changedFields } from '../cliproxyapi/entry-change';
import { modelsOf } from '../cliproxyapi/provider';
import type { ProviderList } from '../cliproxyapi/provider-list';
import { expectedNames } from './expected-names';
import type { JoinedModels } from './join-models';
import { planChanges } from './plan-changes';
import { modelNotices, urlNotices } from './plan-notices';
import type { ImportPlan, ImportRequest, PlanNotice } from './plan-types';

/** What a plan consists of before it is told what it changes. */
export type PlanDraft = Pick<
  ImportPlan,
  'kind' | 'index' | 'before' | 'after' | 'providers' | 'keyIndex' | 'notices'
> & {
  joined: JoinedModels;
  keyKnown: boolean;
};

/** What the plan changes, what there is to know about it, and what has to be served after it. */
export function finishPlan(context: ProviderList, request: ImportRequest, draft: PlanDraft): ImportPlan {
  const { joined, keyKnown: _known, ...plan } = draft;
  const fields = plan.before ? changedFields(plan.before, plan.after) : Object.keys(plan.after);
  const notices = [
    ...draft.notices,
    ...modelNotices(context, draft),
    ...(plan.before ? [] : urlNotices(context, request, plan.after)),
  ];
  const changes = planChanges(context, request, draft, fields);
  const isMinor = (notice: PlanNotice): boolean => notice.kind === 'kept-alias';
  return {
    ...plan,
    fields,
    expected:
      modelsOf(plan.after).length === 0
        ? // The catalogue: the registry tells which of the chosen models are in it.
          request.models.map(({ name }) => ({ name: name.trim(), alias: name.trim() }))
        : expectedNames(plan.after, request.models, joined),
    changes,
    notices,
    onlyAdds:
      plan.kind !== 'unchanged' && notices.every(isMinor) && changes.every((change) => change.sign !== '~'),
  };
}
