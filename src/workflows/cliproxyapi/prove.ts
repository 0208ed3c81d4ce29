import { hasExampleKeys, type ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { credentialIds } from '../../core/cliproxyapi/lists/credential-id';
import type { Failure } from '../../core/failures/failure';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { entryAt, type KeyPlace } from '../../core/cliproxyapi/provider-list';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import { readRegistry } from '../../targets/cliproxyapi/read-registry';
import { jsonOf } from '../../targets/cliproxyapi/send';
import { apiKeyOf, baseUrlOf, isPaused, type Provider } from '../../core/cliproxyapi/provider';
import { fail, ok, type Result } from '../../core/failures/result';
import { judge, servedCount, unasked, type Proof } from '../../core/cliproxyapi/verdict';
import type { Unusable } from '../../core/cliproxyapi/unusable';
import type { HttpReply, NoReply } from '../../ports/http';
import { listModels } from './list-models';
import { afterWrite } from './write-change';
import type { Management } from '../connection/open-management';
import type { Ports } from '../ports';

/** 0.3 s growing to 5 s, about 15 s in all: a proxy with 1,000 providers takes seconds to load a write. */
const WAITS_MS = [0, 300, 600, 1_200, 2_400, 4_800, 5_000] as const;
const READ_MS = 10_000;
/** No question is begun that could be waited for longer than this after the first: what hangs is not proved. */
const PROOF_MS = 30_000;

export interface ProofRequest {
  config: ProxyConfig;
  place: KeyPlace;
  expected: readonly { name: string; alias: string }[];
  signal: AbortSignal;
  progress(served: number): Promise<void>;
  /** Why the key's relay will not take a request for a model. */
  refuses?: (name: string) => Unusable | undefined;
  /**
   * Reads the list again: a reload may have taken the write back after it was read back (CLIProxyAPI 7.2). Fails
   * only where the configuration has collapsed.
   */
  stillThere?(): Promise<Result<boolean>>;
}

/** By then a proxy of usual size has loaded a write; one that has not is looked at. */
const DOUBT_AT = 3;

/**
 * Asks the proxy's registry for this very credential until all expected models are listed, the time is up (half a
 * minute for one that hangs) or the user stops it. A server without that registry is asked for its public list, which
 * proves less and is called so. Fails only when the proxy stops answering.
 */
export async function prove(
  ports: Ports,
  management: Management,
  request: ProofRequest,
): Promise<Result<Proof>> {
  const { config, place, expected, signal } = request;
  const { list, keyIndex } = place;
  const provider = entryAt(place);
  const known = {
    exampleKeys: hasExampleKeys(config.proxyKeys) && (await isGuarded(ports, management, config)),
    answersAsIs: await answersAsIs(ports, management, list, provider, keyIndex),
    refuses: request.refuses,
  };
  // From here: what was asked of the relay before may have taken as long by itself.
  const lastStart = ports.clock.now() + PROOF_MS - READ_MS;
  const verdicts = (registered: ReadonlySet<string>): Proof['models'] =>
    judge(list, provider, expected, registered, place.forcePrefix, known);
  if (isPaused(provider)) return ok({ basis: 'registry', models: verdicts(new Set()) });
  const ids = await credentialIds(place, ports.hash.sha256);
  const id = ids[keyIndex] ?? ids[0] ?? '';
  let proof = unasked(expected);
  for (const [turn, wait] of WAITS_MS.entries()) {
    await ports.clock.sleep(wait, signal);
    if (signal.aborted || ports.clock.now() > lastStart) break;
    if (turn === DOUBT_AT) {
      const there = await request.stillThere?.();
      if (there && !there.ok) return there;
      if (there?.ok && !there.value) return fail({ code: 'not-saved' });
    }
    const asked = await ask(ports, management, config, id, signal);
    if (!asked.ok) {
      if (asked.failure.code === 'cancelled') break;
      if (isPassing(asked.failure)) continue;
      if (asked.failure.code !== 'management-off') return fail(asked.failure);
      // Management that denies to exist may have lost its configuration, or one answer came from something in between.
      const read = await management.read(signal);
      if (read.ok) continue;
      return fail(afterWrite(read.failure).code === 'collapsed' ? { code: 'collapsed' } : read.failure);
    }
    proof = { basis: asked.value.basis, models: verdicts(asked.value.names) };
    await request.progress(servedCount(proof.models));
    if (proof.models.every((model) => model.served || model.reason !== 'not-listed')) break;
  }
  return ok(proof);
}

const isPassing = ({ code }: Failure): boolean =>
  code === 'unreachable' || code === 'cut-short' || code === 'timeout' || code === 'server-error';

async function ask(
  ports: Ports,
  management: Management,
  config: ProxyConfig,
  credentialId: string,
  signal: AbortSignal,
): Promise<Result<{ basis: 'registry' | 'listed'; names: Set<string> }>> {
  const registry = await readRegistry(management.send, management.url.host, credentialId, signal);
  if (registry.ok) return ok({ basis: 'registry', names: registry.value });
  if (registry.failure.code !== 'feature-missing') return registry;
  const listed = await publicModels(ports, management, config, signal);
  return listed.ok ? ok({ basis: 'listed', names: listed.value }) : listed;
}

/** What clients of the proxy are shown (CLIProxyAPI 7.2). */
async function publicModels(
  ports: Ports,
  management: Management,
  config: ProxyConfig,
  signal: AbortSignal,
): Promise<Result<Set<string>>> {
  const { host } = management.url;
  const reply = await askPublic(ports, management, config, signal);
  if (!reply.ok) return reply;
  if (reply.value.status !== 200) return fail({ code: 'server-error', host, status: reply.value.status });
  const json = jsonOf(reply.value.text, host);
  if (!json.ok) return json;
  const data = (json.value as { data?: { id?: unknown }[] }).data;
  if (!Array.isArray(data)) return fail({ code: 'reply-shape', host });
  return ok(new Set(data.map((model) => String(model.id))));
}

const askPublic = (
  ports: Ports,
  { url }: Management,
  { proxyKeys: [proxyKey] }: ProxyConfig,
  signal?: AbortSignal,
): Promise<Result<HttpReply, NoReply>> =>
  ports.http.send({
    method: 'GET',
    url: `${url.root}/v1/models`,
    headers: { Accept: 'application/json', ...(proxyKey && { Authorization: `Bearer ${proxyKey}` }) },
    timeoutMs: READ_MS,
    signal,
  });

/** Some relays need no `/v1`: there `<base>/models` is a list of models, where others answer 404 or a web page. */
async function answersAsIs(
  ports: Ports,
  management: Management,
  list: ListName,
  provider: Provider,
  keyIndex: number,
): Promise<boolean> {
  const baseUrl = baseUrlOf(provider);
  const { correctedBaseUrl, keyPerEntry } = listTraits(list);
  if (correctedBaseUrl(baseUrl) === undefined) return true;
  if (keyPerEntry) return false;
  const key = apiKeyOf(provider, keyIndex);
  return (await listModels(ports, async () => ok(management), baseUrl, key)).ok;
}

/** With an example key left in `api-keys`, servers since 7.2.51 refuse every client (CLIProxyAPI 7.2). */
async function isGuarded(ports: Ports, management: Management, config: ProxyConfig): Promise<boolean> {
  const reply = await askPublic(ports, management, config);
  return reply.ok && reply.value.status === 403 && reply.value.header('x-cpa-safe-mode') !== null;
}
