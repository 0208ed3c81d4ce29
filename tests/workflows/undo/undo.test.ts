import { describe, expect, test } from 'vitest';
import { recover } from '../../../src/workflows/undo/recover';
import type { JsonObject } from '../../fakes/cliproxyapi.ts';
import {
  apply,
  asWritten,
  cardOf,
  importNow,
  isWrite,
  LIST,
  must,
  never,
  nextLife,
  noticesOf,
  opened,
  OTHERS,
  planDialog,
  planOf,
  providers,
  publicModels,
  recordsOf,
  RELAY_KEY,
  scene,
  type Scene,
  type SceneOptions,
  SECOND_KEY,
  stoppingHttp,
  writes,
  writesGroups,
  lettingConvert,
  undoImport,
} from '../scene';

const mine = (origin: string, more: JsonObject = {}): JsonObject => ({
  name: 'mine',
  priority: 2,
  'base-url': `${origin}/v1`,
  'api-key-entries': [{ 'api-key': SECOND_KEY, weight: 4, 'proxy-url': 'direct' }],
  models: [{ name: 'gpt-4o', alias: 'big', thinking: { min: 1, max: 2 } }],
  headers: { 'X-Mine': 'header-secret' },
  'disable-cooling': false,
  ...more,
});

/** A scene with one import behind it: into a provider that was there, or as a new one. */
async function imported(
  kind: 'create' | 'join',
  options: SceneOptions = {},
): Promise<Scene & { importId: string; before: JsonObject[] }> {
  const made = await scene(options);
  if (kind === 'join')
    await made.proxy.setLists('openai-compatibility', [...OTHERS, mine(made.relay.origin)]);
  const before = structuredClone(providers(made.proxy));
  expect(await importNow(made.ports, made.keyId)).toMatchObject({ kind: 'proved' });
  await made.proxy.settled();
  made.proxy.requests.length = 0;
  return { ...made, before, importId: (await recordsOf(made.ports))[0]!.id };
}

const undo = ({ ports, importId }: { ports: Scene['ports']; importId: string }, confirmedLoss?: string) =>
  undoImport(ports, importId, confirmedLoss, never());

