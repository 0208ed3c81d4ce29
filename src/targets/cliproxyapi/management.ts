import * as v from 'valibot';
import { mapOf, openObject } from '../../core/shapes';
import { readConfig, type ConfigSnapshot } from '../../core/config-snapshot';
import { parseJson } from '../../core/json';
import type { ImportPlan } from '../../core/plan-import';
import { nameOf, type Provider } from '../../core/provider';
import { fail, ok, type Result } from '../../core/result';
import type { HttpReply } from '../../ports/http';

const READ_MS = 10_000;
const WRITE_MS = 30_000;

export interface ManagementCall {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Behind `/v0/management`. */
  path: string;
  body?: unknown;
  timeoutMs: number;
  signal?: AbortSignal;
}

/** Sends one call with the management key; 2xx replies only, all others are failures. */
export type SendManagement = (call: ManagementCall) => Promise<Result<HttpReply>>;

export interface ConfigRead extends ConfigSnapshot {
  /** `X-CPA-VERSION`, or null where the server or a reverse proxy gives none. */
  version: string | null;
  /** A header that only servers since 7.1.69 send: tells an unnamed build from an old one. */
  supportsPlugins: boolean;
}

/** `GET /config`: the read that loses no field on any version (contract section 2.8), and all families at once. */
export async function readWholeConfig(
  send: SendManagement,
  host: string,
  signal?: AbortSignal,
): Promise<Result<ConfigRead>> {
  const reply = await send({ method: 'GET', path: '/config', timeoutMs: READ_MS, ...(signal && { signal }) });
  if (!reply.ok) return reply;
  const json = jsonOf(reply.value.text, host);
  if (!json.ok) return json;
  const snapshot = readConfig(json.value);
  if (!snapshot) return fail({ code: 'reply-shape', host });
  return ok({
    ...snapshot,
    version: reply.value.header('x-cpa-version'),
    supportsPlugins: reply.value.header('x-cpa-support-plugin') !== null,
  });
}

/** The file as it lies on disk (memory and disk differ after a collapse), or undefined where it cannot be had. */
export async function readConfigFile(send: SendManagement): Promise<string | undefined> {
  const reply = await send({ method: 'GET', path: '/config.yaml', timeoutMs: READ_MS });
  return reply.ok ? reply.value.text : undefined;
}

/**
 * Whether this server knows `disabled` (since 6.9.39, always present in the section's entries). An empty list cannot
 * tell, but holds nothing that could be switched on either.
 */
export async function knowsDisabled(send: SendManagement, host: string): Promise<Result<boolean>> {
  const reply = await send({ method: 'GET', path: '/openai-compatibility', timeoutMs: READ_MS });
  if (!reply.ok) return reply;
  const json = jsonOf(reply.value.text, host);
  if (!json.ok) return json;
  const parsed = v.safeParse(
    openObject({ 'openai-compatibility': v.nullish(v.array(openObject({}))) }),
    json.value,
  );
  if (!parsed.success) return fail({ code: 'reply-shape', host });
  return ok((parsed.output['openai-compatibility'] ?? []).every((entry) => 'disabled' in entry));
}

const indexedSchema = openObject({
  'openai-compatibility': v.array(
    openObject({
      'auth-index': v.optional(v.string()),
      'api-key-entries': v.nullish(v.array(openObject({ 'auth-index': v.optional(v.string()) }))),
    }),
  ),
});

/** The `auth-index` of each key of one entry (contract section 5.4); empty where the server gives none. */
export async function readAuthIndexes(
  send: SendManagement,
  host: string,
  index: number,
): Promise<(string | undefined)[]> {
  const reply = await send({ method: 'GET', path: '/openai-compatibility', timeoutMs: READ_MS });
  const json = reply.ok ? jsonOf(reply.value.text, host) : reply;
  const parsed = json.ok ? v.safeParse(indexedSchema, json.value) : undefined;
  const entry = parsed?.success ? parsed.output['openai-compatibility'][index] : undefined;
  return (entry?.['api-key-entries'] ?? [entry]).map((key) => key?.['auth-index']);
}

/** Fields that PATCH takes on every supported server; `priority` is answered 200 and ignored (contract section 2.2). */
const PATCHABLE = new Set(['name', 'prefix', 'disabled', 'base-url', 'api-key-entries', 'models', 'headers']);

/**
 * Carries out one plan with one write. A changed entry goes by PATCH with only its changed fields where its name is
 * unique and they can be patched: other providers are then not even sent. All else is a PUT of the whole list.
 */
