import { describe, expect, onTestFinished, test } from 'vitest';
import { BATCH_DEFAULTS, type BatchOptions, type BatchView } from '../../../src/core/batch/batch';
import type { ListName } from '../../../src/core/cliproxyapi/lists/list-traits';
import type { ProvedCard } from '../../../src/core/cliproxyapi/proved-card';
import { askAgain } from '../../../src/workflows/import/ask-again';
import { finishImport } from '../../../src/workflows/import/finish-import';
import { importBatch } from '../../../src/workflows/batch/import-batch';
import { addKey } from '../../../src/workflows/accounts/keep-keys';
import type { Batch } from '../../../src/workflows/batch/batch-run';
import { openBatch, planOpenBatch, type Batches } from '../../../src/workflows/batch/open-batch';
import { readHistory } from '../../../src/workflows/view/read-history';
import { readView } from '../../../src/workflows/view/read-view';
import { recover } from '../../../src/workflows/undo/recover';
import { saveConnection } from '../../../src/workflows/connection/save-connection';
import { saveSettings } from '../../../src/workflows/view/save-settings';
import type { JsonObject } from '../../fakes/cliproxyapi.ts';
import type { Ports } from '../../../src/workflows/ports';
import { fakeKey, startNewApi, type FakeNewApi } from '../../fakes/new-api';
import {
  accountAt,
  asWritten,
  asWrittenTogether,
  cardOf,
  isWrite,
  keptBefore,
  looksBefore,
  looksLast,
  must,
  never,
  nextLife,
  noticesOf,
  OTHERS,
  providers,
  publicModels,
  readBackAfterReload,
  recordsOf,
  scene,
  SECOND_KEY,
  stoppingHttp,
  writes,
  writesGroups,
  asksFirst,
  lettingConvert,
  REGISTRY,
  withoutV0,
  wordsOfV0,
  type Scene,
  type SceneOptions,
  undoImport,
} from '../scene';

const ID = 'batch-1';

interface Many extends Scene {
  second: FakeNewApi;
  keyIds: string[];
}

/** Two keys of an account that lists them masked, one entered by hand, and one of a second relay. */
async function many(options: SceneOptions = {}): Promise<Many> {
  const made = await scene(options);
  const second = await startNewApi({
    clock: made.clock,
    models: ['qwen-max', 'gpt-4o'],
    keys: [{ id: 1, name: 'b', key: fakeKey('b', 1) }],
  });
  onTestFinished(() => second.stop());
  const account = must(await accountAt(made, { name: 'Relay A' }));
  const other = must(
    await addKey(made.ports, { relayName: 'Relay B', baseUrl: second.origin, key: `sk-${fakeKey('b', 1)}` }),
  );
  made.proxy.requests.length = 0;
  made.relay.requests.length = 0;
  return { ...made, second, keyIds: [`${account}/1`, `${account}/2`, other] };
}

async function open(made: Many, ports = made.ports): Promise<{ batches: Batches; view: BatchView }> {
  const batches: Batches = new Map();
  const view = must(await openBatch(ports, batches, { batchId: ID, keyIds: made.keyIds }, never()));
  return { batches, view };
}

const apply = (
  ports: Ports,
  { batches, view }: { batches: Batches; view: BatchView },
  options: BatchOptions = BATCH_DEFAULTS,
) =>
  importBatch(ports, {
    batchId: ID,
    batch: batches.get(ID)!,
    options,
    hash: view.hash,
    signal: never(),
  });

const sent = ({ proxy }: Scene): string[] =>
  proxy.requests.map(({ method, path }) =>
    wordsOfV0(`${method} ${path.split('?')[0]!.replace('/v0/management', '')}`),
  );

