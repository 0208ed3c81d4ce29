import * as v from 'valibot';
import { openObject } from '../../core/shapes';
import { CHECK_STEPS, type CheckReport, type CheckStep } from '../../core/connection/check-report';
import type { Failure, FailureCode } from '../../core/failures/failure';
import { jsonOrUndefined } from '../../core/json';
import type { ManagementUrl } from '../../core/connection/management-url';
import { LIST_NAMES } from '../../core/cliproxyapi/lists/list-traits';
import { groupNotices } from '../../core/cliproxyapi/v8/file-notices';
import { keyEntries, modelsOf, nameOf } from '../../core/cliproxyapi/provider';
import { ok, type Result } from '../../core/failures/result';
import type { HttpReply, HttpRequest, NoReply } from '../../ports/http';
import { selectList, type ProviderList } from '../../core/cliproxyapi/provider-list';
import { hasExampleKeys, type ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { atLeast, parseVersion } from '../../core/version';
import type { Connection } from '../../storage/schema';
import { haltOf, openManagement, savedConnection } from './open-management';
import { writable } from './writable';
import { lookAtGroups } from './look-at-groups';
import { readLayout } from './read-layout';
import { withFindings } from './read-writable';
import { noteAnswer, noteChecking } from './note-told';
import type { Ports } from '../ports';

const PROBE_MS = 6_000;

/**
 * Test connection: a doctor. Looks at what is public first, so that the key is never sent to something else; then
 * sends the key at most once. Never runs during a ban.
 */
export async function checkConnection(ports: Ports, signal: AbortSignal): Promise<Result<CheckReport>> {
  const saved = await savedConnection(ports);
  if (!saved.ok) return saved;
  const { root } = saved.value.url;
  await noteChecking(ports, root, true);
  const report = await check(ports, saved.value, signal);
  if (report.ok && report.value.failure) await noteAnswer(ports, root, report.value.failure);
  await noteChecking(ports, root, false);
  return report;
}

async function check(
  ports: Ports,
  { connection, url }: { connection: Connection; url: ManagementUrl },
  signal: AbortSignal,
): Promise<Result<CheckReport>> {
  const started = ports.clock.now();
  let answered = started;
  const report = (
    passed: CheckStep[],
    failure: Failure | null,
    found: CheckReport['found'] = null,
  ): Result<CheckReport> => ok({ at: ports.clock.now(), tookMs: answered - started, passed, failure, found });

  const halt = haltOf(connection, started, true);
  if (halt) return report([], halt);
  if (!(await ports.hosts.granted(url.pattern)))
    return report([], { code: 'host-permission', host: url.host });
  const probe = await probeProduct(ports, url, signal);
  answered = ports.clock.now();
  if (probe.kind === 'no-reply') return report([], probe.failure);
  if (probe.kind === 'other') return report(['reachable'], probe.failure);
  const management = await openManagement(ports, { despiteHalt: true });
  if (!management.ok) return report(['reachable', 'product'], management.failure);
  const config = await management.value.read(signal);
  if (!config.ok) return report(passedBefore(config.failure), config.failure);
  const list = selectList(config.value, 'openai-compatibility');
  if (!list.ok) return report(passedBefore(list.failure), list.failure);
  const allowed = await writable(management.value, config.value);
  const layout = await readLayout(management.value, config.value);
  const looked = allowed.ok
    ? await withFindings(management.value, { ...config.value, layout }, lookAtGroups, signal)
    : allowed;
  const readOnly = looked.ok ? null : looked.failure;
  const now = looked.ok ? looked.value : { ...config.value, layout };
  return report([...CHECK_STEPS], null, foundIn(now, list.value, readOnly));
}

/** How many steps the server had passed when it gave this answer (CLIProxyAPI 7.2); all others come after the key. */
const PASSED: Partial<Record<FailureCode, number>> = {
  unreachable: 0,
  timeout: 0,
  cancelled: 0,
  'management-off': 2,
  'server-error': 2,
  forbidden: 2,
  redirected: 2,
  rejected: 2,
  banned: 2,
  'remote-disabled': 2,
  'key-not-set': 2,
  'key-refused': 3,
  'key-not-received': 3,
};

const passedBefore = ({ code }: Failure): CheckStep[] => CHECK_STEPS.slice(0, PASSED[code] ?? 4);

function foundIn(
  config: ProxyConfig,
  { providers }: ProviderList,
  readOnly: Failure | null,
): CheckReport['found'] {
  const version = parseVersion(config.version);
  return {
    version: config.version,
    providers: providers.length,
    keys: providers.reduce((sum, provider) => sum + keyEntries(provider).length, 0),
    models: providers.reduce((sum, provider) => sum + modelsOf(provider).length, 0),
    empty: providers.filter((provider) => modelsOf(provider).length === 0).map(nameOf),
    exampleKeys: hasExampleKeys(config.proxyKeys),
    byCredential: version ? atLeast(version, [6, 6, 11]) : null,
    withoutV0: config.ofFile === true,
    layout: config.layout ?? null,
    file: groupNotices(config.findings, LIST_NAMES),
    readOnly,
  };
}

type Probe = { kind: 'ours' | 'unclear' } | { kind: 'other' | 'no-reply'; failure: Failure };

const rootSchema = openObject({ message: v.string() });

/**
 * What listens there, by public calls without any key: CLIProxyAPI's root says its name; where a reverse proxy hides
 * the root, its answer to OPTIONS does (204 with its CORS headers on any path). Only what
 * answers 200 as something else is refused: the key must not go there.
 */
async function probeProduct(ports: Ports, url: ManagementUrl, signal: AbortSignal): Promise<Probe> {
  const get = (method: HttpRequest['method'], address: string): Promise<Result<HttpReply, NoReply>> =>
    ports.http.send({ method, url: address, timeoutMs: PROBE_MS, signal });
  const root = await get('GET', `${url.root}/`);
  if (!root.ok) {
    if (root.failure.code === 'redirected')
      return optionsSay(await get('OPTIONS', `${url.management}/config`), root.failure);
    if (root.failure.code !== 'unreachable') return { kind: 'no-reply', failure: root.failure };
    return { kind: 'no-reply', failure: await whyUnreachable(ports, url, root.failure, signal) };
  }
  const { status, text } = root.value;
  if (/client sent an http request to an https server/i.test(text)) {
    return { kind: 'no-reply', failure: { code: 'wants-https', host: url.host } };
  }
  const named = v.safeParse(rootSchema, jsonOrUndefined(text));
  if (named.success && /cli ?proxy ?api/i.test(named.output.message)) return { kind: 'ours' };
  if (status !== 200) return { kind: 'unclear' };
  const failure: Failure = /^\s*</.test(text)
    ? { code: 'reply-html', host: url.host }
    : { code: 'not-cliproxyapi', host: url.host };
  return optionsSay(await get('OPTIONS', `${url.management}/config`), failure);
}

function optionsSay(reply: Result<HttpReply, NoReply>, otherwise: Failure): Probe {
  const ours =
    reply.ok &&
    reply.value.status === 204 &&
    /PATCH/.test(reply.value.header('access-control-allow-methods') ?? '') &&
    reply.value.header('access-control-allow-origin') === '*';
  return ours ? { kind: 'ours' } : { kind: 'other', failure: otherwise };
}

/** A browser says the same for a closed port and a bad certificate. A plain request to the same port tells them apart. */
async function whyUnreachable(
  ports: Ports,
  url: ManagementUrl,
  failure: NoReply & { code: 'unreachable' },
  signal: AbortSignal,
): Promise<Failure> {
  if (!url.root.startsWith('https:')) return failure;
  const { hostname, port } = new URL(url.root);
  const plain = await ports.http.send({
    method: 'GET',
    url: `http://${hostname}:${port || '443'}/`,
    timeoutMs: PROBE_MS,
    signal,
  });
  return plain.ok || plain.failure.code === 'redirected' ? { code: 'tls', host: url.host } : failure;
}
