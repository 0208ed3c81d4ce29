import type { ChosenModel } from './alias-rules';
import { hostOf, lacksVersion, oddBaseUrl, type BaseUrl } from './base-url';
import { findProvider, refOf, resolveRef, type ProviderRef } from './find-provider';
import type { FailureCode } from './failure';
import { joinModels, type JoinedModels } from './join-models';
import { canonicalJson } from './json';
import { sameKey } from './key-text';
import { planChanges, type Change } from './plan-changes';
import { findPools, type OtherModels, type PoolMember } from './pools';
import {
  baseUrlOf,
  clientNameOf,
  keyEntries,
  modelsOf,
  nameOf,
  priorityOf,
  sameName,
  upstreamOf,
  type KeyEntry,
  type Provider,
} from './provider';
import { isHeaderName, isHeaderValue } from './reach';
import { fail, ok, type Result } from './result';
import { cleanPrefix, servedNames } from './served-names';

/** What the user asked for: one key with its models. */
export interface ImportRequest {
  key: string;
  /** A prefix that the relay family adds to keys and that makes no difference (`sk-`), if it has one. */
  optionalPrefix: string | undefined;
  baseUrl: BaseUrl;
  providerName: string;
  models: readonly ChosenModel[];
  target: { kind: 'auto' } | { kind: 'create' } | { kind: 'join'; ref: ProviderRef };
  /** Only what the user set; absent leaves the provider's own. */
  options: { prefix?: string; priority?: number; proxyUrl?: string; headers?: Record<string, string> };
  /** Switch a disabled provider on. */
  enable: boolean;
  /** Put the missing `/v1` behind the base URL of the provider that is joined. */
  correctBaseUrl: boolean;
}

/** What the list stands in: everything that decides whether a new name would share requests. */
export interface ListContext {
  providers: readonly Provider[];
  others: readonly OtherModels[];
  forcePrefix: boolean;
}

/** What the user should know before pressing Import; the dialog offers the ways out. */
export type PlanNotice =
  | { kind: 'pool'; members: PoolMember[] }
  | { kind: 'pool-inside'; models: { name: string; alias: string; by: string }[] }
  | { kind: 'left-out'; models: { name: string; alias: string; by: string }[] }
  | { kind: 'kept-alias'; count: number }
  | { kind: 'disabled'; name: string; enabled: boolean }
  | { kind: 'no-version'; name: string; baseUrl: string; proposed: string; corrected: boolean }
  | { kind: 'other-host'; name: string; baseUrl: string }
  | { kind: 'name-taken'; ref: ProviderRef; newName: string }
  | { kind: 'odd-url'; hint: NonNullable<ReturnType<typeof oddBaseUrl>> }
  | { kind: 'keyless'; name: string }
  | { kind: 'no-models'; name: string };

export interface ImportPlan {
  kind: 'create' | 'update' | 'unchanged';
  /** Place of the entry in `providers`. */
  index: number;
  before: Provider | null;
  after: Provider;
  /** The whole list after the write; every entry but the touched one is the very object that was read. */
  providers: readonly Provider[];
  /** Top-level fields of the entry that differ. */
  fields: string[];
  /** The key's text as it stands in the entry (it may lack `sk-`), and its place among the entry's keys. */
  keyIndex: number;
  /** Chosen models that the entry holds after the write, with the name that clients will see. */
  expected: { name: string; alias: string }[];
  changes: Change[];
  notices: PlanNotice[];
  /** True when nothing of the user's is changed, removed or shared: such a plan may be applied without asking. */
  onlyAdds: boolean;
}

export type PlanFailure =
  | { code: 'several-matches'; count: number; candidates: ProviderRef[] }
  | { code: Extract<FailureCode, 'no-models' | 'bad-prefix' | 'bad-priority' | 'bad-proxy'> }
  | { code: 'bad-header'; name: string }
  | { code: 'bad-alias'; name: string }
  | { code: 'match-gone'; name: string };

/**
 * Decides what an import makes of a list. Pure: the same input gives the same plan, the input is not changed, and
 * planning again on the result says `unchanged`. It never guesses: several matches are a failure that the user
 * resolves, and a provider that has only the name in common is not joined unless the user says so.
 */
export function planImport(
  context: ListContext,
  request: ImportRequest,
  placement: 'end' | 'start' = 'end',
): Result<ImportPlan, PlanFailure> {
  const bad = checkRequest(request);
  if (bad) return fail(bad);
  const located = locate(context.providers, request);
  if (!located.ok) return located;
  const { index, newName, notices } = located.value;
  return index === undefined
    ? planCreate(context, request, newName, notices, placement)
    : planJoin(context, request, index, notices, placement);
}

