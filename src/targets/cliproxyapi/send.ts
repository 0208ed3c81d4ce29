import * as v from 'valibot';
import { parseJson } from '../../core/json';
import { fail, ok, type Result } from '../../core/failures/result';
import type { HttpReply } from '../../ports/http';

const READ_MS = 10_000;
export const WRITE_MS = 30_000;

export interface ManagementCall {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Behind `/v0/management`, or with `v8` behind `/v8/management`. */
  path: string;
  v8?: boolean;
  /** That nothing is there is an answer, and no failure: 8.x says so with a 404 of its own. */
  absentOk?: boolean;
  /** Goes as JSON; a text as it is. */
  body?: object | string;
  /** The revision that the write is based on, where the server gave one. */
  ifMatch?: string | null;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

/** Sends one call with the management key; 2xx replies only, all others are failures. */
export type SendManagement = (call: ManagementCall) => Promise<Result<HttpReply>>;

/** A call that only reads. */
export const reading = (path: string, signal?: AbortSignal): ManagementCall => ({
  method: 'GET',
  path,
  timeoutMs: READ_MS,
  signal,
});

/** Sends one call and reads its JSON; a reply of another shape is never taken for an empty one. */
export async function askJson<S extends v.GenericSchema>(
  send: SendManagement,
  host: string,
  call: ManagementCall,
  schema: S,
): Promise<Result<v.InferOutput<S>>> {
  const reply = await send(call);
  if (!reply.ok) return reply;
  const json = jsonOf(reply.value.text, host);
  if (!json.ok) return json;
  const parsed = v.safeParse(schema, json.value);
  return parsed.success ? ok(parsed.output) : fail({ code: 'reply-shape', host });
}

/** The JSON of a reply, or what it is instead: a web page, or another text. */
export function jsonOf(text: string, host: string): Result<unknown> {
  try {
    return ok(parseJson(text));
  } catch {
    return fail(/^\s*</.test(text) ? { code: 'reply-html', host } : { code: 'reply-not-json', host });
  }
}
