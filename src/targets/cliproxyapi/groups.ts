import * as v from 'valibot';
import { readGroups, type Group, type GroupFamily, type GroupsRead } from '../../core/cliproxyapi/v8/groups';
import { fail, ok, type Result } from '../../core/failures/result';
import { openObject } from '../../core/shapes';
import type { HttpReply } from '../../ports/http';
import { isAbsent } from './classify-reply';
import { askJson, jsonOf, reading, WRITE_MS, type SendManagement } from './send';

const PATH = '/config/api-keys';

/** The groups of the file, and the revision that a write of them is to name: only a fork of 8.x has one. */
export interface FileGroups extends GroupsRead {
  etag: string | null;
}

/**
 * `GET /v8/management/config/api-keys` (CLIProxyAPI 8.0): what is in the file, whatever is loaded. A 404 of its own means
 * that there is nothing; an empty answer is a failure, since some files cannot be shown.
 */
export async function readFileGroups(
  send: SendManagement,
  host: string,
  signal?: AbortSignal,
): Promise<Result<FileGroups>> {
  const reply = await send({ ...reading(PATH, signal), v8: true, absentOk: true });
  if (!reply.ok) return reply;
  const json = nodeOf(reply.value, host);
  if (!json.ok) return json;
  const read = readGroups(json.value ?? {});
  return read ? ok({ ...read, etag: reply.value.header('etag') }) : fail({ code: 'reply-shape', host });
}

/** A node of the file as JSON; undefined: it is not there. 8.x answers with nothing where JSON cannot show it. */
export function nodeOf(reply: HttpReply, host: string): Result<unknown> {
  if (isAbsent(reply)) return ok(undefined);
  return reply.text.trim() === '' ? fail({ code: 'file-not-shown' }) : jsonOf(reply.text, host);
}

const made = openObject({ status: v.literal('ok') });

/**
 * Writes whole families with one PATCH; those that are not named stay (CLIProxyAPI 8.0). Fails with `list-changed` where
 * the server has another revision by now: then nothing was written.
 */
export async function writeFileGroups(
  send: SendManagement,
  host: string,
  { families, etag }: { families: Partial<Record<GroupFamily, readonly Group[]>>; etag: string | null },
  signal?: AbortSignal,
): Promise<Result<true>> {
  const call = { method: 'PATCH', path: PATH, v8: true, body: families, ifMatch: etag, signal } as const;
  const reply = await askJson(send, host, { ...call, timeoutMs: WRITE_MS }, made);
  if (reply.ok) return ok(true);
  const { failure } = reply;
  const isOther = failure.code === 'rejected' && REVISION.has(failure.status);
  return fail(isOther ? { code: 'list-changed' } : failure);
}

/** Conflict, and a revision that is not the present one, or that was not named. */
const REVISION = new Set([409, 412, 428]);