describe.each(['create', 'join'] as const)('undoing an import (%s)', (kind) => {
  test('restores exactly the touched entry with one write, and the rest is as it was', async () => {
    const made = await imported(kind);
    expect(await undo(made)).toEqual({ kind: 'undone' });
    await made.proxy.settled();
    expect(providers(made.proxy)).toEqual(made.before);
    expect(writes(made.proxy)).toEqual(
      asWritten(kind === 'create' ? `DELETE ${LIST}?name=My%20relay` : `PATCH ${LIST}`),
    );
    expect(await publicModels(made.proxy)).not.toContain('deepseek-chat');
    expect(await cardOf(made.ports, made.keyId)).toBeUndefined();
    expect((await noticesOf(made.ports)).at(-1)).toMatchObject({ kind: 'undone' });
    expect((await recordsOf(made.ports)).map(({ action, phase }) => [action, phase])).toEqual([
      ['undo', 'done'],
      ['import', 'undone'],
    ]);
  });

  test('works in a later life of the worker, and while keys are kept for the session only', async () => {
    for (const remember of ['device', 'session'] as const) {
      const made = await imported(kind, { remember });
      expect(await undo({ ...made, ports: nextLife(made) })).toEqual({ kind: 'undone' });
      expect(providers(made.proxy)).toEqual(made.before);
    }
  });

  test('is done once', async () => {
    const made = await imported(kind);
    await undo(made);
    made.proxy.requests.length = 0;
    expect(await undo(made)).toMatchObject({ kind: 'failed', failure: { code: 'undo-gone' } });
    expect(made.proxy.requests).toEqual([]);
  });

  test('of an entry that somebody changed since says what would be lost, and writes nothing', async () => {
    const made = await imported(kind);
    const list = providers(made.proxy);
    const last = list.at(-1)!;
    const changed: JsonObject = {
      ...last,
      'api-key-entries': [...(last['api-key-entries'] as []), { 'api-key': 'sk-third-000000000003' }],
      models: [...(last['models'] as []), { name: 'new-model', alias: 'newest' }],
      prefix: 'p',
    };
    await made.proxy.setLists('openai-compatibility', [...list.slice(0, -1), changed]);
    const outcome = await undo(made);
    expect(outcome).toEqual({
      kind: 'changed',
      providerName: kind === 'create' ? 'My relay' : 'mine',
      lost: { keys: 1, models: ['newest'], fields: ['prefix'] },
      hash: expect.any(String) as string,
      oursOnly: expect.any(Object) as object,
    });
    expect(writes(made.proxy)).toEqual([]);
    expect((await recordsOf(made.ports)).map(({ phase }) => phase)).toEqual(['done']);
    if (outcome.kind !== 'changed') return;
    expect(await undo(made, 'another hash')).toMatchObject({ kind: 'changed' });
    expect(await undo(made, outcome.hash)).toEqual({ kind: 'undone' });
    await made.proxy.settled();
    expect(providers(made.proxy)).toEqual(made.before);
  });

  test('of an entry that changed again after it was shown shows it again', async () => {
    const made = await imported(kind);
    const change = async (more: JsonObject): Promise<void> => {
      const list = providers(made.proxy);
      await made.proxy.setLists('openai-compatibility', [...list.slice(0, -1), { ...list.at(-1), ...more }]);
    };
    await change({ prefix: 'p' });
    const shown = await undo(made);
    await change({ prefix: 'q' });
    expect(shown.kind === 'changed' && (await undo(made, shown.hash))).toMatchObject({ kind: 'changed' });
    expect(writes(made.proxy)).toEqual([]);
  });

  test('names a key that was replaced, or whose weight was set, among what would be lost', async () => {
    const made = await imported(kind);
    const list = providers(made.proxy);
    const entries = list.at(-1)!['api-key-entries'] as JsonObject[];
    for (const keys of [
      [...entries.slice(0, -1), { 'api-key': 'sk-third-000000000003' }],
      [...entries.slice(0, -1), { ...entries.at(-1), weight: 9 }],
    ]) {
      await made.proxy.setLists('openai-compatibility', [
        ...list.slice(0, -1),
        { ...list.at(-1), 'api-key-entries': keys },
      ]);
      const outcome = await undo(made);
      const lost = outcome.kind === 'changed' ? outcome.lost : undefined;
      expect(lost).toBeDefined();
      expect(lost).not.toEqual({ keys: 0, models: [], fields: [] });
    }
  });

  test('of an entry that is gone, or is now at another proxy, is refused', async () => {
    const made = await imported(kind);
    await made.proxy.setLists('openai-compatibility', OTHERS);
    expect(await undo(made)).toMatchObject({ kind: 'failed', failure: { code: 'undo-gone' } });
    expect(writes(made.proxy)).toEqual([]);
    expect(await undo({ ...made, importId: 'nothing' })).toMatchObject({ failure: { code: 'undo-gone' } });
    const elsewhere = await scene();
    const { saveConnection } = await import('../../../src/workflows/connection/save-connection');
    const { origin: address, managementKey } = elsewhere.proxy;
    must(await saveConnection(made.ports, { address, managementKey, remember: 'device' }));
    expect(await undo(made)).toMatchObject({ failure: { code: 'undo-gone' } });
    expect(elsewhere.proxy.requests).toEqual([]);
  });

  test('that a reload reverts is done again, and what was undone is no longer served', async () => {
    const made = await imported(kind);
    made.proxy.faults.onRequest = async (method, path) => {
      if (method === 'GET' && path === '/v0/management/config' && writes(made.proxy).length > 0)
        await made.proxy.settled();
    };
    made.proxy.faults.revertNextWrites = 1;
    expect(await undo(made)).toEqual({ kind: 'undone' });
    await made.proxy.settled();
    expect(providers(made.proxy)).toEqual(made.before);
    expect(await publicModels(made.proxy)).not.toContain('deepseek-chat');
  });

  test('whose connection is dropped after the write is told as done', async () => {
    const made = await imported(kind);
    made.proxy.faults.dropAfterWrite = 1;
    expect(await undo(made)).toEqual({ kind: 'undone' });
  });

  test('whose write fails is told as failed, and can be tried again', async () => {
    const made = await imported(kind);
    made.proxy.faults.dropBeforeWrite = 1;
    expect(await undo(made)).toMatchObject({ kind: 'failed', failure: { code: 'unreachable' } });
    expect((await recordsOf(made.ports)).find(({ action }) => action === 'import')!.phase).toBe('done');
    expect(await undo(made)).toEqual({ kind: 'undone' });
    expect(providers(made.proxy)).toEqual(made.before);
  });
});

