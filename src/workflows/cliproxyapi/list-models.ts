import { badUrl, hostOf, modelsUrl, parseHttpUrl } from '../../core/base-url';
import { hostPattern } from '../../core/connection/management-url';
import type { ListedModels } from '../../core/import/opened';
import { fail, ok, type Result } from '../../core/failures/result';
import { readModels } from '../../relays/read-models';
import { noRelayReply } from '../../relays/relay-reply';
import { callThroughProxy } from '../../targets/cliproxyapi/api-call';
import type { Management } from '../connection/open-management';
import type { Ports } from '../ports';

const TIMEOUT_MS = 10_000;

/**
 * Who may ask a relay: this browser only, or, where it may not or cannot, the CLIProxyAPI that the key is to go into,
 * which has to reach the relay anyway. The client is only opened for that, and may wait until the management key has
 * been accepted once: refusals of parallel requests all count.
 */
export type Way = 'browser' | (() => Promise<Result<Management>>);

/** The relay's `/v1/models` with the key: one request, to this base URL only. `relay-permission`: nobody may ask there. */
export async function listModels(
  ports: Pick<Ports, 'http' | 'hosts'>,
  way: Way,
  baseUrl: string,
  key: string,
  signal?: AbortSignal,
): Promise<Result<ListedModels>> {
  const url = parseHttpUrl(baseUrl);
  if (!url) return fail(badUrl(baseUrl));
  const host = hostOf(baseUrl);
  const request = {
    method: 'GET',
    url: modelsUrl(baseUrl),
    headers: { Authorization: `Bearer ${key}`, Accept: 'application/json' },
  } as const;
  const isAllowed = await ports.hosts.granted(hostPattern(url));
  const reply = isAllowed ? await ports.http.send({ ...request, timeoutMs: TIMEOUT_MS, signal }) : undefined;
  if (reply?.ok) {
    const answer = { ...reply.value, retryAfter: reply.value.header('retry-after') };
    const names = readModels(answer, host, [key]);
    return names.ok ? ok({ names: names.value, via: 'browser' }) : names;
  }
  const unreached = !reply || reply.failure.code === 'unreachable';
  const management = unreached && way !== 'browser' ? await way() : undefined;
  if (management?.ok) return throughProxy(management.value, host, request, key, signal);
  return fail(reply ? noRelayReply(reply.failure) : { code: 'relay-permission', host });
}

/**
 * CLIProxyAPI follows redirects, as it will when it serves the key; to another host name it goes without the key (Go's
 * HTTP client drops `Authorization`; seen at 7.2.140), to another port of the same host with it.
 */
async function throughProxy(
  { send, url: { host: proxyHost } }: Management,
  host: string,
  { method, url, headers: header }: { method: 'GET'; url: string; headers: Record<string, string> },
  key: string,
  signal: AbortSignal | undefined,
): Promise<Result<ListedModels>> {
  const answer = await callThroughProxy(send, proxyHost, { method, url, header }, signal);
  if (!answer.ok) {
    const noAnswer = answer.failure.code === 'server-error' && answer.failure.status === 502;
    return noAnswer ? fail({ code: 'relay-via-proxy', host }) : answer;
  }
  const names = readModels(answer.value, host, [key]);
  return names.ok ? ok({ names: names.value, via: 'proxy' }) : names;
}