describe('a batch', () => {
  test('costs one read for the plan, then a read, one write and a read back, and proves every key', async () => {
    const made = await many();
    const opened = await open(made);
    expect(opened.view).toMatchObject({
      keys: 3,
      skipped: [],
      sum: { adds: { providers: 2, keys: 3, models: 5 }, stays: { providers: OTHERS.length } },
      providers: [
        {
          kind: 'create',
          name: 'Relay A',
          models: 3,
          differs: false,
          keys: [{ isNew: true }, { isNew: true }],
        },
        { kind: 'create', name: 'Relay B', models: 2 },
      ],
      pooled: { names: 1 },
    });
    expect(sent(made)).toEqual([...asksFirst, 'GET /config', ...looksBefore]);
    expect(made.relay.requests.map(({ path }) => path)).toEqual([
      '/api/token/batch/keys',
      '/v1/models',
      '/v1/models',
    ]);
    made.proxy.requests.length = 0;
    expect(await apply(made.ports, opened)).toEqual({
      kind: 'done',
      served: 3,
      total: 3,
      importId: 'batch-1',
    });
    const write = asWritten('PUT /openai-compatibility');
    const looks = ['GET /config', ...keptBefore, ...looksBefore, ...looksLast];
    const requests = [...looks, ...write, ...keptBefore, 'GET /config'];
    expect(sent(made).slice(0, requests.length)).toEqual(requests);
    expect(writes(made.proxy)).toHaveLength(1);
    for (const keyId of made.keyIds) {
      const card = await cardOf(made.ports, keyId);
      expect(card).toMatchObject({ kind: 'proved', basis: 'registry', missing: [] });
    }
    expect(await noticesOf(made.ports)).toEqual([{ kind: 'batch', served: 3, total: 3, importId: ID }]);
    expect(await publicModels(made.proxy)).toEqual(expect.arrayContaining(['gpt-4o', 'qwen-max']));
    expect(providers(made.proxy).slice(0, OTHERS.length)).toMatchObject(OTHERS);
    expect(must(await readView(made.ports)).keys.every(({ running }) => running === null)).toBe(true);
  });

  test('says which keys the undo on one card would take along, before it takes any', async () => {
    const made = await many();
    await apply(made.ports, await open(made));
    await made.proxy.settled();
    const before = structuredClone(providers(made.proxy));
    const record = (await recordsOf(made.ports)).find(({ keyIds }) => keyIds.length > 1)!;
    const asked = await undoImport(made.ports, record.id, undefined, never());
    expect(asked).toMatchObject({
      kind: 'changed',
      together: record.keyIds.map(() => expect.any(String) as string),
    });
    expect(providers(made.proxy)).toEqual(before);
    if (asked.kind !== 'changed') throw new Error(asked.kind);
    expect(await undoImport(made.ports, record.id, asked.hash, never())).toEqual({ kind: 'undone' });
    expect(providers(made.proxy)).toHaveLength(before.length - 1);
  });

  test('is taken back by one undo with one write, exactly', async () => {
    const made = await many();
    await made.proxy.setLists('openai-compatibility', [
      ...OTHERS,
      {
        name: 'mine',
        'base-url': `${made.relay.origin}/v1`,
        'api-key-entries': [{ 'api-key': 'sk-before-0001' }],
      },
    ]);
    const before = structuredClone(providers(made.proxy));
    await apply(made.ports, await open(made));
    await made.proxy.settled();
    expect(providers(made.proxy)).toHaveLength(before.length + 1);
    made.proxy.requests.length = 0;
    expect(await undoImport(made.ports, ID, undefined, never())).toEqual({ kind: 'undone' });
    await made.proxy.settled();
    expect(providers(made.proxy)).toEqual(before);
    expect(writes(made.proxy)).toHaveLength(1);
    for (const keyId of made.keyIds) expect(await cardOf(made.ports, keyId)).toBeUndefined();
    expect((await recordsOf(made.ports)).map(({ action, phase }) => `${action} ${phase}`)).toEqual([
      'undo done',
      'undo done',
      'import undone',
      'import undone',
    ]);
    expect(await undoImport(made.ports, ID, undefined, never())).toMatchObject({ kind: 'failed' });
  });

  test('is one line of History with one undo, in a later life too, and where one of it is undone already', async () => {
    const made = await many();
    await apply(made.ports, await open(made));
    await made.proxy.settled();
    const ports = nextLife(made);
    const history = async () => must(await readHistory(ports)).map(({ id, phase }) => [id, phase]);
    expect(must(await readHistory(ports))).toMatchObject([
      { about: 'batch', id: ID, phase: 'done', count: 3, missing: 0, served: 8, total: 8, undoable: true },
    ]);
    const single = (await recordsOf(ports)).find(({ keyIds }) => keyIds.length === 1)!;
    expect(await undoImport(ports, single.id, undefined, never())).toEqual({ kind: 'undone' });
    expect((await history()).at(-1)).toEqual([ID, 'partly-undone']);
    made.proxy.requests.length = 0;
    expect(await undoImport(ports, ID, undefined, never())).toEqual({ kind: 'undone' });
    expect(writes(made.proxy)).toHaveLength(1);
    expect(providers(made.proxy)).toHaveLength(OTHERS.length);
    expect((await history()).at(-1)).toEqual([ID, 'undone']);
  });

  test('of which somebody changed one provider asks before it is undone, and then takes back all', async () => {
    const made = await many();
    const before = structuredClone(providers(made.proxy));
    await apply(made.ports, await open(made));
    await made.proxy.settled();
    const list = structuredClone(providers(made.proxy));
    list[OTHERS.length]!['models'] = [
      ...(list[OTHERS.length]!['models'] as object[]),
      { name: 'x', alias: 'x' },
    ];
    await made.proxy.setLists('openai-compatibility', list);
    made.proxy.requests.length = 0;
    const asked = await undoImport(made.ports, ID, undefined, never());
    if (asked.kind !== 'changed') throw new Error(JSON.stringify(asked));
    expect(asked.lost).toEqual({ keys: 0, models: ['x'], fields: [] });
    expect(writes(made.proxy)).toEqual([]);
    expect(await undoImport(made.ports, ID, asked.hash, never())).toEqual({ kind: 'undone' });
    await made.proxy.settled();
    expect(providers(made.proxy)).toEqual(before);
  });

  test('names the providers that an undo of our part leaves, and takes it out of the others', async () => {
    const made = await many();
    await apply(made.ports, await open(made));
    await made.proxy.settled();
    const theirs = { 'api-key': 'sk-theirs-0000000000000003' };
    const list = structuredClone(providers(made.proxy)).map((entry, at) =>
      at < OTHERS.length
        ? entry
        : {
            ...entry,
            prefix: 'p',
            ...(entry['name'] === 'Relay A' && {
              'api-key-entries': [...(entry['api-key-entries'] as object[]), theirs],
            }),
          },
    );
    await made.proxy.setLists('openai-compatibility', list);
    const asked = await undoImport(made.ports, ID, undefined, never());
    if (asked.kind !== 'changed' || !asked.oursOnly) throw new Error(JSON.stringify(asked));
    expect(asked.oursOnly).toMatchObject({ ownKeys: 0, stays: ['Relay B'] });
    expect(await undoImport(made.ports, ID, asked.oursOnly.hash, never())).toEqual({
      kind: 'partly',
      undone: 1,
      of: 2,
      failure: { code: 'last-key' },
    });
    await made.proxy.settled();
    const [a, b] = providers(made.proxy).slice(OTHERS.length);
    expect(a).toMatchObject({ name: 'Relay A', prefix: 'p', 'api-key-entries': [theirs] });
    expect(b).toEqual(list.at(-1));
    expect(must(await readHistory(made.ports)).at(-1)).toMatchObject({ id: ID, phase: 'partly-undone' });
  });

  test('leaves no namesake the headers that others gave one of its providers, when it is taken back', async () => {
    const made = await many();
    await apply(made.ports, await open(made));
    await made.proxy.settled();
    const list = structuredClone(providers(made.proxy));
    const first = list[OTHERS.length]!;
    const namesake: JsonObject = {
      name: first['name'],
      'base-url': 'https://namesake.example/v1',
      models: [{ name: 'm', alias: 'm' }],
      headers: { 'X-Own': 'own-secret' },
    };
    await made.proxy.setLists('openai-compatibility', [
      ...list.with(OTHERS.length, { ...first, headers: { 'X-Theirs': 'their-secret' } }),
      namesake,
    ]);
    const asked = await undoImport(made.ports, ID, undefined, never());
    if (asked.kind !== 'changed') throw new Error(JSON.stringify(asked));
    expect(await undoImport(made.ports, ID, asked.hash, never())).toEqual({ kind: 'undone' });
    await made.proxy.settled();
    expect(providers(made.proxy)).toMatchObject([...OTHERS, namesake]);
    const saved = made.proxy.savedLists['openai-compatibility'].at(-1)!;
    expect(saved['headers']).toEqual({ 'X-Own': 'own-secret' });
  });

  test('that is all there already writes nothing, and asks what is served', async () => {
    const made = await many();
    await apply(made.ports, await open(made));
    await made.proxy.settled();
    made.proxy.requests.length = 0;
    const again = await open(made);
    expect(again.view).toMatchObject({ unchanged: true, keys: 3 });
    expect(await apply(made.ports, again)).toMatchObject({ kind: 'done', served: 3, total: 3 });
    expect(writes(made.proxy)).toEqual([]);
  });

  test('names the keys that cannot go along, and the others go on', async () => {
    const made = await many();
    await made.second.stop();
    const opened = await open(made);
    const mask = expect.stringMatching(/^sk-.*…/) as unknown;
    const skipped = [{ keyId: made.keyIds[2], name: 'Relay B', mask }];
    expect(opened.view).toMatchObject({ keys: 2, skipped });
    expect(await apply(made.ports, opened)).toMatchObject({ kind: 'done', served: 2, total: 3 });
  });

  test('can make one provider of each key, and keep its names apart from all others', async () => {
    const made = await many();
    const opened = await open(made);
    const options: BatchOptions = { ...BATCH_DEFAULTS, perKey: true, apart: true, priority: '3' };
    const view = must(await planOpenBatch(made.ports, opened.batches, ID, options));
    expect(view).toMatchObject({ pooled: { names: 0 } });
    expect(view.providers.map(({ name }) => name)).toEqual(['Relay A one', 'Relay A two', 'Relay B 0001']);
    expect(await apply(made.ports, { ...opened, view }, options)).toMatchObject({
      kind: 'done',
      served: 3,
      total: 3,
    });
    await made.proxy.settled();
    expect(providers(made.proxy).at(-1)).toMatchObject({
      priority: 3,
      models: expect.arrayContaining([{ name: 'qwen-max', alias: 'Relay-B-0001/qwen-max' }]) as unknown,
    });
    made.proxy.requests.length = 0;
    const again = await open(made);
    expect(must(await planOpenBatch(made.ports, again.batches, ID, options)).unchanged).toBe(true);
  });

  test('names its models by the rules of each relay, or by those that are chosen for all', async () => {
    const made = await many();
    const set = (id: string, put: string, without: string) => ({
      id,
      name: id,
      keepOriginal: false,
      rules: [
        { kind: 'prefix' as const, put },
        { kind: 'without' as const, find: without },
      ],
    });
    const { settings } = must(await made.ports.saved.read());
    const relayRules = { [new URL(made.second.origin).host]: 'b' };
    const ruleSets = [set('a', 'a-', 'mini'), set('b', 'b-', 'none')];
    must(await saveSettings(made.ports, { ...settings, ruleSets, ruleSet: 'a', relayRules }));
    const { batches, view } = await open(made);
    expect(view.dropped).toBe(2);
    const options = { ...BATCH_DEFAULTS, ruleSet: 'b' };
    expect(must(await planOpenBatch(made.ports, batches, ID, options)).dropped).toBe(0);
    expect(await apply(made.ports, { batches, view })).toMatchObject({ kind: 'done', served: 3 });
    const names = await publicModels(made.proxy);
    expect(names).toEqual(expect.arrayContaining(['a-gpt-4o', 'a-deepseek-chat', 'b-gpt-4o', 'b-qwen-max']));
    expect(names).not.toContain('a-gpt-4o-mini');
  });

  test('says where keys of one provider are not offered the same models', async () => {
    const made = await many({
      relay: {
        keys: [
          { id: 1, name: 'one', key: fakeKey('one', 1), modelLimits: ['gpt-4o'] },
          { id: 2, name: 'two', key: fakeKey('two', 2) },
        ],
      },
    });
    expect((await open(made)).view.providers[0]).toMatchObject({ name: 'Relay A', differs: true });
  });

  test('leaves out the keys that the user took out', async () => {
    const made = await many();
    const opened = await open(made);
    const options = { ...BATCH_DEFAULTS, without: [made.keyIds[2]!] };
    const view = must(await planOpenBatch(made.ports, opened.batches, ID, options));
    expect(view).toMatchObject({ keys: 2, providers: [{ name: 'Relay A' }] });
  });
});

