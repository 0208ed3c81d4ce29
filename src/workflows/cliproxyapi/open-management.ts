import { contentOf, collapseOf, yamlHasContent, type ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { Failure } from '../../core/failure';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { listRefusal } from '../../core/cliproxyapi/lists/list-allowed';
import { parseManagementUrl, type ManagementUrl } from '../../core/cliproxyapi/management-url';
import { fail, ok, type Result } from '../../core/result';
import { atLeast, FLOOR, FLOOR_TEXT, parseVersion } from '../../core/version';
import type { Connection } from '../../storage/schema';
import { classifyReply } from '../../targets/cliproxyapi/classify-reply';
import {
  knowsDisabled,
  readConfigFile,
  readWholeConfig,
  type SendManagement,
} from '../../targets/cliproxyapi/management';
import type { Ports } from '../ports';

/** An idle count of refusals is forgotten by the proxy after two hours (CLIProxyAPI 7.2). */
const REFUSALS_FORGOTTEN_MS = 2 * 60 * 60 * 1000;

type Needs = Pick<Ports, 'http' | 'clock' | 'hosts' | 'saved' | 'session' | 'pages'>;

/** A door to the management API of the configured CLIProxyAPI. */
export interface Management {
  url: ManagementUrl;
  send: SendManagement;
  /** Reads everything, remembers what was seen, and fails where the configuration has collapsed. */
  read(signal?: AbortSignal): Promise<Result<ProxyConfig>>;
}

/**
 * Opens the door, or says why not. After a refusal (401, 403) it stays shut: nothing is sent, and the same failure
 * comes back, until the user changes the key or presses Test (`despiteHalt`). A running ban keeps it shut in any case.
 */
export async function openManagement(
  ports: Needs,
  { despiteHalt = false }: { despiteHalt?: boolean } = {},
): Promise<Result<Management>> {
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const { connection } = saved.value;
  if (!connection) return fail({ code: 'not-configured' });
  const url = parseManagementUrl(connection.address);
  if (!url.ok) return url;
  const shut = shutDoor(connection, ports.clock.now(), despiteHalt);
  if (shut) return fail(shut);
  const key = await managementKey(ports, connection);
  if (!key.ok) return key;
  if (!(await ports.hosts.granted(url.value.pattern)))
    return fail({ code: 'host-permission', host: url.value.host });
  const send = sender(ports, {
    url: url.value,
    key: key.value,
    despite: despiteHalt ? connection.halted : null,
  });
  return ok({ url: url.value, send, read: (signal) => readSanely(ports, send, url.value.host, signal) });
}

/** Why nothing may be sent now, or undefined. */
export function shutDoor(connection: Connection, now: number, despiteHalt: boolean): Failure | undefined {
  const { halted } = connection;
  if (!halted) return undefined;
  if (halted.code === 'banned' && halted.until > now) return halted;
  return despiteHalt ? undefined : halted;
}

async function managementKey(ports: Needs, connection: Connection): Promise<Result<string>> {
  if (connection.remember === 'device') {
    return connection.managementKey ? ok(connection.managementKey) : fail({ code: 'key-missing' });
  }
  const session = await ports.session.read();
  if (!session.ok) return session;
  return session.value.managementKey ? ok(session.value.managementKey) : fail({ code: 'key-missing' });
}

interface Opened {
  url: ManagementUrl;
  key: string;
  /** The refusal that the user chose to try again after. */
  despite: Connection['halted'];
}

function sender(ports: Needs, { url, key, despite }: Opened): SendManagement {
  return async ({ method, path, body, timeoutMs, signal }) => {
    const shut = await shutMeanwhile(ports, despite);
    if (shut) return fail(shut);
    const reply = await ports.http.send({
      method,
      url: url.management + path,
      headers: {
        Authorization: `Bearer ${key}`,
        Accept: 'application/json',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      timeoutMs,
      ...(signal && { signal }),
    });
    if (!reply.ok) return reply;
    const saved = await ports.saved.read();
    const now = ports.clock.now();
    const refusals = saved.ok ? refusalsSoFar(saved.value.connection, now) : 0;
    const about = { host: url.host, now, refusals, secrets: [key] };
    const failure = classifyReply(reply.value, about);
    await remember(ports, reply.value.status, failure);
    return failure ? fail(failure) : reply;
  };
}

/** A door that is open shuts too: what another import was refused for must not be asked for again (five 401 ban). */
async function shutMeanwhile(ports: Needs, despite: Connection['halted']): Promise<Failure | undefined> {
  const saved = await ports.saved.read();
  const connection = saved.ok ? saved.value.connection : null;
  if (!connection) return undefined;
  const isKnown = JSON.stringify(connection.halted) === JSON.stringify(despite);
  return shutDoor(connection, ports.clock.now(), isKnown);
}

function refusalsSoFar(connection: Connection | null, now: number): number {
  const refusals = connection?.refusals;
  return refusals && now - refusals.at < REFUSALS_FORGOTTEN_MS ? refusals.count : 0;
}

/** Counts refused keys and shuts the door after a refusal; an accepted key opens it and clears the count. */
async function remember(ports: Needs, status: number, failure: Failure | undefined): Promise<void> {
  const refused = status === 401 || status === 403;
  const saved = await ports.saved.read();
  const connection = saved.ok ? saved.value.connection : null;
  if (!connection) return;
  if (!refused && (failure || (!connection.halted && connection.refusals.count === 0))) return;
  await ports.saved.change((document) => {
    if (!document.connection) return;
    const now = ports.clock.now();
    const before = refusalsSoFar(document.connection, now);
    document.connection.halted = refused && failure ? failure : null;
    if (!refused) document.connection.refusals = { count: 0, at: 0 };
    else if (status === 401) document.connection.refusals = { count: before + 1, at: now };
  });
  await ports.pages.notify();
}

async function readSanely(
  ports: Needs,
  send: SendManagement,
  host: string,
  signal?: AbortSignal,
): Promise<Result<ProxyConfig>> {
  const config = await readWholeConfig(send, host, signal);
  if (!config.ok) return config;
  const seen = await seenBefore(ports);
  const state = collapseOf(config.value, seen ?? undefined);
  if (state) {
    // The file tells a lost configuration from one that the user emptied; without it, what was seen before does.
    const file = await readConfigFile(send);
    if (file === undefined ? state === 'collapsed' : yamlHasContent(file)) return fail({ code: 'collapsed' });
  }
  await noteSeen(ports, config.value);
  return config;
}

async function seenBefore(ports: Needs): Promise<Connection['seen']> {
  const saved = await ports.saved.read();
  return saved.ok ? (saved.value.connection?.seen ?? null) : null;
}

async function noteSeen(ports: Needs, config: ProxyConfig): Promise<void> {
  const content = contentOf(config);
  const saved = await ports.saved.read();
  const connection = saved.ok ? saved.value.connection : null;
  if (!connection) return;
  const same =
    connection.seen?.entries === content.entries && connection.seen.proxyKeys === content.proxyKeys;
  if (same && connection.version === config.version) return;
  await ports.saved.change((document) => {
    if (!document.connection) return;
    document.connection.seen = content;
    document.connection.version = config.version;
  });
  await ports.pages.notify();
}

/** Whether this list may be written to. */
export async function writableList(
  management: Management,
  config: ProxyConfig,
  list: ListName,
): Promise<Result<true>> {
  const refused = listRefusal(list, config.version);
  return refused ? fail(refused) : writable(management, config);
}

/**
 * Whether this server may be written to. Below the floor it drops `disabled`, so that writing a list back would switch
 * providers on. A build without a version (`dev`) is asked for what it knows.
 */
export async function writable(management: Management, config: ProxyConfig): Promise<Result<true>> {
  const version = parseVersion(config.version);
  if (version) {
    return atLeast(version, FLOOR)
      ? ok(true)
      : fail({ code: 'too-old', version: config.version!, floor: FLOOR_TEXT });
  }
  if (config.supportsPlugins) return ok(true);
  const knows = await knowsDisabled(management.send, management.url.host);
  if (!knows.ok) return knows;
  return knows.value
    ? ok(true)
    : fail({ code: 'too-old', version: config.version ?? 'dev', floor: FLOOR_TEXT });
}
