import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isJson } from '../management/lists.ts';
import { headersOf, text } from '../management/normalise.ts';
import { OutgoingError, readAll, sendOut, type Incoming, type Outgoing } from './outgoing.ts';
import { isCallersFault, recordFailure, recordSuccess } from './outcome.ts';
import { toJson, type Reply, type Request } from '../reply.ts';
import { attemptsOf, inOrder, nobodyReady, routeModel, stateBlocking } from './selection.ts';
import type { Attempt, RouteModel, Turns } from './selection.ts';
import type { Credential, Registry } from './registry.ts';
import { firstLine, streamed } from './sse.ts';
import type { JsonObject } from '../types.ts';

const TYPE = { 'Content-Type': 'application/json' };
const LEVELS = ['minimal', 'low', 'medium', 'high', 'xhigh'];

const failure = (status: number, error: object, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { ...TYPE, ...headers },
  body: toJson({ error }),
});

/** Forwards a chat to the provider that serves the model, trying its credentials until one answers. */
export async function chat(
  registry: Registry,
  turns: Turns,
  request: Request,
  traced: boolean,
): Promise<Reply> {
  const body = bodyOf(request);
  const named = body['model'] ?? '';
  const requested = typeof named === 'string' ? named : JSON.stringify(named);
  const route = routeModel(registry, requested);
  if (!route) {
    const message = `unknown provider for model ${requested.trim()}`;
    return failure(400, { message, type: 'invalid_request_error', code: 'model_not_found', param: 'model' });
  }
  const serving = registry.serving(route.id);
  let last: Reply | undefined;
  for (const credential of inOrder(serving, route.id, turns, registry.generation)) {
    const trace: Record<string, string> = traced ? { 'X-CPA-TRACE-ID': traceId(credential.authIndex) } : {};
    const all = attemptsOf(credential, route.id, turns);
    const open = all.filter(({ stateKey }) => !stateBlocking(credential, stateKey));
    if (open.length === 0) last = failure(503, poolBlocked(credential.provider, route.id), trace);
    for (const attempt of open) {
      const { reply, final } = await tryOne(attempt, body, route, request.headers);
      last = { ...reply, headers: { ...reply.headers, ...trace } };
      if (final) return last;
    }
  }
  if (last) return last;
  const { status, error } = nobodyReady(serving, route.id);
  return failure(status, error);
}

