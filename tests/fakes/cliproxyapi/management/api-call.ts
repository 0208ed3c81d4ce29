import { orInvalid, parse, firstValue, Refusal } from './lists.ts';
import { ok, refused, type Reply } from '../reply.ts';
import { OutgoingError, readAll, sendOut } from '../serving/outgoing.ts';
import { decodeStruct, type Struct } from './schema.ts';
import type { Store } from '../store.ts';
import type { Credential } from '../serving/registry.ts';

const BODY: Struct = [
  { name: 'auth_index', kind: 'string' },
  { name: 'authIndex', kind: 'string' },
  { name: 'method', kind: 'string' },
  { name: 'url', kind: 'string' },
  { name: 'proxy_url', kind: 'string' },
  { name: 'header', kind: 'map' },
  { name: 'data', kind: 'string' },
];

const TOKEN = '$TOKEN$';

/** Fetches for the client from where the server stands. The answer is 200 whatever the other side said. */
export async function callForClient(store: Store, body: string): Promise<Reply> {
  try {
    const call = decodeCall(body);
    const credential = store.registry.byIndex(call.authIndex);
    const headers = withToken(call.headers, credential);
    const proxyUrl = call.proxyUrl || credential?.proxyUrl || '';
    const answer = await sendOut({ ...call, headers, proxyUrl });
    return ok({ status_code: answer.status, header: answer.headers, body: await readAll(answer.body) });
  } catch (error) {
    if (error instanceof Refusal) return refused(error.status, error.message);
    if (error instanceof OutgoingError) return refused(502, 'request failed');
    return refused(502, 'failed to read response');
  }
}

function decodeCall(body: string) {
  const value = orInvalid(() => decodeStruct(BODY, parse(firstValue(body))));
  const textOf = (name: string): string => (value[name] as string).trim();
  const method = textOf('method').toUpperCase();
  const url = textOf('url');
  if (method === '') throw new Refusal(400, 'missing method');
  if (url === '') throw new Refusal(400, 'missing url');
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#]/i.test(url)) throw new Refusal(400, 'invalid url');
  const proxyUrl = textOf('proxy_url');
  if (!/^(|direct|none|(https?|socks5h?):\/\/.+)$/i.test(proxyUrl))
    throw new Refusal(400, 'invalid proxy_url');
  if (!/^[!#$%&'*+.^_`|~0-9A-Z-]+$/.test(method)) throw new Refusal(400, 'failed to build request');
  return {
    method,
    url,
    proxyUrl,
    authIndex: textOf('auth_index') || textOf('authIndex'),
    headers: (value['header'] ?? {}) as Record<string, string>,
    body: (value['data'] as string) || undefined,
  };
}

/** Without a credential the placeholder goes out as it stands. */
function withToken(
  headers: Record<string, string>,
  credential: Credential | undefined,
): Record<string, string> {
  if (!credential) return headers;
  const pairs = Object.entries(headers).map(([name, value]) => {
    if (!value.includes(TOKEN)) return [name, value] as const;
    if (credential.key === '') throw new Refusal(400, 'auth token not found');
    return [name, value.replaceAll(TOKEN, () => credential.key)] as const;
  });
  return Object.fromEntries(pairs);
}
