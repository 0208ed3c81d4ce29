import { listTraits } from '../cliproxyapi/lists/table';
import { changedFields } from '../cliproxyapi/entry-change';
import { serverWouldMerge } from '../cliproxyapi/lists/dedupe';
import {
  baseUrlOf,
  keyEntries,
  modelsOf,
  priorityOf,
  resumed,
  type KeyEntry,
  type Provider,
} from '../cliproxyapi/provider';
import { entryAt, type ProviderList } from '../cliproxyapi/provider-list';
import { cleanPrefix } from '../cliproxyapi/served-names';
import { canonicalJson } from '../json';
import { sameKey } from '../key-text';
import { fail, ok, type Result } from '../failures/result';
import { checkRequest } from './check-request';
import { finishPlan } from './finish-plan';
import { joinModels } from './join-models';
import { locateProvider } from './locate-provider';
import { joinNotices } from './plan-notices';
import type { ImportPlan, ImportRequest, PlanFailure, PlanNotice } from './plan-types';

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
    finishPlan(context, request, {
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
  const before = entryAt({ providers: context.providers, index });
  const traits = listTraits(context.list);
  const joined = joinModels(modelsOf(before), request.models);
  const catalogue = modelsOf(before).length === 0 && traits.withoutModels === 'catalogue';
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
    finishPlan(context, request, {
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
  const entry = entries[index];
  if (!entry || !proxyUrl || (entry['proxy-url'] ?? '') === proxyUrl)
    return { index, known: true, changed: {} };
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
  const corrected = request.correctBaseUrl
    ? listTraits(context.list).correctedBaseUrl(baseUrlOf(before))
    : undefined;
  if (corrected !== undefined) fields['base-url'] = corrected;
  return fields;
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