describe('a batch that meets trouble', () => {
  test('shows the new plan and writes nothing where another client wrote in between', async () => {
    const made = await many();
    const opened = await open(made);
    await made.proxy.setLists('openai-compatibility', [
      ...OTHERS,
      { name: 'theirs', 'base-url': `${made.relay.origin}/v1`, models: [{ name: 'm', alias: 'm' }] },
    ]);
    made.proxy.requests.length = 0;
    const outcome = await apply(made.ports, opened);
    expect(outcome).toMatchObject({
      kind: 'replan',
      view: { providers: [{ kind: 'update', name: 'theirs' }, {}] },
    });
    expect(writes(made.proxy)).toEqual([]);
    if (outcome.kind !== 'replan') return;
    expect(await apply(made.ports, { ...opened, view: outcome.view })).toMatchObject({
      kind: 'done',
      served: 3,
    });
  });

  test('ends with exactly one refused request where the management key is wrong', async () => {
    const made = await many();
    const opened = await open(made);
    must(
      await saveConnection(made.ports, {
        address: made.proxy.origin,
        managementKey: 'wrong',
        remember: 'device',
      }),
    );
    made.proxy.requests.length = 0;
    expect(await apply(made.ports, opened)).toMatchObject({
      kind: 'failed',
      failure: { code: 'key-refused' },
    });
    expect(
      await openBatch(made.ports, new Map(), { batchId: ID, keyIds: made.keyIds }, never()),
    ).toMatchObject({
      ok: false,
    });
    expect(made.proxy.requests).toHaveLength(1);
  });

  test('whose write a reload takes back is tried once more', async () => {
    const made = await many();
    const opened = await open(made);
    made.proxy.requests.length = 0;
    readBackAfterReload(made.proxy);
    made.proxy.faults.revertNextWrites = 1;
    expect(await apply(made.ports, opened)).toMatchObject({ kind: 'done', served: 3, total: 3 });
    await made.proxy.settled();
    expect(providers(made.proxy)).toHaveLength(OTHERS.length + 2);
  });

  test.each(['before', 'after'] as const)(
    'is judged by the next start when the worker stops %s its write',
    async (when) => {
      const made = await many();
      const stop = stoppingHttp(isWrite, when);
      const dying = nextLife(made, { http: stop.http });
      const opened = await open(made, dying);
      void apply(dying, opened);
      await stop.reached;
      const next = nextLife(made);
      const toProve = await recover(next);
      const written = when === 'after';
      expect(toProve.map(({ keyId }) => keyId).sort()).toEqual(written ? [...made.keyIds].sort() : []);
      for (const { keyId } of toProve) await askAgain(next, keyId, never());
      for (const keyId of made.keyIds) {
        const card = await cardOf(next, keyId);
        expect(card).toMatchObject(
          written ? { kind: 'proved', missing: [] } : { kind: 'interrupted', finding: 'not-written' },
        );
      }
      if (written) {
        expect(await lettingConvert((hash) => undoImport(next, ID, hash, never()))).toEqual({
          kind: 'undone',
        });
        return;
      }
      const [record] = await recordsOf(next);
      expect(await finishImport(next, record!.id, never())).toMatchObject({ kind: 'replan' });
      expect(providers(made.proxy)).toMatchObject(OTHERS);
    },
  );

  test('can be cancelled while the relays are asked: nothing is kept', async () => {
    const made = await many();
    const abort = new AbortController();
    abort.abort();
    const batches = new Map<string, Batch>();
    const order = { batchId: ID, keyIds: made.keyIds };
    expect(await openBatch(made.ports, batches, order, abort.signal)).toMatchObject({ ok: false });
    expect(batches.size).toBe(0);
    expect(must(await readView(made.ports)).keys.every(({ running }) => running === null)).toBe(true);
  });

  test('is opened anew when the worker has forgotten it', async () => {
    const made = await many();
    expect(await planOpenBatch(made.ports, new Map(), ID, BATCH_DEFAULTS)).toMatchObject({
      failure: { code: 'unknown-item' },
    });
  });

  test('gives no page a key text', async () => {
    const made = await many();
    const { view } = await open(made);
    for (const secret of [fakeKey('one', 1), SECOND_KEY.slice(3), fakeKey('b', 1)])
      expect(JSON.stringify(view)).not.toContain(secret);
  });
});

