import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { hostPattern } from '../../core/cliproxyapi/management-url';
import { parseHttpUrl } from '../../core/base-url';
import type { ChatTally } from '../../core/cliproxyapi/card';
import type { ChatRequest } from '../../core/cliproxyapi/lists/list-traits';
import type { KeyPlace } from '../../core/cliproxyapi/provider-list';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import { apiKeyOf, baseUrlOf } from '../../core/cliproxyapi/provider';
import type { ModelVerdict } from '../../core/cliproxyapi/verdict';
import { callThroughProxy, readAuthIndexes } from '../../targets/cliproxyapi/management';
import { fewAtOnce } from '../few-at-once';
import type { Management } from './open-management';
import type { Ports } from '../ports';

const TIMEOUT_MS = 60_000;
const AT_ONCE = 2;

interface ChatsRequest {
  config: ProxyConfig;
  place: KeyPlace;
  models: readonly ModelVerdict[];
  signal: AbortSignal;
}

type Outcome =
  | { kind: 'answered' }
  | { kind: 'by-other' }
  | { kind: 'by-unknown' }
  | { kind: 'failed'; at: 'relay' | 'proxy'; status: number };

/**
 * One tiny chat per served model: at the relay first, and only if it answers there through the proxy, since one
 * refusal upstream makes the proxy drop the model for a while (seen on running servers). `X-CPA-TRACE-ID` tells which
 * credential answered. Costs tokens; only at the user's word.
 */
export async function tryChats(
  ports: Pick<Ports, 'http' | 'hosts'>,
  management: Management,
  request: ChatsRequest,
): Promise<ChatTally> {
  const { place, signal } = request;
  const indexes = await readAuthIndexes(management.send, management.url.host, place.list, place.index);
  const own = indexes[place.keyIndex];
  const served = request.models.filter((model) => model.served);
  const tally: ChatTally = { tried: 0, answered: 0, byOther: 0, byUnknown: 0, failed: null };
  await fewAtOnce(served, AT_ONCE, async (model) => {
    if (signal.aborted) return;
    tally.tried++;
    const outcome = await tryModel(ports, management, request, model, own);
    if (outcome.kind === 'answered') tally.answered++;
    else if (outcome.kind === 'by-other') tally.byOther++;
    else if (outcome.kind === 'by-unknown') tally.byUnknown++;
    else tally.failed ??= { alias: model.alias, at: outcome.at, status: outcome.status };
  });
  return tally;
}

async function tryModel(
  ports: Pick<Ports, 'http' | 'hosts'>,
  management: Management,
  { config, place, signal }: ChatsRequest,
  model: ModelVerdict,
  own: string | undefined,
): Promise<Outcome> {
  const provider = place.providers[place.index]!;
  const key = apiKeyOf(provider, place.keyIndex);
  const chat = listTraits(place.list).chat(baseUrlOf(provider), key, model.name);
  const atRelay = await chatAtRelay(ports, management, chat, signal);
  if (atRelay !== 200) return { kind: 'failed', at: 'relay', status: atRelay };
  const proxyKey = config.proxyKeys[0];
  const reply = await ports.http.send({
    method: 'POST',
    url: `${management.url.root}/v1/chat/completions`,
    headers: { 'Content-Type': 'application/json', ...(proxyKey && { Authorization: `Bearer ${proxyKey}` }) },
    body: chatBody(model.alias),
    timeoutMs: TIMEOUT_MS,
    signal,
  });
  if (!reply.ok) return { kind: 'failed', at: 'proxy', status: 0 };
  if (reply.value.status !== 200) return { kind: 'failed', at: 'proxy', status: reply.value.status };
  const answeredBy = /^\d{14}-([0-9a-f]{16})-/.exec(reply.value.header('x-cpa-trace-id') ?? '')?.[1];
  if (!own || !answeredBy) return { kind: 'by-unknown' };
  return { kind: own === answeredBy ? 'answered' : 'by-other' };
}

const chatBody = (model: string): string =>
  JSON.stringify({ model, messages: [{ role: 'user', content: 'Hi' }], max_tokens: 1, stream: false });

/** The status of a chat that the relay itself was asked for; 0 without an answer, 502 for one that is no chat. */
async function chatAtRelay(
  ports: Pick<Ports, 'http' | 'hosts'>,
  management: Management,
  chat: ChatRequest,
  signal: AbortSignal,
): Promise<number> {
  const { url } = chat;
  const headers = { 'Content-Type': 'application/json', ...chat.headers };
  const body = JSON.stringify(chat.body);
  const parsed = parseHttpUrl(url);
  const direct = parsed && (await ports.hosts.granted(hostPattern(parsed)));
  const reply = direct
    ? await ports.http.send({ method: 'POST', url, headers, body, timeoutMs: TIMEOUT_MS, signal })
    : await callThroughProxy(
        management.send,
        management.url.host,
        { method: 'POST', url, header: headers, data: body },
        signal,
      );
  if (!reply.ok) return 0;
  if (reply.value.status !== 200) return reply.value.status;
  return isAnswer(reply.value.text, chat.answer) ? 200 : 502;
}

function isAnswer(text: string, field: string): boolean {
  try {
    return Array.isArray((JSON.parse(text) as Record<string, unknown> | null)?.[field]);
  } catch {
    return false;
  }
}
