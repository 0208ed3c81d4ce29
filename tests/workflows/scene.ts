import { expect, onTestFinished } from 'vitest';
import { hostPattern } from '../../src/core/connection/management-url';
import type { ImportDraft } from '../../src/core/import/draft';
import type { ImportOutcome, OpenedImport, UndoOutcome } from '../../src/core/import/opened';
import type { PlanView } from '../../src/core/import/planned';
import type { Result } from '../../src/core/failures/result';
import { fetchHttp } from '../../src/platform/fetch-http';
import type { Http, HttpRequest } from '../../src/ports/http';
import { importKey } from '../../src/workflows/import/import-key';
import { addAccount, type AccountInput } from '../../src/workflows/accounts/keep-accounts';
import { addKey } from '../../src/workflows/accounts/keep-keys';
import * as opening from '../../src/workflows/import/open-import';
import { lookAtGroups } from '../../src/workflows/connection/look-at-groups';
import { saveConnection } from '../../src/workflows/connection/save-connection';
import * as undoing from '../../src/workflows/undo/undo-import';
import { readProviderRecords } from '../../src/workflows/history/journal';
import type { Ports } from '../../src/workflows/ports';
import { never as forever } from '../fakes/clock.ts';
import {
  startCliproxyapi,
  type CliproxyapiOptions,
  type FakeCliproxyapi,
  type JsonObject,
} from '../fakes/cliproxyapi.ts';
import {
  DEFAULT_ACCESS_TOKEN,
  fakeKey,
  startNewApi,
  type FakeNewApi,
  type NewApiOptions,
} from '../fakes/new-api.ts';
import type { VirtualClock } from '../fakes/virtual-clock.ts';
import { clock, newDevice, testPorts, type Device } from './test-ports';

export const LIST = '/v0/management/openai-compatibility';
export const RELAY_KEY = `sk-${fakeKey('one', 1)}`;
export const SECOND_KEY = `sk-${fakeKey('two', 2)}`;
export const MODELS = ['gpt-4o', 'gpt-4o-mini', 'deepseek-chat'];

/** Providers of the user: with fields that KeyFerry knows nothing of, and with secrets in every place. */
export const OTHERS: JsonObject[] = [
  {
    name: 'Other one',
    priority: 5,
    prefix: 'o',
    'base-url': 'https://other.example/v1',
    'api-key-entries': [
      {
        'api-key': 'sk-other-secret-0001',
        weight: 3,
        'proxy-url': 'socks5://user:proxy-secret@10.0.0.9:1080',
      },
      { 'api-key': 'sk-other-secret-0002' },
    ],
    models: [{ name: 'qwen-max', alias: 'qwen', thinking: { min: 1, max: 9, levels: ['low', 'high'] } }],
    headers: { 'X-Other': 'header-secret' },
    'disable-cooling': false,
    'request-scoped-errors': [{ status: 400, match: ['x'], action: 'skip' }],
  },
  { name: 'off', disabled: true, 'base-url': 'https://off.example/v1', models: [{ name: 'm', alias: 'm' }] },
];

/**
 * Requests of a worker that is stopped at one of them: before it is sent, or after it was answered and before the
 * worker heard of it. `reached` resolves when that has come; nothing of that worker happens after it.
 */
export function stoppingHttp(
  at: (request: HttpRequest) => boolean,
  when: 'before' | 'after',
): { http: Http; reached: Promise<void> } {
  let arrive = (): void => undefined;
  const reached = new Promise<void>((resolve) => (arrive = resolve));
  const http = clock.http(fetchHttp);
  return {
    reached,
    http: {
      async send(request) {
        if (!at(request)) return http.send(request);
        if (when === 'after') await http.send(request);
        arrive();
        return forever;
      },
    },
  };
}

export const isWrite = ({ method, url }: HttpRequest): boolean =>
  method !== 'GET' && method !== 'POST' && /\/v[08]\/management\//.test(url);

/** CLIProxyAPIs that keep the same lists in other ways; `vitest.config.ts` runs what is about lists in each. */
const WORLDS = {
  '7.2': {},
  '8, old layout': { version: '8.0.20' },
  '8, new layout': { version: '8.0.20', layout: 'new' },
  '8, mixed layout': { version: '8.0.20', layout: 'mixed' },
  '8 without v0, stage a': { version: '8.3.0', layout: 'old', stage: 'a', v0Gone: true },
  '8 without v0, stage b': { version: '8.3.0', layout: 'new', v0Gone: true },
} as const satisfies Record<string, CliproxyapiOptions>;