describe('the proof of a batch', () => {
  const REGISTRY_ASKED = 'GET /auth-files/models';
  const asked = (made: Many): string[] =>
    sent(made).filter((path) => path === REGISTRY_ASKED || path === 'GET /openai-compatibility');

  test('asks the registry about one key of each provider, and the list which others are loaded', async () => {
    const made = await many();
    const opened = await open(made);
    made.proxy.requests.length = 0;
    expect(await apply(made.ports, opened)).toMatchObject({ kind: 'done', served: 3, total: 3 });
    expect(asked(made)).toEqual([
      REGISTRY_ASKED,
      REGISTRY_ASKED,
      // Without `/v0` the list does not tell what is loaded, nor whether the write as a whole is.
      ...(withoutV0 ? [REGISTRY_ASKED, REGISTRY_ASKED] : ['GET /openai-compatibility']),
    ]);
    const cards = [await cardOf(made.ports, made.keyIds[0]!), await cardOf(made.ports, made.keyIds[1]!)];
    const [one, two] = cards as [ProvedCard, ProvedCard];
    expect(two).toMatchObject({ served: 3, total: 3, basis: 'registry', importId: one.importId });
    expect(two.print).toBeDefined();
    expect(two.print).not.toBe(one.print);
  });

  test.each<[string, SceneOptions, (made: Many) => object | undefined]>([
    ['the list does not show as loaded', {}, () => ({ 'openai-compatibility': [] })],
    ['of a server whose marks may be old', { proxy: { version: '7.0.0' } }, () => undefined],
  ])('asks by itself about each key that %s', async (_name, options, body) => {
    const made = await many(options);
    const opened = await open(made);
    made.proxy.requests.length = 0;
    made.proxy.faults.answer = (method, path) => {
      const reply = method === 'GET' && path.endsWith('/openai-compatibility') && body(made);
      return reply ? { status: 200, body: reply } : undefined;
    };
    expect(await apply(made.ports, opened)).toMatchObject({ kind: 'done', served: 3, total: 3 });
    expect(asked(made).filter((path) => path === REGISTRY_ASKED)).toHaveLength(
      withoutV0 && !options.proxy ? 4 : 3,
    );
  });
});

