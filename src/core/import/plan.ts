import { isProxyUrl } from '../proxy-url';
import type { ChosenModel } from '../aliases/alias-models';
import { oddBaseUrl, withoutUser } from '../base-url';
import { listTraits } from '../cliproxyapi/lists/table';
import { changedFields } from '../cliproxyapi/entry-change';
import { joinModels, type JoinedModels } from './join-models';
import { canonicalJson } from '../json';
import { sameKey } from '../key-text';
import { locateProvider } from './locate-provider';
import { planChanges } from './plan-changes';
import { joinNotices, modelNotices } from './plan-notices';
import type { ProviderList } from '../cliproxyapi/provider-list';
import type { ImportPlan, ImportRequest, PlanFailure, PlanNotice } from './plan-types';
import {
  baseUrlOf,
  clientNameOf,
  EXCLUDE_ALL,
  excludedOf,
  isPaused,
  keyEntries,
  labelOf,
  modelsOf,
  priorityOf,
  upstreamOf,
  type KeyEntry,
  type Provider,
} from '../cliproxyapi/provider';
import { isHeaderName, isHeaderValue } from '../cliproxyapi/name-resolution';
import { fail, ok, type Result } from '../result';
import { cleanPrefix } from '../cliproxyapi/served-names';
import { serverWouldMerge } from '../cliproxyapi/lists/dedupe';

export type { ImportPlan, ImportRequest, PlanFailure, PlanNotice } from './plan-types';

/**
 * Decides what an import makes of a list. Pure: the same input gives the same plan, the input is not changed, and
 * planning again on the result says `unchanged`. It never guesses: several matches are a failure that the user
 * resolves, and a provider that has only the name in common is not joined unless the user says so.
 */
export function planImport(context: ProviderList, request: ImportRequest): Result<ImportPlan, PlanFailure> {
  const bad = checkRequest(request);
  if (bad) return fail(bad);
  const located = locateProvider(context, request);
  if (!located.ok) return located;
  const { index, newName, notices } = located.value;
  return index === undefined
    ? planCreate(context, request, newName, notices)
    : planJoin(context, request, index, notices);
}

function checkRequest(request: ImportRequest): PlanFailure | undefined {
  const { prefix, priority, proxyUrl, headers } = request.options;
  if (prefix !== undefined && prefix.trim() !== '' && !cleanPrefix(prefix)) return { code: 'bad-prefix' };
  if (priority !== undefined && !Number.isSafeInteger(priority)) return { code: 'bad-priority' };
  if (proxyUrl && !isProxyUrl(proxyUrl)) return { code: 'bad-proxy' };
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (!isHeaderName(name.trim()) || !isHeaderValue(value)) return { code: 'bad-header', name };
  }
  const odd = request.models.find(({ name, alias }) => !name.trim() || !alias.trim() || hasControl(alias));
  return odd && { code: 'bad-alias', name: odd.name };
}

const hasControl = (text: string): boolean => [...text].some((sign) => sign.charCodeAt(0) < 32);

function planCreate(
  context: ProviderList,
  request: ImportRequest,
  name: string,
  notices: PlanNotice[],
): Result<ImportPlan, PlanFailure> {
  const joined = joinModels([], request.models);
  if (joined.models.length === 0) return fail({ code: 'no-models' });
  const { prefix, priority, headers } = request.options;
  const { keyPerEntry, correctedBaseUrl } = listTraits(context.list);
  const after: Provider = {
    ...(keyPerEntry ? newKeyEntry(request) : { name }),
    ...(priority ? { priority } : {}),
    ...(cleanPrefix(prefix) ? { prefix: cleanPrefix(prefix) } : {}),
    'base-url': (request.correctBaseUrl && correctedBaseUrl(request.baseUrl)) || request.baseUrl,
    ...(keyPerEntry ? {} : { 'api-key-entries': [newKeyEntry(request)] }),
    models: joined.models,
    ...(Object.keys(trimHeaders(headers)).length > 0 ? { headers: trimHeaders(headers) } : {}),
  };
  const list = context.providers;
  return ok(
    finish(context, request, {
      kind: 'create',
      index: list.length,
      before: null,
      after,
      providers: [...list, after],
      keyIndex: 0,
      keyKnown: false,
      joined,
      notices,
    }),
  );
}

