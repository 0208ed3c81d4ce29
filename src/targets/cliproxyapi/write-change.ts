import * as v from 'valibot';
import type { EntryChange } from '../../core/cliproxyapi/entry-change';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import { apiKeyOf, nameOf, type Provider } from '../../core/cliproxyapi/provider';
import { fail, ok, type Result } from '../../core/failures/result';
import type { HttpReply } from '../../ports/http';
import { jsonOf, WRITE_MS, type ManagementCall, type SendManagement } from './send';

/** CLIProxyAPI's own answer to a write that it made: `{"status":"ok"}`, on every version (run on 6.6 to 7.2). */
const made = v.object({ status: v.literal('ok') });

/**
 * Carries out one change with one write; fails with `reply-html`, `reply-not-json` or `reply-shape` where a 2xx is not
 * CLIProxyAPI's own, and then the write may have been made nevertheless. `host`: of CLIProxyAPI.
 */
export async function writeChange(
  send: SendManagement,
  host: string,
  change: EntryChange,
  signal?: AbortSignal,
): Promise<Result<true>> {
  const reply = await sendChange(send, change, signal);
  if (!reply.ok) return reply;
  const json = jsonOf(reply.value.text, host);
  if (!json.ok) return json;
  return v.is(made, json.value) ? ok(true) : fail({ code: 'reply-shape', host });
}

/**
 * One write. A changed entry goes by PATCH with only its changed fields where it can be
 * named and they can be patched: other entries are then not even sent. A provider that goes is deleted by its name, if
 * that is unique; an entry that is a key could only be deleted with the key in the URL. All else is a PUT of the list.
 */
function sendChange(
  send: SendManagement,
  change: EntryChange,
  signal?: AbortSignal,
): Promise<Result<HttpReply>> {
  const { list, before, after, providers, whole } = change;
  if (whole) return putProviders(send, list, providers, signal);
  const value = patchOf(change);
  const match = before && value ? matchOf(list, providers, before) : undefined;
  if (match) return send({ ...writing('PATCH', list, signal), body: { ...match, value } });
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
  return send({ ...writing('PUT', list, signal), body: providers });
}

/** Removes the entry of that name, which must be unique: the server removes all of a name. */
export function deleteProvider(
  send: SendManagement,
  name: string,
  signal?: AbortSignal,
): Promise<Result<HttpReply>> {
  return send(writing('DELETE', `openai-compatibility?name=${encodeURIComponent(name)}`, signal));
}

/** PATCH trims the name that it is given and takes the first hit; DELETE does neither. */
function isUniqueName(providers: readonly Provider[], name: string): boolean {
  return (
    name !== '' &&
    name === name.trim() &&
    providers.filter((provider) => nameOf(provider) === name).length === 1
  );
}

const writing = (
  method: ManagementCall['method'],
  path: string,
  signal: AbortSignal | undefined,
): ManagementCall => ({ method, path: `/${path}`, timeoutMs: WRITE_MS, signal });
