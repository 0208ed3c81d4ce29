import * as v from 'valibot';
import { ok, type Result } from '../../core/failures/result';
import { mapOf, openObject } from '../../core/shapes';
import type { RelayAnswer } from '../../relays/relay-reply';
import { askJson, WRITE_MS, type SendManagement } from './send';

const apiCallSchema = openObject({
  status_code: v.number(),
  header: v.nullish(mapOf(v.array(v.string()))),
  body: v.string(),
});

/**
 * Has CLIProxyAPI send a request from its own place in the network (CLIProxyAPI 7.2, fixture `requests/api-call`). The
 * failure `server-error` with status 502 means that it got no answer.
 */
export async function callThroughProxy(
  send: SendManagement,
  host: string,
  request: { method: 'GET' | 'POST'; url: string; header: Record<string, string>; data?: string },
  signal?: AbortSignal,
): Promise<Result<RelayAnswer>> {
  const call = { method: 'POST', path: '/api-call', body: request, timeoutMs: WRITE_MS, signal } as const;
  const reply = await askJson(send, host, call, apiCallSchema);
  if (!reply.ok) return reply;
  const { status_code: status, body: text, header } = reply.value;
  const [, retryAfter] =
    Object.entries(header ?? {}).find(([name]) => name.toLowerCase() === 'retry-after') ?? [];
  return ok({ status, text, retryAfter: retryAfter?.[0] ?? null });
}
