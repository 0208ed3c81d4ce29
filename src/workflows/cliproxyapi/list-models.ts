import { hostOf, modelsUrl, parseHttpUrl } from '../../core/base-url';
import { hostPattern } from '../../core/cliproxyapi/management-url';
import type { ListedModels } from '../../core/import/opened';
import { fail, ok, type Result } from '../../core/result';
import { readModels } from '../../relays/read-models';
import { noRelayReply } from '../../relays/relay-reply';
import { callThroughProxy } from '../../targets/cliproxyapi/api-call';
import type { Management } from './open-management';
import type { Ports } from '../ports';

const TIMEOUT_MS = 10_000;

/**
 * The relay's `/v1/models` with the key: one request, to the saved base URL only. Where the browser may not reach the
 * relay, or cannot, CLIProxyAPI asks instead; it will need to reach the relay anyway. `door` is only opened for that,
 * and may wait until the management key has been accepted once: refusals that arrive side by side count side by side.
 */
export async function listModels(
  ports: Pick<Ports, 'http' | 'hosts'>,
  door: () => Promise<Result<Management>>,
  baseUrl: string,
  key: string,
  signal?: AbortSignal,
): Promise<Result<ListedModels>> {
  const url = parseHttpUrl(baseUrl);
  if (!url) return fail({ code: 'bad-url', text: baseUrl.slice(0, 80) });
  const host = hostOf(baseUrl);
  if (!(await ports.hosts.granted(hostPattern(url)))) {
    const management = await door();
    return management.ok
      ? throughProxy(management.value, baseUrl, key, signal)
      : fail({ code: 'relay-permission', host });
  }
  const reply = await ports.http.send({
    method: 'GET',
    url: modelsUrl(baseUrl),
    headers: { Authorization: `Bearer ${key}`, Accept: 'application/json' },
    timeoutMs: TIMEOUT_MS,
    ...(signal && { signal }),
  });
  if (!reply.ok) {
    const management = reply.failure.code === 'unreachable' ? await door() : undefined;
    return management?.ok
      ? throughProxy(management.value, baseUrl, key, signal)
      : fail(noRelayReply(reply.failure));
  }
  const answer = { ...reply.value, retryAfter: reply.value.header('retry-after') };
  const names = readModels(answer, host, [key]);
  return names.ok ? ok({ names: names.value, via: 'browser' }) : names;
}

/**
 * CLIProxyAPI follows redirects, as it will when it serves the key; to another host name it goes without the key (Go's
 * HTTP client drops `Authorization`; seen at 7.2.140), to another port of the same host with it.
 */
async function throughProxy(
  management: Management,
  baseUrl: string,
  key: string,
  signal: AbortSignal | undefined,
): Promise<Result<ListedModels>> {
  const host = hostOf(baseUrl);
  const request = {
    method: 'GET' as const,
    url: modelsUrl(baseUrl),
    header: { Authorization: `Bearer ${key}`, Accept: 'application/json' },
  };
  const answer = await callThroughProxy(management.send, management.url.host, request, signal);
  if (!answer.ok) {
    const noAnswer = answer.failure.code === 'server-error' && answer.failure.status === 502;
    return noAnswer ? fail({ code: 'relay-via-proxy', host }) : answer;
  }
  const names = readModels(answer.value, host, [key]);
  return names.ok ? ok({ names: names.value, via: 'proxy' }) : names;
}