function checkRequest(request: ImportRequest): PlanFailure | undefined {
  const { prefix, priority, proxyUrl, headers } = request.options;
  if (prefix !== undefined && prefix.trim() !== '' && !cleanPrefix(prefix)) return { code: 'bad-prefix' };
  if (priority !== undefined && !Number.isSafeInteger(priority)) return { code: 'bad-priority' };
  if (proxyUrl && !/^(?:(?:https?|socks5h?):\/\/\S+|direct|none)$/i.test(proxyUrl.trim()))
    return { code: 'bad-proxy' };
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (!isHeaderName(name.trim()) || !isHeaderValue(value)) return { code: 'bad-header', name };
  }
  const odd = request.models.find(({ name, alias }) => !name.trim() || !alias.trim() || hasControl(alias));
  return odd && { code: 'bad-alias', name: odd.name };
}

const hasControl = (text: string): boolean => [...text].some((sign) => sign.charCodeAt(0) < 32);

interface Located {
  /** The entry to join, or undefined to create one named `newName`. */
  index: number | undefined;
  newName: string;
  notices: PlanNotice[];
}

function locate(providers: readonly Provider[], request: ImportRequest): Result<Located, PlanFailure> {
  const wantedName = request.providerName.trim() || hostOf(request.baseUrl);
  const create = (notices: PlanNotice[] = []): Result<Located, PlanFailure> =>
    ok({ index: undefined, newName: freeName(providers, wantedName, request.baseUrl), notices });
  const { target } = request;
  if (target.kind === 'join') {
    const index = resolveRef(providers, target.ref);
    if (index === undefined) return fail({ code: 'match-gone', name: target.ref.name });
    return ok({ index, newName: '', notices: otherHost(providers[index]!, request.baseUrl) });
  }
  const match = findProvider(providers, { ...request, name: wantedName });
  if (target.kind === 'create') return create();
  switch (match.kind) {
    case 'none':
      return create();
    case 'by-url':
      return ok({ index: match.index, newName: '', notices: [] });
    case 'several': {
      const candidates = match.indexes.map((index) => refOf(providers[index]!, index));
      return fail({ code: 'several-matches', count: candidates.length, candidates });
    }
    case 'name-only': {
      const newName = freeName(providers, wantedName, request.baseUrl);
      return create([{ kind: 'name-taken', ref: refOf(providers[match.index]!, match.index), newName }]);
    }
  }
}

function otherHost(provider: Provider, baseUrl: string): PlanNotice[] {
  if (hostOf(baseUrlOf(provider)) === hostOf(baseUrl)) return [];
  return [{ kind: 'other-host', name: nameOf(provider), baseUrl: baseUrlOf(provider) }];
}

/** Names of providers must differ (contract section 4.1): `relay`, else `relay (host)`, else `relay (host) 2` … */
function freeName(providers: readonly Provider[], wanted: string, baseUrl: string): string {
  const taken = (name: string): boolean => providers.some((provider) => sameName(nameOf(provider), name));
  if (!taken(wanted)) return wanted;
  const withHost = `${wanted} (${hostOf(baseUrl)})`;
  let name = withHost;
  for (let n = 2; taken(name); n++) name = `${withHost} ${n}`;
  return name;
}

function planCreate(
  context: ListContext,
  request: ImportRequest,
  name: string,
  notices: PlanNotice[],
  placement: 'end' | 'start',
): Result<ImportPlan, PlanFailure> {
  const joined = joinModels([], request.models);
  if (joined.models.length === 0) return fail({ code: 'no-models' });
  const { prefix, priority, headers } = request.options;
  const models = placement === 'end' ? joined.models : [...joined.models].reverse();
  const after: Provider = {
    name,
    ...(priority ? { priority } : {}),
    ...(cleanPrefix(prefix) ? { prefix: cleanPrefix(prefix) } : {}),
    'base-url': request.baseUrl,
    'api-key-entries': [newKeyEntry(request)],
    models,
    ...(headers && Object.keys(headers).length > 0 ? { headers: trimHeaders(headers) } : {}),
  };
  const list = context.providers;
  return ok(
    finish(context, request, {
      kind: 'create',
      index: placement === 'end' ? list.length : 0,
      before: null,
      after,
      providers: placement === 'end' ? [...list, after] : [after, ...list],
      keyIndex: 0,
      joined,
      notices,
    }),
  );
}

const newKeyEntry = ({ key, options }: ImportRequest): KeyEntry => ({
  'api-key': key,
  ...(options.proxyUrl?.trim() ? { 'proxy-url': options.proxyUrl.trim() } : {}),
});

const trimHeaders = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.trim(), value.trim()]));

function planJoin(
  context: ListContext,
  request: ImportRequest,
  index: number,
  notices: PlanNotice[],
  placement: 'end' | 'start',
): Result<ImportPlan, PlanFailure> {
  const before = context.providers[index]!;
  const joined = joinModels(modelsOf(before), request.models, placement);
  if (joined.models.length === 0) return fail({ code: 'no-models' });
  const keys = joinKey(before, request);
  const after = { ...before, ...keys.changed, ...fieldsFor(before, request) };
  if (joined.added.length > 0 || joined.realiased.length > 0) after.models = joined.models;
  const changed = changedFields(before, after).length > 0;
  const providers = changed ? context.providers.with(index, after) : context.providers;
  return ok(
    finish(context, request, {
      kind: changed ? 'update' : 'unchanged',
      index,
      before,
      after: changed ? after : before,
      providers,
      keyIndex: keys.index,
      joined,
      notices: [...notices, ...joinNotices(before, request)],
    }),
  );
}