export function writePlan(
  send: SendManagement,
  plan: Pick<ImportPlan, 'kind' | 'before' | 'after' | 'providers' | 'fields'>,
  signal?: AbortSignal,
): Promise<Result<HttpReply>> {
  const { before, after, providers, fields } = plan;
  const name = before?.name ?? '';
  const set = fields.filter((field) => after[field] !== undefined && after[field] !== null);
  const patchable = set.length === fields.length && fields.every((field) => PATCHABLE.has(field));
  if (plan.kind === 'update' && patchable && fields.length > 0 && isUniqueName(providers, name)) {
    const value = Object.fromEntries(fields.map((field) => [field, after[field]]));
    return write(send, { method: 'PATCH', body: { name, value } }, signal);
  }
  return putProviders(send, providers, signal);
}

/**
 * The whole list. Every entry has a base URL (one without is dropped, and a list of such clears the family with a 200,
 * contract section 2.1): a list that does not hold that is a bug, and nothing is sent.
 */
export function putProviders(
  send: SendManagement,
  providers: readonly Provider[],
  signal?: AbortSignal,
): Promise<Result<HttpReply>> {
  if (!providers.every((provider) => provider['base-url']?.trim()))
    throw new Error('a provider has no base URL');
  return write(send, { method: 'PUT', body: providers }, signal);
}

/** Removes the entry of that name, which must be unique: the server removes all of a name. */
export function deleteProvider(
  send: SendManagement,
  name: string,
  signal?: AbortSignal,
): Promise<Result<HttpReply>> {
  return write(send, { method: 'DELETE', query: `?name=${encodeURIComponent(name)}` }, signal);
}

/** PATCH trims the name that it is given and takes the first hit; DELETE does neither. */
export function isUniqueName(providers: readonly Provider[], name: string): boolean {
  return (
    name !== '' &&
    name === name.trim() &&
    providers.filter((provider) => nameOf(provider) === name).length === 1
  );
}

function write(
  send: SendManagement,
  call: { method: 'PUT' | 'PATCH' | 'DELETE'; body?: unknown; query?: string },
  signal: AbortSignal | undefined,
): Promise<Result<HttpReply>> {
  const { method, body, query = '' } = call;
  return send({
    method,
    path: `/openai-compatibility${query}`,
    ...(body !== undefined && { body }),
    timeoutMs: WRITE_MS,
    ...(signal && { signal }),
  });
}

const registrySchema = openObject({ models: v.nullish(v.array(openObject({ id: v.string() }))) });

/** Which IDs the registry lists for one credential (contract section 5.2). Nothing registered is an empty set. */
export async function readRegistry(
  send: SendManagement,
  host: string,
  credentialId: string,
  signal?: AbortSignal,
): Promise<Result<Set<string>>> {
  const path = `/auth-files/models?name=${encodeURIComponent(credentialId)}`;
  const reply = await send({ method: 'GET', path, timeoutMs: READ_MS, ...(signal && { signal }) });
  if (!reply.ok) return reply;
  const json = jsonOf(reply.value.text, host);
  if (!json.ok) return json;
  const parsed = v.safeParse(registrySchema, json.value);
  if (!parsed.success) return fail({ code: 'reply-shape', host });
  return ok(new Set((parsed.output.models ?? []).map((model) => model.id)));
}

const apiCallSchema = openObject({
  status_code: v.number(),
  header: v.nullish(mapOf(v.array(v.string()))),
  body: v.string(),
});

export interface RelayReply {
  status: number;
  text: string;
  retryAfter: string | null;
}

/** A request that the proxy sends from its own place in the network (contract section 5.5). 502: it got no answer. */
export async function callThroughProxy(
  send: SendManagement,
  host: string,
  request: { method: 'GET' | 'POST'; url: string; header: Record<string, string>; data?: string },
  signal?: AbortSignal,
): Promise<Result<RelayReply>> {
  const reply = await send({
    method: 'POST',
    path: '/api-call',
    body: request,
    timeoutMs: WRITE_MS,
    ...(signal && { signal }),
  });
  if (!reply.ok) return reply;
  const json = jsonOf(reply.value.text, host);
  if (!json.ok) return json;
  const parsed = v.safeParse(apiCallSchema, json.value);
  if (!parsed.success) return fail({ code: 'reply-shape', host });
  const { status_code: status, body: text, header } = parsed.output;
  const retryAfter = Object.entries(header ?? {}).find(
    ([name]) => name.toLowerCase() === 'retry-after',
  )?.[1][0];
  return ok({ status, text, retryAfter: retryAfter ?? null });
}

/** JSON, or which kind of no JSON. */
export function jsonOf(text: string, host: string): Result<unknown> {
  try {
    return ok(parseJson(text));
  } catch {
    return fail(/^\s*</.test(text) ? { code: 'reply-html', host } : { code: 'reply-not-json', host });
  }
}