test('an entry that others moved in the list is found and restored', async () => {
  const made = await imported('join');
  const list = providers(made.proxy);
  await made.proxy.setLists('openai-compatibility', [
    list[2]!,
    list[0]!,
    { ...OTHERS[1], name: 'newcomer' },
    list[1]!,
  ]);
  expect(await undo(made)).toEqual({ kind: 'undone' });
  expect(providers(made.proxy).map(({ name }) => name)).toEqual(['mine', 'Other one', 'newcomer', 'off']);
  expect(providers(made.proxy)[0]).toEqual(made.before[2]);
});

test('where the name is not unique the entry is removed by writing the list, so that its namesake stays', async () => {
  const made = await imported('create');
  const list = providers(made.proxy);
  const twin: JsonObject = { ...OTHERS[1], name: 'My relay' };
  await made.proxy.setLists('openai-compatibility', [twin, ...list]);
  expect(await undo(made)).toEqual({ kind: 'undone' });
  expect(writes(made.proxy)).toEqual(asWritten(`PUT ${LIST}`));
  expect(providers(made.proxy).map(({ name }) => name)).toEqual(['My relay', 'Other one', 'off']);
});

test('secrets of the session that are gone with the browser are taken from the proxy, or the undo is refused', async () => {
  const made = await imported('join', { remember: 'session' });
  const { saveConnection } = await import('../../../src/workflows/connection/save-connection');
  made.device.session.clear();
  const ports = nextLife(made);
  must(
    await saveConnection(ports, {
      address: made.proxy.origin,
      managementKey: made.proxy.managementKey,
      remember: 'session',
    }),
  );
  const list = providers(made.proxy);
  const without: JsonObject = { ...list[2], 'api-key-entries': [{ 'api-key': RELAY_KEY }] };
  await made.proxy.setLists('openai-compatibility', [...list.slice(0, 2), without]);
  const shown = await undo({ ...made, ports });
  expect(shown.kind).toBe('changed');
  const hash = shown.kind === 'changed' ? shown.hash : '';
  expect(await undo({ ...made, ports }, hash)).toMatchObject({
    kind: 'failed',
    failure: { code: 'undo-secret-gone' },
  });
  await made.proxy.setLists('openai-compatibility', list);
  expect(await lettingConvert((agreed) => undo({ ...made, ports }, agreed))).toEqual({ kind: 'undone' });
  expect(providers(made.proxy)).toEqual(made.before);
});

test('undoing a new provider leaves an equal one that somebody else has added', async () => {
  const made = await imported('create');
  const list = providers(made.proxy);
  await made.proxy.setLists('openai-compatibility', [...list, structuredClone(list.at(-1)!)]);
  expect(await undo(made)).toEqual({ kind: 'undone' });
  await made.proxy.settled();
  expect(providers(made.proxy)).toEqual(list);
});