/** The key is appended if it is not there; an existing entry keeps weight, proxy and place. */
function joinKey(before: Provider, request: ImportRequest): { index: number; changed: Partial<Provider> } {
  const entries = keyEntries(before);
  const index = entries.findIndex((entry) =>
    sameKey(entry['api-key'] ?? '', request.key, request.optionalPrefix),
  );
  if (index < 0)
    return { index: entries.length, changed: { 'api-key-entries': [...entries, newKeyEntry(request)] } };
  const proxyUrl = request.options.proxyUrl?.trim();
  const entry = entries[index]!;
  if (!proxyUrl || (entry['proxy-url'] ?? '') === proxyUrl) return { index, changed: {} };
  return { index, changed: { 'api-key-entries': entries.with(index, { ...entry, 'proxy-url': proxyUrl }) } };
}

/** Fields of the provider itself that the user set in the dialog and that differ from what is there. */
function fieldsFor(before: Provider, request: ImportRequest): Partial<Provider> {
  const { prefix, priority, headers } = request.options;
  const fields: Partial<Provider> = {};
  if (prefix !== undefined && cleanPrefix(prefix) !== (before.prefix ?? ''))
    fields.prefix = cleanPrefix(prefix);
  if (priority !== undefined && priority !== priorityOf(before)) fields['priority'] = priority;
  if (headers && Object.keys(headers).length > 0)
    fields.headers = { ...before.headers, ...trimHeaders(headers) };
  if (before.disabled === true && request.enable) fields.disabled = false;
  if (lacksVersion(baseUrlOf(before)) && request.correctBaseUrl)
    fields['base-url'] = withVersion(baseUrlOf(before));
  return fields;
}

const withVersion = (baseUrl: string): string => `${baseUrl.replace(/\/+$/, '')}/v1`;

function joinNotices(before: Provider, request: ImportRequest): PlanNotice[] {
  const notices: PlanNotice[] = [];
  const name = nameOf(before);
  const baseUrl = baseUrlOf(before);
  if (before.disabled === true) notices.push({ kind: 'disabled', name, enabled: request.enable });
  if (lacksVersion(baseUrl)) {
    notices.push({
      kind: 'no-version',
      name,
      baseUrl,
      proposed: withVersion(baseUrl),
      corrected: request.correctBaseUrl,
    });
  }
  if (keyEntries(before).length === 0 && modelsOf(before).length > 0) notices.push({ kind: 'keyless', name });
  return notices;
}

type Draft = Pick<
  ImportPlan,
  'kind' | 'index' | 'before' | 'after' | 'providers' | 'keyIndex' | 'notices'
> & {
  joined: JoinedModels;
};

function finish(context: ListContext, request: ImportRequest, draft: Draft): ImportPlan {
  const { joined, ...plan } = draft;
  const fields = plan.before ? changedFields(plan.before, plan.after) : Object.keys(plan.after);
  const notices = [...draft.notices, ...modelNotices(context, draft)];
  const hint = plan.before ? undefined : oddBaseUrl(request.baseUrl);
  if (hint) notices.push({ kind: 'odd-url', hint });
  const changes = planChanges({ context, request, draft, fields });
  const quiet = (notice: PlanNotice): boolean => notice.kind === 'kept-alias';
  return {
    ...plan,
    fields,
    expected: expectedNames(plan.after, request.models, joined),
    changes,
    notices,
    onlyAdds:
      plan.kind !== 'unchanged' && notices.every(quiet) && changes.every((change) => change.sign !== '~'),
  };
}

function modelNotices(context: ListContext, { joined, after, before, index, kind }: Draft): PlanNotice[] {
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

/** Under which names the chosen models must be served after the write: the entry's own aliases count. */
function expectedNames(
  after: Provider,
  chosen: readonly ChosenModel[],
  joined: JoinedModels,
): { name: string; alias: string }[] {
  const leftOut = new Set(joined.leftOut.map((model) => model.name));
  const byUpstream = new Map<string, string[]>();
  for (const model of modelsOf(after)) {
    byUpstream.set(upstreamOf(model), [...(byUpstream.get(upstreamOf(model)) ?? []), clientNameOf(model)]);
  }
  return chosen.flatMap(({ name, alias }) => {
    const aliases = byUpstream.get(name.trim());
    if (!aliases || leftOut.has(name)) return [];
    return [{ name: name.trim(), alias: aliases.includes(alias) ? alias : aliases[0]! }];
  });
}

/** Top-level fields whose JSON differs. */
export function changedFields(before: Provider, after: Provider): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => {
    const [a, b] = [before[name], after[name]];
    return a !== b && canonicalJson(a ?? null) !== canonicalJson(b ?? null);
  });
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