describe('what a batch says', () => {
  test('is about its own providers, wherever others have put theirs meanwhile', async () => {
    const made = await many();
    const opened = await open(made);
    made.proxy.requests.length = 0;
    let done = false;
    made.proxy.faults.onRequest = async (method, path) => {
      if (done || method !== 'GET' || !path.endsWith('/config') || writes(made.proxy).length === 0) return;
      done = true;
      const off = {
        name: 'off above',
        disabled: true,
        'base-url': 'https://above.example/v1',
        models: [{ name: 'x' }],
      };
      await made.proxy.setLists('openai-compatibility', [off, ...providers(made.proxy)]);
    };
    expect(await apply(made.ports, opened)).toMatchObject({ kind: 'done', served: 3, total: 3 });
    expect(await cardOf(made.ports, made.keyIds[2]!)).toMatchObject({ providerName: 'Relay B', served: 2 });
    expect(await cardOf(made.ports, made.keyIds[0]!)).toMatchObject({ providerName: 'Relay A', served: 3 });
  });

  test('stands on the cards of the keys that could not go along, too', async () => {
    const made = await many();
    await made.second.stop();
    await apply(made.ports, await open(made));
    expect(await cardOf(made.ports, made.keyIds[2]!)).toMatchObject({
      kind: 'failed',
      failure: { code: 'relay-via-proxy' },
    });
  });

  test('is that it failed, on every card, also where an older one said served', async () => {
    const made = await many();
    await apply(made.ports, await open(made));
    await made.proxy.settled();
    await made.proxy.setLists('openai-compatibility', OTHERS);
    const opened = await open(made);
    must(
      await saveConnection(made.ports, {
        address: made.proxy.origin,
        managementKey: 'wrong',
        remember: 'device',
      }),
    );
    await apply(made.ports, opened);
    for (const keyId of made.keyIds) {
      const card = await cardOf(made.ports, keyId);
      expect(card).toMatchObject({ kind: 'failed', failure: { code: 'key-refused' } });
    }
  });

  test('names a management key that is refused during the proofs, which only one request hears of', async () => {
    const made = await many();
    const { batches } = await open(made);
    const options = { ...BATCH_DEFAULTS, perKey: true };
    const view = must(await planOpenBatch(made.ports, batches, ID, options));
    let refused = 0;
    made.proxy.faults.answer = (_method, path) => {
      if (refused === 0 && !path.startsWith(REGISTRY)) return undefined;
      refused += 1;
      return { status: 401, body: { error: 'invalid management key' } };
    };
    expect(await apply(made.ports, { batches, view }, options)).toMatchObject({ kind: 'done', served: 0 });
    expect(refused).toBe(1);
    for (const keyId of made.keyIds)
      expect(await cardOf(made.ports, keyId)).toMatchObject({
        kind: 'proved',
        basis: 'none',
        served: 0,
        missing: expect.arrayContaining([expect.objectContaining({ reason: 'refused' })]) as unknown,
      });
  });

  test('is not served where the proxy cannot be asked for one key', async () => {
    const made = await many({ proxy: { version: '6.9.39' } });
    made.proxy.faults.answer = (_method, path) =>
      path.startsWith('/v0/management/auth-files/models')
        ? { status: 404, headers: { 'X-CPA-VERSION': '6.9.39' } }
        : undefined;
    const outcome = await apply(made.ports, await open(made));
    expect(outcome).toMatchObject({ kind: 'done', served: 0 });
    expect((await recordsOf(made.ports)).map(({ served }) => served)).toEqual([null, null]);
  });

  test('of a key of which no model is taken is not that it is served', async () => {
    const made = await many({ relay: { models: ['gpt-4o(free)'] } });
    await made.proxy.setLists('openai-compatibility', [
      { name: 'mine', 'base-url': `${made.relay.origin}/v1`, models: [{ name: 'm', alias: 'm' }] },
    ]);
    await apply(made.ports, await open(made));
    expect(await cardOf(made.ports, made.keyIds[0]!)).toMatchObject({
      kind: 'proved',
      keyOnly: true,
      total: 1,
    });
  });
});