/** The world of a scene that does not say its own version. */
const world = (process.env['CLIPROXYAPI_WORLD'] ?? '7.2') as keyof typeof WORLDS;
export const withoutV0 = world.startsWith('8 without v0');
export const writesGroups = world === '8, new layout' || world === '8, mixed layout' || withoutV0;

/** Whether the lists of this world name the indexes of keys, by which a real request is told to be a key's own. */
export const tellsIndexes = world !== '8 without v0, stage a';

/** The writes of a change in this world: all families of groups have one path. */
export const asWritten = (...writesOfLists: string[]): string[] =>
  writesOfLists.map((write) => (writesGroups ? 'PATCH /v8/management/config/api-keys' : write));

/** The writes of a change of several lists in this world: groups of all lists go by one. */
export const asWrittenTogether = (...writesOfLists: string[]): string[] =>
  writesGroups ? asWritten('all') : writesOfLists;

/** What is read right before a write in this world, besides the lists themselves. */
export const looksBefore: string[] = [
  ...(world === '7.2' || withoutV0 ? [] : ['GET /config.yaml']),
  ...(writesGroups ? ['GET /v8/management/config/api-keys'] : []),
];

/** Where the whole configuration is read in this world, and where the registry is asked about one key. */
export const CONFIG = withoutV0 ? '/v8/management/config' : '/v0/management/config';
export const REGISTRY = withoutV0 ? '/v8/management/credentials/models' : '/v0/management/auth-files/models';

/** What the first read of a worker in this world asks before it: that there is no `/v0`. */
export const asksFirst: string[] = withoutV0
  ? ['GET /config', 'GET /v8/management/config/config-version']
  : [];

/** What a plan says of the file in this world. */
export const saidOfFile: object[] = withoutV0 ? [{ kind: 'unseen' }] : [];

/** A request in the words of `/v0`, in which one expectation holds in all worlds. */
export const wordsOfV0 = (request: string): string =>
  withoutV0
    ? request.replace(REGISTRY, '/auth-files/models').replace(/\/v8\/management\/config$/, '/config')
    : request;

/** An undo whose user lets it convert the file, where this world cannot show that it is converted already. */
export async function lettingConvert(
  undo: (confirmed?: string) => Promise<UndoOutcome>,
): Promise<UndoOutcome> {
  const asked = await undo();
  const asksOnly = withoutV0 && asked.kind === 'changed' && asked.converts === 'only';
  return asksOnly ? undo(asked.hash) : asked;
}

/** What is read last, where a write of whole lists would undo what was done since the look at the file. */
export const looksLast: string[] = world === '8, old layout' ? ['GET /config'] : [];

/** What a write that converts the file reads besides. */
export const keptBefore: string[] = world === '8, mixed layout' ? ['GET /config.yaml'] : [];

export interface Scene {
  proxy: FakeCliproxyapi;
  relay: FakeNewApi;
  device: Device;
  clock: VirtualClock;
  ports: Ports;
  keyId: string;
}

export interface SceneOptions {
  proxy?: CliproxyapiOptions;
  relay?: NewApiOptions;
  ports?: Partial<Ports>;
  remember?: 'device' | 'session';
}

/** A proxy with the user's providers, a relay with two keys, a saved connection and the first key on a card. */
export async function scene(options: SceneOptions = {}): Promise<Scene> {
  const proxy = await startCliproxyapi({
    providers: OTHERS,
    clock,
    reloadDelayMs: 2,
    ...(options.proxy?.version === undefined && WORLDS[world]),
    ...options.proxy,
  });
  const relay = await startNewApi({
    clock,
    models: MODELS,
    keys: [
      { id: 1, name: 'one', key: fakeKey('one', 1) },
      { id: 2, name: 'two', key: fakeKey('two', 2) },
    ],
    ...options.relay,
  });
  onTestFinished(async () => void (await Promise.all([proxy.stop(), relay.stop()])));
  const device = newDevice();
  const ports = testPorts(device, options.ports);
  const remember = options.remember ?? 'device';
  must(
    await saveConnection(ports, {
      address: proxy.origin,
      managementKey: proxy.managementKey || 'mk',
      remember,
    }),
  );
  const keyId = must(await addKey(ports, { relayName: 'My relay', baseUrl: relay.origin, key: RELAY_KEY }));
  return { proxy, relay, device, clock, ports, keyId };
}

/** Adds the account of the relay's first user. */
export const accountAt = ({ ports, relay }: Scene, more: Partial<AccountInput> = {}) =>
  addAccount(ports, {
    name: '',
    siteUrl: relay.origin,
    accessToken: DEFAULT_ACCESS_TOKEN,
    userId: '2',
    ...more,
  });