const newKeyEntry = ({ key, options }: ImportRequest): KeyEntry => ({
  'api-key': key,
  ...(options.proxyUrl?.trim() ? { 'proxy-url': options.proxyUrl.trim() } : {}),
});

/** As the server stores them: trimmed, without empty ones (CLIProxyAPI 7.2). */
const trimHeaders = (headers: Record<string, string> | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers ?? {})
      .map(([name, value]) => [name.trim(), value.trim()] as const)
      .filter(([name, value]) => name && value),
  );

function planJoin(
  context: ProviderList,
  request: ImportRequest,
  index: number,
  notices: PlanNotice[],
): Result<ImportPlan, PlanFailure> {
  const before = context.providers[index]!;
  const rules = listTraits(context.list);
  const joined = joinModels(modelsOf(before), request.models);
  const catalogue = modelsOf(before).length === 0 && rules.withoutModels === 'catalogue';
  // What CLIProxyAPI serves by itself would no longer be served beside models that are named.
  const keepsCatalogue = catalogue && !request.nameModels;
  if (joined.models.length === 0 && !catalogue) return fail({ code: 'no-models' });
  const keys = joinKey(before, request);
  const after = { ...before, ...keys.changed, ...fieldsFor(context, before, request) };
  const named = joined.added.length > 0 || joined.realiased.length > 0;
  if (named && !keepsCatalogue) after.models = joined.models;
  const changed = changedFields(before, after).length > 0;
  const providers = changed ? context.providers.with(index, after) : context.providers;
  if (changed && serverWouldMerge(context.list, providers, after, context.version))
    return fail({ code: 'same-entry', list: context.list });
  return ok(
    finish(context, request, {
      kind: changed ? 'update' : 'unchanged',
      index,
      before,
      after: changed ? after : before,
      providers,
      keyIndex: keys.index,
      keyKnown: keys.known,
      joined: keepsCatalogue ? joinModels([], []) : joined,
      notices: [...notices, ...joinNotices(context.list, before, request)],
    }),
  );
}

/** The key is appended if it is not there; an existing entry keeps weight, proxy and place. */
function joinKey(
  before: Provider,
  request: ImportRequest,
): { index: number; known: boolean; changed: Partial<Provider> } {
  const entries = keyEntries(before);
  const index = entries.findIndex((entry) =>
    sameKey(entry['api-key'] ?? '', request.key, request.optionalPrefix),
  );
  if (index < 0) {
    const changed = { 'api-key-entries': [...entries, newKeyEntry(request)] };
    return { index: entries.length, known: false, changed };
  }
  const proxyUrl = request.options.proxyUrl?.trim();
  const entry = entries[index]!;
  if (!proxyUrl || (entry['proxy-url'] ?? '') === proxyUrl) return { index, known: true, changed: {} };
  const changed =
    entry === before
      ? { 'proxy-url': proxyUrl }
      : { 'api-key-entries': entries.with(index, { ...entry, 'proxy-url': proxyUrl }) };
  return { index, known: true, changed };
}

/** Fields of the provider itself that the user set in the dialog and that differ from what is there. */
function fieldsFor(context: ProviderList, before: Provider, request: ImportRequest): Partial<Provider> {
  const { prefix, priority, headers } = request.options;
  const fields: Partial<Provider> = {};
  if (prefix !== undefined && cleanPrefix(prefix) !== (before.prefix ?? ''))
    fields.prefix = cleanPrefix(prefix);
  if (priority !== undefined && priority !== priorityOf(before)) fields['priority'] = priority;
  if (Object.keys(trimHeaders(headers)).length > 0)
    fields.headers = { ...before.headers, ...trimHeaders(headers) };
  if (request.enable) Object.assign(fields, resumed(before));
  const mended = request.correctBaseUrl
    ? listTraits(context.list).correctedBaseUrl(baseUrlOf(before))
    : undefined;
  if (mended !== undefined) fields['base-url'] = mended;
  return fields;
}

