import { lacksVersion, withoutUser } from './base-url';
import type { JoinedModels } from './join-models';
import type { ImportPlan, ImportRequest, ListContext, PlanNotice } from './plan-types';
import { findPools } from './pools';
import {
  baseUrlOf,
  clientNameOf,
  keyEntries,
  modelsOf,
  nameOf,
  priorityOf,
  upstreamOf,
  type Provider,
} from './provider';
import { servedNames } from './served-names';

/** What is to be known about a provider that is joined. */
export function joinNotices(before: Provider, request: ImportRequest): PlanNotice[] {
  const notices: PlanNotice[] = [];
  const name = nameOf(before);
  const baseUrl = baseUrlOf(before);
  if (before.disabled === true) notices.push({ kind: 'disabled', name, enabled: request.enable });
  if (lacksVersion(baseUrl)) {
    notices.push({
      kind: 'no-version',
      name,
      baseUrl: withoutUser(baseUrl),
      proposed: withVersion(withoutUser(baseUrl)),
      corrected: request.correctBaseUrl,
    });
  }
  if (keyEntries(before).length === 0 && modelsOf(before).length > 0) notices.push({ kind: 'keyless', name });
  return notices;
}

/** The base URL with the `/v1` that it lacks. */
export const withVersion = (baseUrl: string): string => `${baseUrl.replace(/\/+$/, '')}/v1`;

/** What is to be known about the names: shared with others, left out, kept. */
export function modelNotices(
  context: ListContext,
  {
    joined,
    after,
    before,
    index,
    kind,
  }: Pick<ImportPlan, 'after' | 'before' | 'index' | 'kind'> & { joined: JoinedModels },
): PlanNotice[] {
  const notices: PlanNotice[] = [];
  const fresh = [...joined.added.map((model) => model.alias), ...joined.realiased.map((model) => model.to)];
  const names = fresh.flatMap((alias) => servedNames(alias, after.prefix, context.forcePrefix));
  const except = kind === 'create' ? undefined : index;
  const disabled = after.disabled === true && before?.disabled === true;
  const members = disabled
    ? []
    : findPools(names, priorityOf(after), context.providers, except, context.others, context.forcePrefix);
  if (members.length > 0) notices.push({ kind: 'pool', members });
  if (joined.pooled.length > 0) notices.push({ kind: 'pool-inside', models: joined.pooled });
  if (joined.leftOut.length > 0) notices.push({ kind: 'left-out', models: joined.leftOut });
  if (joined.unreachable.length > 0) notices.push({ kind: 'brackets', models: joined.unreachable });
  const kept = keptWithOtherAlias(modelsOf(after), joined);
  if (kept > 0) notices.push({ kind: 'kept-alias', count: kept });
  return notices;
}

function keptWithOtherAlias(models: ReturnType<typeof modelsOf>, joined: JoinedModels): number {
  const names = new Map<string, Set<string>>();
  for (const model of models) {
    names.set(upstreamOf(model), (names.get(upstreamOf(model)) ?? new Set()).add(clientNameOf(model)));
  }
  return joined.kept.filter((model) => !names.get(model.name.trim())?.has(model.alias)).length;
}