describe('a batch for which storage has too little room', () => {
  /** The same batch as `many`, with a relay that lists more than fits. */
  async function crowded(): Promise<Many> {
    const made = await many();
    const names = Array.from({ length: 400 }, (_, n) => `a-model-of-a-relay-that-lists-a-lot-${n}`);
    const large = await startNewApi({
      clock: made.clock,
      models: names,
      keys: [{ id: 1, name: 'c', key: fakeKey('c', 1) }],
    });
    onTestFinished(() => large.stop());
    const input = { relayName: 'Relay C', baseUrl: large.origin, key: `sk-${fakeKey('c', 1)}` };
    const keyIds = [must(await addKey(made.ports, input)), ...made.keyIds];
    return { ...made, keyIds };
  }
  const stored = ({ device }: Scene): number =>
    [...device.local.values()].reduce((all, { length }) => all + length, 0);

  test('refuses the key that does not fit with what to do, and the others go on', async () => {
    const made = await crowded();
    const opened = await open(made);
    made.device.room = stored(made) + 20_000;
    expect(await apply(made.ports, opened)).toMatchObject({ kind: 'done', served: 3, total: 4 });
    expect(await cardOf(made.ports, made.keyIds[0]!)).toMatchObject({
      kind: 'failed',
      failure: { code: 'storage-full' },
    });
    for (const keyId of made.keyIds.slice(1))
      expect(await cardOf(made.ports, keyId)).toMatchObject({ kind: 'proved', missing: [] });
    expect(providers(made.proxy).map(({ name }) => name)).toEqual([
      ...OTHERS.map(({ name }) => name),
      'Relay A',
      'Relay B',
    ]);
    expect((await recordsOf(made.ports)).map(({ relayName, phase }) => [relayName, phase])).toEqual([
      ['Relay A', 'done'],
      ['Relay B', 'done'],
    ]);
  });

  test('sends nothing where no key of it fits', async () => {
    const made = await crowded();
    const opened = await open(made);
    made.device.room = stored(made) + 300;
    expect(await apply(made.ports, opened)).toMatchObject({
      kind: 'failed',
      failure: { code: 'storage-full' },
    });
    expect(writes(made.proxy)).toEqual([]);
    expect(await recordsOf(made.ports)).toEqual([]);
  });
});

test('the same key twice goes in once', async () => {
  const made = await many();
  const opened = await open({ ...made, keyIds: [...made.keyIds, made.keyId] });
  expect(opened.view).toMatchObject({ keys: 3, skipped: [{ failure: { code: 'duplicate', name: 'one' } }] });
});

test('where a relay knows no batch of reveals, every single one is counted and some are left to the user', async () => {
  const keys = Array.from({ length: 30 }, (_, at) => ({ id: at + 1, name: `k${at}`, key: fakeKey('k', at) }));
  const made = await scene({ relay: { keys } });
  const account = must(await accountAt(made));
  made.relay.faults.status = { '/api/token/batch/keys': 404 };
  made.relay.requests.length = 0;
  const keyIds = keys.map(({ id }) => `${account}/${id}`);
  const view = must(await openBatch(made.ports, new Map(), { batchId: ID, keyIds }, never()));
  const counted = made.relay.requests.filter(({ method }) => method === 'POST');
  expect(counted).toHaveLength(15);
  expect(view.keys).toBe(14);
  expect(view.skipped.at(-1)).toMatchObject({ failure: { code: 'reveal-wait' } });
});

test('an undo of a batch keeps secrets no nearer than its import did', async () => {
  const made = await many({ remember: 'device' });
  await apply(made.ports, await open(made));
  await made.proxy.settled();
  await undoImport(made.ports, ID, undefined, never());
  const { secrets } = must(await made.ports.journal.read());
  expect(JSON.stringify(secrets)).not.toContain(fakeKey('one', 1));
});

test('an undo of a batch takes out headers that others added, from every provider of it', async () => {
  const made = await many();
  const before = structuredClone(providers(made.proxy));
  await made.proxy.setLists('openai-compatibility', [
    ...before,
    {
      name: 'A',
      'base-url': `${made.relay.origin}/v1`,
      headers: { 'X-Mine': 'a' },
      models: [{ name: 'm', alias: 'm' }],
    },
    {
      name: 'B',
      'base-url': `${made.second.origin}/v1`,
      headers: { 'X-Mine': 'b' },
      models: [{ name: 'n', alias: 'n' }],
    },
  ]);
  const mine = structuredClone(providers(made.proxy));
  await apply(made.ports, await open(made));
  await made.proxy.settled();
  await made.proxy.setLists(
    'openai-compatibility',
    providers(made.proxy).map((one) =>
      one['headers'] && one['name'] !== 'Other one'
        ? { ...one, headers: { ...one['headers'], 'X-Theirs': 't' } }
        : one,
    ),
  );
  const asked = await undoImport(made.ports, ID, undefined, never());
  if (asked.kind !== 'changed') throw new Error(JSON.stringify(asked));
  expect(await undoImport(made.ports, ID, asked.hash, never())).toEqual({ kind: 'undone' });
  await made.proxy.settled();
  expect(providers(made.proxy)).toEqual(mine);
  expect(made.proxy.savedLists['openai-compatibility']).toEqual(mine);
});

