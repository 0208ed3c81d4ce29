import { hostPattern } from '../../core/connection/management-url';
import { hostOf, parseHttpUrl } from '../../core/base-url';
import type { ChatTally } from '../../core/cliproxyapi/card';
import type { ChatRequest } from '../../core/cliproxyapi/lists/list-traits';
import { entryAt } from '../../core/cliproxyapi/provider-list';
import { headersByProxy } from '../../core/cliproxyapi/lists/chat-headers';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import { apiKeyOf, baseUrlOf } from '../../core/cliproxyapi/provider';
import { jsonOrUndefined } from '../../core/json';
import { isUnusable } from '../../core/cliproxyapi/unusable';
import type { ModelVerdict } from '../../core/cliproxyapi/verdict';
import { callThroughProxy } from '../../targets/cliproxyapi/api-call';
import { readAuthIndexes } from '../../targets/cliproxyapi/read-registry';
import { fewAtOnce } from '../few-at-once';
import type { Management } from '../connection/open-management';
import type { Ports } from '../ports';
import type { ProofRequest } from './prove';

const TIMEOUT_MS = 60_000;
const AT_ONCE = 2;

interface ChatsRequest extends Pick<ProofRequest, 'config' | 'place' | 'signal'> {
  models: readonly ModelVerdict[];
}

/** How one chat ended; `by`: the credential that answered through the proxy, if it said so. */
type Outcome =
  | { by: string | undefined }
  /** The host that only the browser might ask, and may not. */
  | { untried: string }
  | { at: 'relay' | 'proxy'; status: number };

export interface TriedChats {
  tally: ChatTally;
  /** The models that answered this key at the relay and through the proxy. */
  answered: ReadonlySet<ModelVerdict>;
  /** How the proxy names this key, if it does. */
  own: string | undefined;
  /** The keys by which the proxy had the chats answered. */
  by: ReadonlySet<string>;
}

/**
 * One tiny chat per model that is listed: at the relay first, and only if it answers there through the proxy, since one refusal
 * upstream makes CLIProxyAPI drop the model for a while (7.2, fixture `requests/chat-upstream-401`). `X-CPA-TRACE-ID`
 * names the credential that answered. Costs tokens, so it is only done at the user's request.
 */
export async function tryChats(
  ports: Ports,
  management: Management,
  request: ChatsRequest,
): Promise<TriedChats> {
  const { place, signal } = request;
  const indexes = await readAuthIndexes(management.send, management.url.host, place.list, place.index);
  const own = indexes[place.keyIndex];
  // A request also proves what the relay was thought to refuse.
  const listed = request.models.filter(({ served, reason }) => served || (reason && isUnusable(reason)));
  const answered = new Set<ModelVerdict>();
  const by = new Set<string>();
  const tally: ChatTally = { tried: 0, answered: 0, byOther: 0, byUnknown: 0, failed: null };
  await fewAtOnce(listed, AT_ONCE, async (model) => {
    if (signal.aborted) return;
    const outcome = await tryModel(ports, management, request, model);
    if ('untried' in outcome) {
      tally.untried = { host: outcome.untried, count: (tally.untried?.count ?? 0) + 1 };
      return;
    }
    tally.tried++;
    if ('at' in outcome) {
      tally.failed ??= { alias: model.alias, ...outcome };
      return;
    }
    if (outcome.by) by.add(outcome.by);
    tally[!own || !outcome.by ? 'byUnknown' : outcome.by === own ? 'answered' : 'byOther']++;
    answered.add(model);
  });
  return { tally, answered, own, by };
}

async function tryModel(
  ports: Ports,
  management: Management,
  { config, place, signal }: ChatsRequest,
  model: ModelVerdict,
): Promise<Outcome> {
  const provider = entryAt(place);
  const key = apiKeyOf(provider, place.keyIndex);
  const chat = listTraits(place.list).chat(baseUrlOf(provider), key, model.name);
  const atRelay = await chatAtRelay(ports, management, { chat, key, signal });
  if (atRelay === undefined) return { untried: hostOf(chat.url) };
  if (atRelay !== 200) return { at: 'relay', status: atRelay };
  const proxyKey = config.proxyKeys[0];
  const reply = await ports.http.send({
    method: 'POST',
    url: `${management.url.root}/v1/chat/completions`,
    headers: { 'Content-Type': 'application/json', ...(proxyKey && { Authorization: `Bearer ${proxyKey}` }) },
    body: chatBody(model.alias),
    timeoutMs: TIMEOUT_MS,
    signal,
  });
  const status = reply.ok ? reply.value.status : 0;
  if (!reply.ok || status !== 200) return { at: 'proxy', status };
  return { by: /^\d{14}-([0-9a-f]{16})-/.exec(reply.value.header('x-cpa-trace-id') ?? '')?.[1] };
}

const chatBody = (model: string): string =>
  JSON.stringify({ model, messages: [{ role: 'user', content: 'Hi' }], max_tokens: 1, stream: false });

/**
 * The status of a chat that the relay itself was asked for; 0 without an answer, 502 for one that is no chat. Undefined:
 * nothing was sent, since the browser may not reach the relay and CLIProxyAPI would take the key along on a redirect.
 */
async function chatAtRelay(
  ports: Ports,
  { send, url: proxy }: Management,
  { chat, key, signal }: { chat: ChatRequest; key: string; signal: AbortSignal },
): Promise<number | undefined> {
  const { url } = chat;
  const headers = { 'Content-Type': 'application/json', ...chat.headers };
  const body = JSON.stringify(chat.body);
  const parsed = parseHttpUrl(url);
  const direct = parsed && (await ports.hosts.granted(hostPattern(parsed)));
  const header = headersByProxy(headers, key);
  const reply = direct
    ? await ports.http.send({ method: 'POST', url, headers, body, timeoutMs: TIMEOUT_MS, signal })
    : header &&
      (await callThroughProxy(send, proxy.host, { method: 'POST', url, header, data: body }, signal));
  if (!reply) return undefined;
  if (!reply.ok) return 0;
  if (reply.value.status !== 200) return reply.value.status;
  const answer = jsonOrUndefined(reply.value.text) as Record<string, unknown> | null | undefined;
  return Array.isArray(answer?.[chat.answer]) ? 200 : 502;
}
