import * as v from 'valibot';
import { mapOf, openObject } from '../../core/shapes';
import { readConfig, type ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { EntryChange } from '../../core/cliproxyapi/entry-change';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import { parseJson } from '../../core/json';
import { apiKeyOf, nameOf, type Provider } from '../../core/cliproxyapi/provider';
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

/** `GET /config`: the read that loses no field on any version (CLIProxyAPI 7.2), and all lists at once. */
export async function readWholeConfig(
  send: SendManagement,
  host: string,
  signal?: AbortSignal,
): Promise<Result<ProxyConfig>> {
  const reply = await send({ method: 'GET', path: '/config', timeoutMs: READ_MS, ...(signal && { signal }) });
  if (!reply.ok) return reply;
  const json = jsonOf(reply.value.text, host);
  if (!json.ok) return json;
  const server = {
    version: reply.value.header('x-cpa-version'),
    supportsPlugins: reply.value.header('x-cpa-support-plugin') !== null,
  };
  const config = readConfig(json.value, server);
  return config ? ok(config) : fail({ code: 'reply-shape', host });
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

const indexedSchema = v.array(
  openObject({
    'auth-index': v.optional(v.string()),
    'api-key-entries': v.nullish(v.array(openObject({ 'auth-index': v.optional(v.string()) }))),
  }),
);

/** The `auth-index` of each key of one entry (CLIProxyAPI 7.2); empty where the server gives none. */
export async function readAuthIndexes(
  send: SendManagement,
  host: string,
  list: ListName,
  index: number,
): Promise<(string | undefined)[]> {
  const reply = await send({ method: 'GET', path: `/${list}`, timeoutMs: READ_MS });
  const json = reply.ok ? jsonOf(reply.value.text, host) : reply;
  const entries = json.ok ? (json.value as Record<string, unknown> | null)?.[list] : undefined;
  const parsed = v.safeParse(indexedSchema, entries);
  const entry = parsed.success ? parsed.output[index] : undefined;
  return (entry?.['api-key-entries'] ?? [entry]).map((key) => key?.['auth-index']);
}

/**
 * Carries out one change with one write. A changed entry goes by PATCH with only its changed fields where it can be
 * named and they can be patched: other entries are then not even sent. A provider that goes is deleted by its name, if
 * that is unique; an entry that is a key could only be deleted with the key in the URL. All else is a PUT of the list.
 */
export function writeChange(
  send: SendManagement,
  change: EntryChange,
  signal?: AbortSignal,
): Promise<Result<HttpReply>> {
  const { list, before, after, providers, whole } = change;
  if (whole) return putProviders(send, list, providers, signal);
  const value = patchOf(change);
  const match = before && value ? matchOf(list, providers, before) : undefined;
  if (match) return write(send, list, { method: 'PATCH', body: { ...match, value } }, signal);
  const name = before?.name ?? '';
  const unique = before !== null && isUniqueName([...providers, before], name);
  return after === null && unique && !listTraits(list).keyPerEntry
    ? deleteProvider(send, name, signal)
    : putProviders(send, list, providers, signal);
}

/** The changed fields, if all of them can be patched: those that go cannot (absent means "leave alone" there). */
function patchOf({ list, kind, after, fields }: EntryChange): Record<string, unknown> | undefined {
  if (kind !== 'update' || after === null || fields.length === 0) return undefined;
  const { patchable } = listTraits(list);
  const set = (field: string): boolean => after[field] !== undefined && after[field] !== null;
  if (!fields.every((field) => patchable.has(field) && set(field))) return undefined;
  return Object.fromEntries(fields.map((field) => [field, after[field]]));
}

/** How PATCH finds the entry: by its name, or by its key, and only where no other could be meant. */
function matchOf(
  list: ListName,
  providers: readonly Provider[],
  before: Provider,
): { name: string } | { match: string } | undefined {
  if (!listTraits(list).keyPerEntry) {
    const name = before.name ?? '';
    return isUniqueName(providers, name) ? { name } : undefined;
  }
  const key = before['api-key']?.trim() ?? '';
  const alike = providers.filter((provider) => apiKeyOf(provider) === key);
  return key !== '' && alike.length === 1 ? { match: key } : undefined;
}

/**
 * The whole list. Where every entry must have a base URL, one without is dropped, and a list of such is cleared
 * with a 200 (CLIProxyAPI 7.2): a list that does not hold that is a bug, and nothing is sent.
 */
export function putProviders(
  send: SendManagement,
  list: ListName,
  providers: readonly Provider[],
  signal?: AbortSignal,
): Promise<Result<HttpReply>> {
  const { official, keyPerEntry } = listTraits(list);
  if (!official && !providers.every((provider) => provider['base-url']?.trim()))
    throw new Error('a provider has no base URL');
  // Entries of another list would be stored as empty ones.
  if (keyPerEntry && providers.some((provider) => 'api-key-entries' in provider || 'name' in provider))
    throw new Error('an entry is of another list');
  return write(send, list, { method: 'PUT', body: providers }, signal);
}

/** Removes the entry of that name, which must be unique: the server removes all of a name. */
export function deleteProvider(
  send: SendManagement,
  name: string,
  signal?: AbortSignal,
): Promise<Result<HttpReply>> {
  const query = `?name=${encodeURIComponent(name)}`;
  return write(send, 'openai-compatibility', { method: 'DELETE', query }, signal);
}

/** PATCH trims the name that it is given and takes the first hit; DELETE does neither. */
function isUniqueName(providers: readonly Provider[], name: string): boolean {
  return (
    name !== '' &&
    name === name.trim() &&
    providers.filter((provider) => nameOf(provider) === name).length === 1
  );
}

function write(
  send: SendManagement,
  list: ListName,
  call: { method: 'PUT' | 'PATCH' | 'DELETE'; body?: unknown; query?: string },
  signal: AbortSignal | undefined,
): Promise<Result<HttpReply>> {
  const { method, body, query = '' } = call;
  return send({
    method,
    path: `/${list}${query}`,
    ...(body !== undefined && { body }),
    timeoutMs: WRITE_MS,
    ...(signal && { signal }),
  });
}

const registrySchema = openObject({ models: v.nullish(v.array(openObject({ id: v.string() }))) });

/** Which IDs the registry lists for one credential (CLIProxyAPI 7.2). Nothing registered is an empty set. */
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

/** A request that the proxy sends from its own place in the network (CLIProxyAPI 7.2). 502: it got no answer. */
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