test('an undo of a batch takes back what it can, and tells why one of its providers stays', async () => {
  const made = await many({ remember: 'session' });
  const mine = {
    name: 'mine',
    'base-url': `${made.relay.origin}/v1`,
    'api-key-entries': [{ 'api-key': 'sk-before-0001' }],
  };
  await made.proxy.setLists('openai-compatibility', [...OTHERS, mine]);
  await apply(made.ports, await open(made));
  await made.proxy.settled();
  // What the provider had before is known no more, and another client took it out.
  await made.ports.session.change((document) => void (document.secrets = {}));
  const list = structuredClone(providers(made.proxy));
  const joined = list.find(({ name }) => name === 'mine')!;
  joined['api-key-entries'] = (joined['api-key-entries'] as object[]).slice(1);
  await made.proxy.setLists('openai-compatibility', list);
  const asked = await undoImport(made.ports, ID, undefined, never());
  if (asked.kind !== 'changed') throw new Error(JSON.stringify(asked));
  expect(await undoImport(made.ports, ID, asked.hash, never())).toEqual({
    kind: 'partly',
    undone: 1,
    of: 2,
    failure: { code: 'undo-secret-gone' },
  });
  expect(providers(made.proxy).map(({ name }) => name)).toEqual(['Other one', 'off', 'mine']);
  expect((await noticesOf(made.ports)).at(-1)).toMatchObject({
    kind: 'undone',
    count: 1,
    of: 2,
    failure: { code: 'undo-secret-gone' },
  });
  expect(must(await readHistory(made.ports)).at(-1)).toMatchObject({ id: ID, phase: 'partly-undone' });
});

/** An undo of so many keys, each in a provider of its own: how often what was written. */
async function costOfUndo(count: number): Promise<Record<string, number>> {
  const keys = Array.from({ length: count }, (_, at) => fakeKey('n', at + 1));
  const made = await scene({ relay: { keys: keys.map((key, at) => ({ id: at + 1, name: `n${at}`, key })) } });
  const keyIds: string[] = [];
  for (const key of keys)
    keyIds.push(
      must(await addKey(made.ports, { relayName: 'N', baseUrl: made.relay.origin, key: `sk-${key}` })),
    );
  const options = { ...BATCH_DEFAULTS, perKey: true };
  const all = { ...made, second: made.relay, keyIds };
  const { batches } = await open(all);
  const view = must(await planOpenBatch(made.ports, batches, ID, options));
  await apply(made.ports, { batches, view }, options);
  await made.proxy.settled();
  expect(providers(made.proxy)).toHaveLength(OTHERS.length + count);
  const cost: Record<string, number> = {};
  for (const [where, map] of [
    ['local', made.device.local],
    ['session', made.device.session],
  ] as const) {
    const { set } = map;
    map.set = (name, text) => {
      cost[`${where} ${name}`] = (cost[`${where} ${name}`] ?? 0) + 1;
      return set.call(map, name, text);
    };
  }
  made.proxy.requests.length = 0;
  expect(await undoImport(made.ports, ID, undefined, never())).toEqual({ kind: 'undone' });
  expect(providers(made.proxy)).toHaveLength(OTHERS.length);
  return { ...cost, writes: writes(made.proxy).length, requests: made.proxy.requests.length };
}

test('an undo writes each document as often for many keys as for two, and each list once', async () => {
  const [few, more] = [await costOfUndo(2), await costOfUndo(9)];
  expect(few).toMatchObject({ writes: 1, 'local keyferry': 1 });
  expect(more).toEqual(few);
});

test('an undo of a batch goes on where somebody removed one of its providers', async () => {
  const made = await many();
  const before = structuredClone(providers(made.proxy));
  await apply(made.ports, await open(made));
  await made.proxy.settled();
  await made.proxy.setLists('openai-compatibility', providers(made.proxy).slice(0, -1));
  expect(await undoImport(made.ports, ID, undefined, never())).toEqual({ kind: 'undone' });
  await made.proxy.settled();
  expect(providers(made.proxy)).toEqual(before);
});

