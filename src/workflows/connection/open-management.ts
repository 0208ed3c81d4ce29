import { contentOf, collapseOf, yamlHasContent, type ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { Failure } from '../../core/failures/failure';
import { memo } from '../../core/memo';
import { parseManagementUrl, type ManagementUrl } from '../../core/connection/management-url';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Connection } from '../../storage/schema';
import { classifyReply, isAbsent } from '../../targets/cliproxyapi/classify-reply';
import { readConfigFile, readWholeConfig } from '../../targets/cliproxyapi/read-config';
import type { SendManagement } from '../../targets/cliproxyapi/send';
import type { Ports } from '../ports';
import { noteAnswer, noteHeld, noteLeft } from './note-told';

/** An idle count of refusals is forgotten by the proxy after two hours (CLIProxyAPI 7.2). */
const REFUSALS_FORGOTTEN_MS = 2 * 60 * 60 * 1000;

/** A client of the management API of the configured CLIProxyAPI. */
export interface Management {
  url: ManagementUrl;
  /** What the user calls it; else its host. */
  name: string;
  send: SendManagement;
  /** Reads everything, remembers what was seen, and fails where the configuration has collapsed. */
  read(signal?: AbortSignal): Promise<Result<ProxyConfig>>;
}

/**
 * A client of the management API, or why there is none. After a refusal (401, 403) KeyFerry halts: nothing is sent, and
 * the same failure comes back, until the user changes the key or presses Test (`despiteHalt`). A running ban halts in any
 * case.
 */
export async function openManagement(
  ports: Ports,
  { despiteHalt = false }: { despiteHalt?: boolean } = {},
): Promise<Result<Management>> {
  const saved = await savedConnection(ports);
  if (!saved.ok) return saved;
  const { connection, url } = saved.value;
  const halt = haltOf(connection, ports.clock.now(), despiteHalt);
  if (halt) return fail(halt);
  const key = await savedKey(ports, connection);
  if (!key.ok) return key;
  if (!(await ports.hosts.granted(url.pattern))) return fail({ code: 'host-permission', host: url.host });
  const opened = { url, key: key.value, despite: despiteHalt ? connection.halted : null };
  const send = onAnyBase(ports, url, sender(ports, opened));
  const name = connection.name || url.host;
  return ok({ url, name, send, read: (signal) => readSanely(ports, send, url, signal) });
}

/** The connection as it is saved, and its address. */
export async function savedConnection(
  ports: Ports,
): Promise<Result<{ connection: Connection; url: ManagementUrl }>> {
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const { connection } = saved.value;
  if (!connection) return fail({ code: 'not-configured' });
  const url = parseManagementUrl(connection.address);
  return url.ok ? ok({ connection, url: url.value }) : url;
}

/** The connection of this moment, which other work may have changed; null: none, or it cannot be read. */
async function connectionNow(ports: Ports): Promise<Connection | null> {
  const saved = await ports.saved.read();
  return saved.ok ? saved.value.connection : null;
}

/** Why nothing may be sent now, or undefined. */
export function haltOf(connection: Connection, now: number, despiteHalt: boolean): Failure | undefined {
  const { halted } = connection;
  if (!halted) return undefined;
  if (halted.code === 'banned' && halted.until > now) return halted;
  return despiteHalt ? undefined : halted;
}

async function savedKey(ports: Ports, connection: Connection): Promise<Result<string>> {
  const holder = connection.remember === 'device' ? ok(connection) : await ports.session.read();
  if (!holder.ok) return holder;
  const { managementKey } = holder.value;
  return managementKey ? ok(managementKey) : fail({ code: 'key-missing' });
}

interface Opened {
  url: ManagementUrl;
  key: string;
  /** The refusal that the user chose to try again after. */
  despite: Connection['halted'];
}

interface Trust {
  /** Address and key that this server has accepted, and not refused since. */
  accepted?: string | undefined;
  /** The request that is to find out. */
  asking?: Promise<unknown> | undefined;
  /** The address whose server was found to have no `/v0`. */
  withoutV0?: string | undefined;
}
/** What this life of the worker knows, by what it stores. */
const trustOf = memo((_saved: Ports['saved']): Trust => ({}), new WeakMap());

/** Until the key has been accepted once its requests go one by one: refusals that arrive side by side count side by side. */
function sender(ports: Ports, opened: Opened): SendManagement {
  const trust = trustOf(ports.saved);
  const who = `${opened.url.management} ${opened.key}`;
  return async (request) => {
    while (trust.accepted !== who && trust.asking) await trust.asking;
    const reply = sendOne(ports, opened, request, (isAccepted) => {
      if (isAccepted || trust.accepted === who) trust.accepted = isAccepted ? who : undefined;
    });
    const free = (): void => void (trust.asking = undefined);
    if (trust.accepted !== who) trust.asking = reply.then(free, free);
    return reply;
  };
}