/** What switches a paused entry on again. */
export function resumed(before: Provider): Partial<Provider> {
  if (!isPaused(before)) return {};
  if (before.disabled === true) return { disabled: false };
  return { 'excluded-models': excludedOf(before).filter((pattern) => pattern.trim() !== EXCLUDE_ALL) };
}

type Draft = Pick<
  ImportPlan,
  'kind' | 'index' | 'before' | 'after' | 'providers' | 'keyIndex' | 'notices'
> & {
  joined: JoinedModels;
  keyKnown: boolean;
};

function finish(context: ProviderList, request: ImportRequest, draft: Draft): ImportPlan {
  const { joined, keyKnown: _known, ...plan } = draft;
  const fields = plan.before ? changedFields(plan.before, plan.after) : Object.keys(plan.after);
  const notices = [...draft.notices, ...modelNotices(context, draft)];
  notices.push(...urlNotices(context, request, plan));
  const changes = planChanges({ context, request, draft, fields });
  const quiet = (notice: PlanNotice): boolean => notice.kind === 'kept-alias';
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
      plan.kind !== 'unchanged' && notices.every(quiet) && changes.every((change) => change.sign !== '~'),
  };
}

/** What is odd about the base URL of a new entry. */
function urlNotices(
  { list }: ProviderList,
  request: ImportRequest,
  { before, after }: Pick<ImportPlan, 'before' | 'after'>,
): PlanNotice[] {
  if (before) return [];
  if (!listTraits(list).keyPerEntry) {
    const hint = oddBaseUrl(request.baseUrl);
    return hint ? [{ kind: 'odd-url', hint }] : [];
  }
  const proposed = listTraits(list).correctedBaseUrl(request.baseUrl);
  if (proposed === undefined) return [];
  const about = { name: labelOf(after), baseUrl: withoutUser(request.baseUrl) };
  const corrected = request.correctBaseUrl;
  return [{ kind: 'url-form', ...about, proposed: withoutUser(proposed), corrected }];
}

/** Under which names the chosen models must be served after the write: the entry's own aliases count. */
function expectedNames(
  after: Provider,
  chosen: readonly ChosenModel[],
  joined: JoinedModels,
): { name: string; alias: string }[] {
  const leftOut = new Set(joined.leftOut.map(({ name, alias }) => `${name}\n${alias}`));
  const unreachable = new Set(joined.unreachable.map(({ name }) => name));
  const byUpstream = new Map<string, string[]>();
  for (const model of modelsOf(after)) {
    byUpstream.set(upstreamOf(model), [...(byUpstream.get(upstreamOf(model)) ?? []), clientNameOf(model)]);
  }
  const expected = new Map<string, { name: string; alias: string }>();
  for (const model of chosen) {
    const [name, alias] = [model.name.trim(), model.alias.trim()];
    const aliases = byUpstream.get(name);
    if (!aliases || unreachable.has(name) || leftOut.has(`${name}\n${alias}`)) continue;
    const served = aliases.includes(alias) ? alias : aliases[0]!;
    // A model chosen under its alias and its own name may be there under one of them only.
    expected.set(`${name}\n${served}`, { name, alias: served });
  }
  return [...expected.values()];
}

/**
 * What the user was shown, as one text: if the plan on a fresh list has the same, it is the plan that was agreed to.
 * Counts of untouched providers may differ. Contains keys: hash it before it leaves the worker.
 */
export function planIdentity(plan: ImportPlan): string {
  const { kind, before, after, notices } = plan;
  return canonicalJson({ kind, before, after, notices: notices.map((notice) => withoutIndex(notice)) });
}

function withoutIndex(notice: PlanNotice): unknown {
  return notice.kind === 'name-taken' ? { ...notice, ref: { ...notice.ref, index: 0 } } : notice;
}
