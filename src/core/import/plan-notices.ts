import { isOpenHttp, oddBaseUrl, parseHttpUrl, shownUrl } from '../base-url';
import { excludedBy } from '../cliproxyapi/excluded-models';
import type { ListName } from '../cliproxyapi/lists/list-traits';
import { listTraits } from '../cliproxyapi/lists/table';
import type { JoinedModels } from './join-models';
import type { ProviderList } from '../cliproxyapi/provider-list';
import type { ImportRequest, PlanDraft, PlanNotice } from './plan-types';
import { findPools } from '../cliproxyapi/pools';
import {
  baseUrlOf,
  clientNameOf,
  isPaused,
  keyEntries,
  labelOf,
  modelsOf,
  priorityOf,
  upstreamOf,
  type Provider,
} from '../cliproxyapi/provider';
import { servedNames } from '../cliproxyapi/served-names';

/** What is to be known about a provider that is joined. */
export function joinNotices(list: ListName, before: Provider, request: ImportRequest): PlanNotice[] {
  const notices: PlanNotice[] = [];
  const name = labelOf(before);
  const baseUrl = baseUrlOf(before);
  const { keyPerEntry, correctedBaseUrl, withoutModels } = listTraits(list);
  if (isPaused(before)) notices.push({ kind: 'disabled', name, enabled: request.enable });
  const proposed = correctedBaseUrl(shownUrl(baseUrl));
  if (proposed !== undefined) {
    notices.push({
      kind: keyPerEntry ? 'url-form' : 'no-version',
      name,
      baseUrl: shownUrl(baseUrl),
      proposed,
      corrected: request.correctBaseUrl,
    });
  }
  if (withoutModels === 'catalogue' && modelsOf(before).length === 0)
    notices.push({ kind: 'catalogue', name, replaced: request.nameModels });
  if (keyEntries(before).length === 0 && modelsOf(before).length > 0) notices.push({ kind: 'keyless', name });
  return notices;
}

/** What is to be known about the names: shared with others, left out, kept. */
export function modelNotices(
  context: ProviderList,
  { joined, after, before, index, kind }: PlanDraft,
): PlanNotice[] {
  const notices: PlanNotice[] = [];
  const fresh = [...joined.added.map((model) => model.alias), ...joined.realiased.map((model) => model.to)];
  const names = fresh.flatMap((alias) => servedNames(alias, after.prefix, context.forcePrefix));
  const except = kind === 'create' ? undefined : index;
  const disabled = isPaused(after) && before !== null && isPaused(before);
  const members = disabled
    ? []
    : findPools(names, priorityOf(after), context.providers, except, context.others, context.forcePrefix);
  if (members.length > 0) notices.push({ kind: 'pool', members });
  if (joined.pooled.length > 0) notices.push({ kind: 'pool-inside', models: joined.pooled });
  if (joined.leftOut.length > 0) notices.push({ kind: 'left-out', models: joined.leftOut });
  if (joined.unreachable.length > 0) notices.push({ kind: 'brackets', models: joined.unreachable });
  const excluded = fresh.filter((alias) => excludedBy(after, alias));
  if (excluded.length > 0) notices.push({ kind: 'excluded', models: excluded });
  const kept = keptWithOtherAlias(modelsOf(after), joined);
  if (kept > 0) notices.push({ kind: 'kept-alias', count: kept });
  return notices;
}

function keptWithOtherAlias(models: ReturnType<typeof modelsOf>, joined: JoinedModels): number {
  const mappings = new Set(models.map((model) => `${upstreamOf(model)}\n${clientNameOf(model)}`));
  return joined.kept.filter(({ name, alias }) => !mappings.has(`${name}\n${alias}`)).length;
}

/** Whether requests will reach the relay in the language of the list. */
export function languageNotices({ list }: ProviderList, { speaks }: ImportRequest): PlanNotice[] {
  if (speaks === 'no') return [{ kind: 'unspoken', list }];
  return speaks === 'unknown' ? [{ kind: 'unsure', list }] : [];
}

/** What is odd about the base URL of a new entry. */
export function urlNotices({ list }: ProviderList, request: ImportRequest, after: Provider): PlanNotice[] {
  const url = parseHttpUrl(request.baseUrl);
  const clear: PlanNotice[] = url && isOpenHttp(url) ? [{ kind: 'open-http' }] : [];
  if (!listTraits(list).keyPerEntry) {
    const hint = oddBaseUrl(request.baseUrl);
    return hint ? [{ kind: 'odd-url', hint }, ...clear] : clear;
  }
  const proposed = listTraits(list).correctedBaseUrl(request.baseUrl);
  if (proposed === undefined) return clear;
  const about = { name: labelOf(after), baseUrl: shownUrl(request.baseUrl) };
  const corrected = request.correctBaseUrl;
  return [{ kind: 'url-form', ...about, proposed: shownUrl(proposed), corrected }, ...clear];
}