/** A server that has no `/v0` is asked by `/v8` in its place. */
function onAnyBase(ports: Ports, { management, host }: ManagementUrl, send: SendManagement): SendManagement {
  const trust = trustOf(ports.saved);
  return async (call) => {
    const hasV0 = trust.withoutV0 !== management;
    if (call.v8 || hasV0) {
      const reply = await send(call);
      if (call.v8 || reply.ok || reply.failure.code !== 'management-off') return reply;
    }
    const base = { send, host, hasV0 };
    const reply = await ports.askByV8(base, call);
    trust.withoutV0 = base.hasV0 ? undefined : management;
    return reply;
  };
}

/** `judge` hears whether the key was accepted or refused, and nothing where the answer tells neither. */
async function sendOne(
  ports: Ports,
  { url, key, despite }: Opened,
  { method, path, v8, absentOk, body, ifMatch, timeoutMs, signal }: Parameters<SendManagement>[0],
  judge: (isAccepted: boolean) => void,
): ReturnType<SendManagement> {
  const halt = await haltMeanwhile(ports, despite);
  if (halt) return fail(halt);
  const reply = await ports.http.send({
    method,
    url: (v8 ? `${url.root}/v8/management` : url.management) + path,
    headers: {
      Authorization: `Bearer ${key}`,
      Accept: 'application/json',
      ...(typeof body === 'object' && { 'Content-Type': 'application/json' }),
      ...(ifMatch && { 'If-Match': ifMatch }),
    },
    body: typeof body === 'object' ? JSON.stringify(body) : body,
    timeoutMs,
    signal,
  });
  if (!reply.ok) {
    // Such a call lasts as long as the relay that CLIProxyAPI asks.
    if (!path.endsWith('/api-call')) await noteAnswer(ports, url.root, reply.failure);
    return reply;
  }
  const connection = await connectionNow(ports);
  const now = ports.clock.now();
  const refusals = refusalsSoFar(connection, now);
  const about = { host: url.host, now, refusals, secrets: [key] };
  const found = classifyReply(reply.value, about);
  const failure = absentOk && isAbsent(reply.value) ? undefined : found;
  const { status } = reply.value;
  if (!failure || isRefusal(status)) judge(!failure);
  await remember(ports, status, failure);
  if (!failure) await noteAnswer(ports, url.root, null);
  return failure ? fail(failure) : reply;
}

const isRefusal = (status: number): boolean => status === 401 || status === 403;

/** A client in use halts too, since other work may have been refused meanwhile: five 401 ban the address. */
async function haltMeanwhile(ports: Ports, despite: Connection['halted']): Promise<Failure | undefined> {
  const connection = await connectionNow(ports);
  if (!connection) return undefined;
  const isKnown = JSON.stringify(connection.halted) === JSON.stringify(despite);
  return haltOf(connection, ports.clock.now(), isKnown);
}

function refusalsSoFar(connection: Connection | null, now: number): number {
  const refusals = connection?.refusals;
  return refusals && now - refusals.at < REFUSALS_FORGOTTEN_MS ? refusals.count : 0;
}

/** Counts refused keys and halts after a refusal, also with a full storage; an accepted key ends the halt and clears the count. */
async function remember(ports: Ports, status: number, failure: Failure | undefined): Promise<void> {
  const refused = isRefusal(status);
  const connection = await connectionNow(ports);
  if (!connection) return;
  if (!refused && (failure || (!connection.halted && connection.refusals.count === 0))) return;
  await ports.saved.changeOrRemember((document) => {
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
  ports: Ports,
  send: SendManagement,
  url: ManagementUrl,
  signal?: AbortSignal,
): Promise<Result<ProxyConfig>> {
  const config = await readWholeConfig(send, url, signal);
  if (!config.ok) return config;
  const ofFile = trustOf(ports.saved).withoutV0 === url.management;
  const seen = (await connectionNow(ports))?.seen;
  const state = ofFile ? undefined : collapseOf(config.value, seen ?? undefined);
  if (state) {
    // The file tells a lost configuration from one that the user emptied; without it, what was seen before does.
    const file = await readConfigFile(send);
    if (file === undefined ? state === 'collapsed' : yamlHasContent(file)) return fail({ code: 'collapsed' });
  }
  await noteSeen(ports, config.value);
  await noteHeld(ports, config.value);
  if (!ofFile) return config;
  await noteLeft(ports, config.value);
  return ok({ ...config.value, ofFile, layout: 'hidden' });
}

async function noteSeen(ports: Ports, config: ProxyConfig): Promise<void> {
  const content = contentOf(config);
  const connection = await connectionNow(ports);
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