describe('a batch into several lists', () => {
  /** The key of the second relay goes in as Claude's, with a prefix of its own. */
  const optionsFor = (made: Many, list: ListName = 'claude-api-key'): BatchOptions => ({
    ...BATCH_DEFAULTS,
    priority: '2',
    prefix: '{relay}',
    rows: { [made.keyIds[2]!]: { list, prefix: 'own' } },
  });

  test('writes one after the other, each proved before the next, or all at once, with what was set for one key', async () => {
    const made = await many();
    const { batches } = await open(made);
    const options = optionsFor(made);
    const view = must(await planOpenBatch(made.ports, batches, ID, options));
    // An entry of Claude's list has no name of its own: the row keeps that of the relay.
    expect(view.providers.map(({ list, name, baseUrl }) => [list, name, baseUrl])).toEqual([
      ['openai-compatibility', 'Relay A', `${made.relay.origin}/v1`],
      ['claude-api-key', 'Relay B', made.second.origin],
    ]);
    // Whether the relay speaks Claude's API is not known, so that its key is not counted as served.
    expect(view.languages).toEqual([{ kind: 'unsure', list: 'claude-api-key', names: [expect.any(String)] }]);
    made.proxy.requests.length = 0;
    expect(await apply(made.ports, { batches, view }, options)).toMatchObject({
      kind: 'done',
      served: 2,
      total: 3,
    });
    expect(writes(made.proxy)).toEqual(
      asWrittenTogether('PUT /v0/management/openai-compatibility', 'PUT /v0/management/claude-api-key'),
    );
    const paths = sent(made);
    const asked = paths
      .map((path, at) => (path === 'GET /auth-files/models' ? at : -1))
      .filter((at) => at >= 0);
    const [second] = asWritten('PUT /claude-api-key');
    expect(asked.filter((at) => at < paths.lastIndexOf(second!))).toHaveLength(writesGroups ? 0 : 1);
    expect(providers(made.proxy).at(-1)).toMatchObject({ name: 'Relay A', prefix: 'Relay-A', priority: 2 });
    expect(made.proxy.lists['claude-api-key']).toMatchObject([
      { 'base-url': made.second.origin, prefix: 'own', priority: 2 },
    ]);
    expect(await noticesOf(made.ports)).toHaveLength(1);
    expect(await undoImport(made.ports, ID, undefined, never())).toEqual({ kind: 'undone' });
    expect(made.proxy.lists['claude-api-key']).toEqual([]);
    expect(providers(made.proxy)).toHaveLength(OTHERS.length);
  });

  test('of which somebody took one away is undone in the other', async () => {
    const made = await many();
    const { batches } = await open(made);
    const options = optionsFor(made);
    const view = must(await planOpenBatch(made.ports, batches, ID, options));
    await apply(made.ports, { batches, view }, options);
    await made.proxy.settled();
    await made.proxy.setLists('openai-compatibility', OTHERS);
    expect(await undoImport(made.ports, ID, undefined, never())).toEqual({ kind: 'undone' });
    expect([made.proxy.lists['claude-api-key'], providers(made.proxy)]).toMatchObject([[], OTHERS]);
    expect((await recordsOf(made.ports)).filter(({ phase }) => phase === 'undone')).toHaveLength(2);
    expect(await undoImport(made.ports, ID, undefined, never())).toMatchObject({ kind: 'failed' });
  });

  test('leaves a key in the list that has it', async () => {
    const made = await many();
    const entry = { 'api-key': `sk-${fakeKey('b', 1)}`, models: [{ name: 'qwen-max', alias: 'qwen-max' }] };
    await made.proxy.setLists('claude-api-key', [
      { ...entry, 'base-url': 'https://another.example' },
      { ...entry, 'base-url': made.second.origin },
    ]);
    const { view } = await open(made);
    expect(view.providers).toMatchObject([
      { list: 'openai-compatibility', kind: 'create', keys: [{}, {}] },
      { list: 'claude-api-key', kind: 'update', keys: [{}] },
    ]);
  });

  test.skipIf(writesGroups)(
    'that stops at the second says which keys were left; what is written stays and can be undone',
    async () => {
      const made = await many();
      const { batches } = await open(made);
      const options = optionsFor(made);
      const view = must(await planOpenBatch(made.ports, batches, ID, options));
      let sentWrites = 0;
      made.proxy.faults.answer = (method) =>
        (method === 'PUT' || method === 'PATCH') && ++sentWrites === 2
          ? { status: 500, body: { error: 'failed to save config: disk full' } }
          : undefined;
      expect(await apply(made.ports, { batches, view }, options)).toMatchObject({
        kind: 'done',
        served: 2,
        total: 3,
      });
      expect(await cardOf(made.ports, made.keyIds[2]!)).toMatchObject({
        kind: 'failed',
        failure: { code: 'server-error' },
      });
      expect(await cardOf(made.ports, made.keyIds[0]!)).toMatchObject({ kind: 'proved', served: 3 });
      expect(await undoImport(made.ports, ID, undefined, never())).toEqual({ kind: 'undone' });
      expect(providers(made.proxy)).toHaveLength(OTHERS.length);
    },
  );

  test('that a server cannot have leaves those keys out, with the reason', async () => {
    const made = await many({ proxy: { version: '7.2.60' } });
    const { batches } = await open(made);
    const view = must(await planOpenBatch(made.ports, batches, ID, optionsFor(made, 'xai-api-key')));
    expect(view.skipped).toMatchObject([{ failure: { code: 'list-too-new' } }]);
    expect(view.keys).toBe(2);
  });
});

test('a relay that hangs is asked about few of its keys, and holds no other relay up', async () => {
  const made = await many();
  const slow = await startNewApi({
    clock: made.clock,
    models: ['m'],
    keys: Array.from({ length: 20 }, (_, at) => ({ id: at + 1, name: `s${at}`, key: fakeKey('s', at + 1) })),
  });
  onTestFinished(() => slow.stop());
  slow.faults.hang = true;
  const hanging: string[] = [];
  for (let at = 1; at <= 20; at += 1)
    hanging.push(
      must(await addKey(made.ports, { relayName: 'S', baseUrl: slow.origin, key: `sk-${fakeKey('s', at)}` })),
    );
  const begun = made.clock.now();
  const { view, batches } = await open({ ...made, keyIds: [...hanging, ...made.keyIds] });
  expect(made.clock.now() - begun).toBeLessThan(11_000);
  expect(slow.requests).toHaveLength(4);
  expect(view.keys).toBe(3);
  expect(view.skipped.map(({ failure }) => failure.code)).toEqual(hanging.map(() => 'relay-timeout'));
  slow.faults.hang = false;
  const order = { batchId: ID, keyIds: [...hanging, ...made.keyIds] };
  expect(must(await openBatch(made.ports, batches, order, never())).keys).toBe(23);
});

test('opened again, a batch asks only the relays that failed', async () => {
  const made = await many();
  made.second.faults.modelsStatus = 503;
  const { batches, view } = await open(made);
  expect(view).toMatchObject({ keys: 2, skipped: [{ failure: { code: 'relay-error' } }] });
  delete made.second.faults.modelsStatus;
  made.relay.requests.length = 0;
  const again = must(await openBatch(made.ports, batches, { batchId: ID, keyIds: made.keyIds }, never()));
  expect(again).toMatchObject({ keys: 3, skipped: [] });
  expect(again.providers.map(({ name }) => name)).toEqual(['Relay A', 'Relay B']);
  expect(made.relay.requests).toEqual([]);
});