function bodyOf(request: Request): JsonObject {
  const value: unknown = isJson(request.body) ? JSON.parse(request.body) : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

const poolBlocked = (provider: string, model: string): object => ({
  message: `auth_not_found: no auth available (providers=${provider}, model=${model})`,
  type: 'server_error',
  code: 'internal_server_error',
});

interface Outcome {
  reply: Reply;
  /** No other credential is asked after this. */
  final: boolean;
}

async function tryOne(
  attempt: Attempt,
  body: JsonObject,
  route: RouteModel,
  caller: IncomingHttpHeaders,
): Promise<Outcome> {
  if (attempt.credential.family !== 'openai-compatibility') return notImitated(attempt);
  try {
    const answer = await sendOut(outgoing(attempt, body, route, caller));
    if (answer.status >= 200 && answer.status < 300) {
      return body['stream'] === true ? await stream(attempt, answer) : await whole(attempt, answer);
    }
    const problem = await readAll(answer.body);
    recordFailure(attempt, answer.status, problem);
    return { reply: upstreamFailure(answer.status, problem), final: isCallersFault(answer.status, problem) };
  } catch (error) {
    const message = error instanceof OutgoingError ? error.message : 'unexpected EOF';
    recordFailure(attempt, 500, message);
    return { reply: failure(500, errorBody(500, message)), final: false };
  }
}

function notImitated({ credential }: Attempt): Outcome {
  const message = `chats through ${credential.family} are not imitated`;
  return { reply: failure(501, { message, type: 'not_imitated' }), final: true };
}

function outgoing(
  { credential, upstreamModel }: Attempt,
  body: JsonObject,
  { suffix }: RouteModel,
  caller: IncomingHttpHeaders,
): Outgoing {
  const sent: JsonObject = { ...body, model: upstreamModel };
  const streaming = body['stream'] === true;
  if (LEVELS.includes(suffix)) sent['reasoning_effort'] = suffix;
  if (streaming) sent['stream_options'] = { include_usage: true };
  return {
    method: 'POST',
    // As it is stored: nothing is added to an address that lacks its /v1.
    url: `${credential.baseUrl.replace(/\/$/, '')}/chat/completions`,
    headers: headersTo(credential, caller, streaming),
    body: JSON.stringify(sent),
    proxyUrl: credential.proxyUrl,
  };
}

/** Configured headers override; a value that starts with `$` names a header of the caller to copy. */
function headersTo(
  credential: Credential,
  caller: IncomingHttpHeaders,
  streaming: boolean,
): Record<string, string> {
  const headers = new Map<string, [string, string]>();
  const set = (name: string, value: string): unknown => headers.set(name.toLowerCase(), [name, value]);
  set('Content-Type', 'application/json');
  set('User-Agent', 'cli-proxy-openai-compat');
  if (credential.key !== '') set('Authorization', `Bearer ${credential.key}`);
  for (const [name, value] of Object.entries(headersOf(credential.entry))) {
    const copied = value.startsWith('$') ? caller[value.slice(1).toLowerCase()] : value;
    if (copied !== undefined) set(name, String(copied));
  }
  if (streaming) {
    set('Accept', 'text/event-stream');
    set('Cache-Control', 'no-cache');
  }
  return Object.fromEntries(headers.values());
}

async function whole(attempt: Attempt, answer: Incoming): Promise<Outcome> {
  const body = await readAll(answer.body);
  recordSuccess(attempt);
  const forced = forcedName(attempt);
  const rewritten = forced !== undefined && isJson(body);
  return {
    reply: { status: 200, headers: TYPE, body: rewritten ? rewriteModel(body, forced) : body },
    final: true,
  };
}

/** A stream is only begun when its first event has come; what fails before is a failed attempt. */
async function stream(attempt: Attempt, answer: Incoming): Promise<Outcome> {
  const events = await firstLine(answer.body);
  if (events === undefined) {
    const message = 'empty_stream: upstream stream closed before first payload';
    recordFailure(attempt, 500, message);
    return { reply: failure(500, errorBody(500, message)), final: false };
  }
  recordSuccess(attempt);
  const forced = forcedName(attempt);
  return {
    reply: streamed(events, (data) => (forced === undefined ? data : rewriteModel(data, forced))),
    final: true,
  };
}

/** With `force-mapping` the answer names the alias; else it names what the other side calls the model. */
function forcedName({ model }: Attempt): string | undefined {
  return model?.['force-mapping'] === true ? text(model, 'alias').trim() || undefined : undefined;
}

function rewriteModel(data: string, name: string): string {
  if (!isJson(data)) return data;
  const value = JSON.parse(data) as JsonObject | null;
  return value && 'model' in value ? JSON.stringify({ ...value, model: name }) : data;
}

/** JSON is passed on as it came; anything else becomes the message of an error in the server's own form. */
function upstreamFailure(status: number, body: string): Reply {
  if (isJson(body)) return { status, headers: TYPE, body };
  return failure(status, errorBody(status, body || `status ${status}`));
}

function errorBody(status: number, message: string): object {
  if (status >= 500) return { message, type: 'server_error', code: 'internal_server_error' };
  const special: Record<number, { type: string; code: string }> = {
    401: { type: 'authentication_error', code: 'invalid_api_key' },
    403: { type: 'permission_error', code: 'insufficient_quota' },
    404: { type: 'invalid_request_error', code: 'model_not_found' },
    429: { type: 'rate_limit_error', code: 'rate_limit_exceeded' },
  };
  return { message, ...(special[status] ?? { type: 'invalid_request_error' }) };
}

/** Names the credential that answered: time, auth-index, and something that makes it unique. */
function traceId(authIndex: string): string {
  const now = new Date();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return `${local.toISOString().slice(0, 19).replace(/\D/g, '')}-${authIndex}-${randomBytes(4).toString('hex')}`;
}