/** The worker's next life: the same device and time, nothing remembered in memory. */
export const nextLife = ({ device }: Scene, changes: Partial<Ports> = {}): Ports =>
  testPorts(device, changes);

/** The browser has no permission for the host of this address. */
export const deny = (device: Device, address: string): unknown =>
  device.denied.add(hostPattern(new URL(address)));

export function must<T>(result: Result<T, { code: string }>): T {
  if (!result.ok) throw new Error(`failed: ${JSON.stringify(result.failure)}`);
  return result.value;
}

export const openImport = (ports: Ports, bases: opening.Bases, keyId: string) =>
  opening.openImport(ports, bases, keyId, lookAtGroups);

export const planDialog = (ports: Ports, bases: opening.Bases, keyId: string, draft: ImportDraft) =>
  opening.planDialog(ports, bases, keyId, draft, lookAtGroups);

export async function opened(
  ports: Ports,
  keyId: string,
  bases: opening.Bases = new Map(),
): Promise<OpenedImport> {
  return must(await openImport(ports, bases, keyId));
}

export function planOf(open: Pick<OpenedImport, 'planned'>): PlanView {
  if (open.planned.kind !== 'plan') throw new Error(`no plan: ${JSON.stringify(open.planned)}`);
  return open.planned.plan;
}

export const never = (): AbortSignal => new AbortController().signal;

export const apply = (
  ports: Ports,
  keyId: string,
  draft: ImportDraft,
  planHash: string,
  signal = never(),
): Promise<ImportOutcome> => importKey(ports, { keyId, draft, planHash, signal });

/** Opens and applies, as a user does who presses Import on the plan as it comes. */
export async function importNow(ports: Ports, keyId: string): Promise<ImportOutcome> {
  const open = await opened(ports, keyId);
  return apply(ports, keyId, open.draft, planOf(open).hash);
}

export const served = (n: number, total = n): object => ({
  kind: 'proved',
  card: expect.objectContaining({ kind: 'proved', served: n, total }) as unknown,
});

export const failed = (code: string): object => ({
  kind: 'failed',
  failure: expect.objectContaining({ code }) as unknown,
});

export const providers = (proxy: FakeCliproxyapi): JsonObject[] => proxy.lists['openai-compatibility'];

export const writes = (proxy: FakeCliproxyapi): string[] =>
  proxy.requests
    .filter(({ method }) => ['PUT', 'PATCH', 'DELETE'].includes(method))
    .map(({ method, path }) => `${method} ${path}`);

/** Reads of the list after a write are held back until the proxy has reloaded it, so that a revert is there to be seen. */
export function readBackAfterReload(proxy: FakeCliproxyapi): void {
  proxy.faults.onRequest = async (method, path) => {
    if (method === 'GET' && path === CONFIG && writes(proxy).length > 0) await proxy.settled();
  };
}

export async function publicModels(proxy: FakeCliproxyapi): Promise<string[]> {
  const headers = { Authorization: `Bearer ${proxy.proxyKeys[0]}` };
  const response = await clock.during(fetch(`${proxy.origin}/v1/models`, { headers }));
  const { data } = (await response.json()) as { data: { id: string }[] };
  return data.map(({ id }) => id);
}

/**
 * Undoes as the workflow does. Of a file whose layout cannot be seen, the question whether it may be converted is answered:
 * it has tests of its own.
 */
export async function undoImport(...given: Parameters<typeof undoing.undoImport>): Promise<UndoOutcome> {
  const outcome = await undoing.undoImport(...given);
  if (!withoutV0 || outcome.kind !== 'changed') return outcome;
  const { converts, file: _file, ...conflict } = outcome;
  const [ports, id, , signal] = given;
  return converts === 'only' ? undoing.undoImport(ports, id, outcome.hash, signal) : conflict;
}

export async function cardOf(ports: Ports, keyId: string): Promise<unknown> {
  return must(await ports.saved.read()).cards[keyId];
}

export async function recordsOf(ports: Ports) {
  return must(await readProviderRecords(ports));
}

export async function noticesOf(ports: Ports) {
  return must(await ports.session.read()).notices.map(({ outcome }) => outcome);
}

/** A provider of the user's at the relay, with another key. */
export const entryOf = (origin: string, more: JsonObject = {}): JsonObject => ({
  name: 'mine',
  'base-url': `${origin}/v1`,
  'api-key-entries': [{ 'api-key': SECOND_KEY, weight: 4, 'proxy-url': 'direct' }],
  models: [{ name: 'gpt-4o', alias: 'big', thinking: { min: 1, max: 2 } }],
  ...more,
});