describe('headers, which CLIProxyAPI merges into those of its file', () => {
  /** An import that adds a header to a provider that has one. */
  async function withHeader(options: SceneOptions = {}) {
    const made = await scene(options);
    await made.proxy.setLists('openai-compatibility', [...OTHERS, mine(made.relay.origin)]);
    const before = structuredClone(providers(made.proxy));
    const bases = new Map();
    const open = await opened(made.ports, made.keyId, bases);
    const draft = { ...open.draft, options: { headers: { 'X-New': 'new-secret' } } };
    const planned = await planDialog(made.ports, bases, made.keyId, draft);
    const outcome = await apply(made.ports, made.keyId, draft, planOf({ planned }).hash);
    expect(outcome).toMatchObject({ kind: 'proved' });
    await made.proxy.settled();
    expect(providers(made.proxy)[2]!['headers']).toEqual({
      'X-Mine': 'header-secret',
      'X-New': 'new-secret',
    });
    made.proxy.requests.length = 0;
    return { ...made, before, importId: (await recordsOf(made.ports))[0]!.id };
  }

  test('one that the import added is gone after the undo, in the file too', async () => {
    const made = await withHeader();
    expect(await undo(made)).toEqual({ kind: 'undone' });
    await made.proxy.settled();
    expect(providers(made.proxy)).toEqual(made.before);
    expect(made.proxy.savedLists['openai-compatibility']).toEqual(made.before);
  });

  test('is taken back to the end where the connection breaks after the first of the two writes', async () => {
    const made = await withHeader();
    made.proxy.faults.dropAfterWrite = 1;
    expect(await undo(made)).toEqual({ kind: 'undone' });
    await made.proxy.settled();
    expect(made.proxy.savedLists['openai-compatibility']).toEqual(made.before);
  });

  test('is not left half-way by Cancel: what stands in between is nobody’s wish', async () => {
    const made = await withHeader();
    const abort = new AbortController();
    made.proxy.faults.beforeWrite = () => abort.abort();
    expect(await undoImport(made.ports, made.importId, undefined, abort.signal)).toEqual({ kind: 'undone' });
    await made.proxy.settled();
    expect(providers(made.proxy)).toEqual(made.before);
  });

  // Groups are written once, and there is nothing in between.
  test.each(writesGroups ? [] : ['between its two writes'])(
    'an undo that is cut off %s is told by the next start, and can be ended',
    async () => {
      const made = await withHeader();
      let sent = 0;
      const second = stoppingHttp((request) => isWrite(request) && ++sent === 2, 'before');
      void undoImport(nextLife(made, { http: second.http }), made.importId, undefined, never());
      await second.reached;
      const next = nextLife(made);
      await recover(next);
      expect((await recordsOf(next)).map(({ action, phase }) => [action, phase])).toEqual([
        ['undo', 'needs-look'],
        ['import', 'done'],
      ]);
      expect(await cardOf(next, made.keyId)).toMatchObject({ kind: 'interrupted', finding: 'needs-look' });
      expect(await noticesOf(next)).toContainEqual({ kind: 'interrupted', finding: 'needs-look' });
      const again = await undo({ ports: next, importId: made.importId });
      if (again.kind !== 'changed') throw new Error(`not asked: ${JSON.stringify(again)}`);
      expect(await undo({ ports: next, importId: made.importId }, again.hash)).toEqual({ kind: 'undone' });
      await made.proxy.settled();
      expect(providers(made.proxy)).toEqual(made.before);
    },
  );

  test('a namesake does not inherit those of a provider that goes', async () => {
    const made = await scene();
    const bases = new Map();
    const open = await opened(made.ports, made.keyId, bases);
    const draft = { ...open.draft, options: { headers: { 'X-New': 'new-secret' } } };
    const planned = await planDialog(made.ports, bases, made.keyId, draft);
    await apply(made.ports, made.keyId, draft, planOf({ planned }).hash);
    const twin: JsonObject = {
      name: 'My relay',
      'base-url': 'https://twin.example/v1',
      models: [],
      headers: { 'X-Twin': 'twin-secret' },
    };
    await made.proxy.setLists('openai-compatibility', [...providers(made.proxy), twin]);
    const importId = (await recordsOf(made.ports))[0]!.id;
    expect(await undo({ ports: made.ports, importId })).toEqual({ kind: 'undone' });
    await made.proxy.settled();
    expect(providers(made.proxy)).toHaveLength(OTHERS.length + 1);
    expect(providers(made.proxy).at(-1)).toMatchObject(twin);
    expect(made.proxy.savedLists['openai-compatibility'].at(-1)!['headers']).toEqual(twin['headers']);
  });
});

test('an undo that another client takes back a moment later is done again', async () => {
  const made = await imported('create');
  const left = structuredClone(providers(made.proxy));
  const { send } = made.ports.http;
  let reads = 0;
  const ports = {
    ...made.ports,
    http: {
      send: async (request: Parameters<typeof send>[0]) => {
        const reply = await send(request);
        if (request.method === 'GET' && writes(made.proxy).length > 0 && ++reads === 1)
          await made.proxy.setLists('openai-compatibility', left);
        return reply;
      },
    },
  };
  expect(await undo({ ports, importId: made.importId })).toEqual({ kind: 'undone' });
  await made.proxy.settled();
  expect(providers(made.proxy)).toEqual(made.before);
});
