import { changedFields } from '../cliproxyapi/entry-change';
import { groupBy } from '../group-by';
import { clientNameOf, modelsOf, upstreamOf } from '../cliproxyapi/provider';
import type { ProviderList } from '../cliproxyapi/provider-list';
import { planChanges } from './plan-changes';
import { languageNotices, modelNotices, urlNotices } from './plan-notices';
import type { ImportPlan, ImportRequest, PlanDraft, PlanNotice } from './plan-types';

/** What the plan changes, what there is to know about it, and what has to be served after it. */
export function finishPlan(context: ProviderList, request: ImportRequest, draft: PlanDraft): ImportPlan {
  const { joined: _joined, keyKnown: _known, ...plan } = draft;
  const fields = plan.before ? changedFields(plan.before, plan.after) : Object.keys(plan.after);
  const notices = [
    ...draft.notices,
    ...languageNotices(context, request),
    ...modelNotices(context, draft),
    ...(plan.before ? [] : urlNotices(context, request, plan.after)),
  ];
  const changes = planChanges(context, request, draft, fields);
  const isMinor = (notice: PlanNotice): boolean => notice.kind === 'kept-alias';
  return {
    ...plan,
    fields,
    expected: expectedNames(draft, request),
    changes,
    notices,
    onlyAdds:
      plan.kind !== 'unchanged' && notices.every(isMinor) && changes.every((change) => change.sign !== '~'),
  };
}

/** Under which names the chosen models must be served after the write: the entry's own aliases count. */
function expectedNames({ after, joined }: PlanDraft, { models }: ImportRequest): ImportPlan['expected'] {
  const chosen = models.map(({ name, alias }) => ({ name: name.trim(), alias: alias.trim() }));
  // The catalogue: the registry tells which of the chosen models are in it.
  if (modelsOf(after).length === 0) return chosen.map(({ name }) => ({ name, alias: name }));
  const idOf = ({ name, alias }: { name: string; alias: string }): string => `${name}\n${alias}`;
  const leftOut = new Set(joined.leftOut.map(idOf));
  const unreachable = new Set(joined.unreachable.map(({ name }) => name));
  const mappings = groupBy(modelsOf(after), upstreamOf);
  const expected = chosen.flatMap((model) => {
    if (unreachable.has(model.name) || leftOut.has(idOf(model))) return [];
    const aliases = mappings.get(model.name)?.map(clientNameOf) ?? [];
    const served = aliases.includes(model.alias) ? model.alias : aliases[0];
    return served === undefined ? [] : [{ name: model.name, alias: served }];
  });
  // A model chosen under its alias and its own name may be there under one of them only.
  return [...new Map(expected.map((model) => [idOf(model), model])).values()];
}
