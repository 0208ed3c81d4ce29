import * as v from 'valibot';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { ok, type Result } from '../../core/failures/result';
import { openObject } from '../../core/shapes';
import { askJson, reading, type SendManagement } from './send';

const registrySchema = openObject({ models: v.nullish(v.array(openObject({ id: v.string() }))) });

/** Which IDs the registry lists for one credential (CLIProxyAPI 7.2). Nothing registered is an empty set. */
export async function readRegistry(
  send: SendManagement,
  host: string,
  credentialId: string,
  signal?: AbortSignal,
): Promise<Result<Set<string>>> {
  const path = `/auth-files/models?name=${encodeURIComponent(credentialId)}`;
  const reply = await askJson(send, host, reading(path, signal), registrySchema);
  return reply.ok ? ok(new Set((reply.value.models ?? []).map((model) => model.id))) : reply;
}

const indexedEntrySchema = openObject({
  'auth-index': v.optional(v.string()),
  'api-key-entries': v.nullish(v.array(openObject({ 'auth-index': v.optional(v.string()) }))),
});

/** The `auth-index` of each key of one entry (CLIProxyAPI 7.2); empty where the server gives none. */
export async function readAuthIndexes(
  send: SendManagement,
  host: string,
  list: ListName,
  index: number,
): Promise<(string | undefined)[]> {
  const schema = v.object({ [list]: v.array(indexedEntrySchema) });
  const reply = await askJson(send, host, reading(`/${list}`), schema);
  const entry = reply.ok ? reply.value[list]?.[index] : undefined;
  return (entry?.['api-key-entries'] ?? [entry]).map((key) => key?.['auth-index']);
}
