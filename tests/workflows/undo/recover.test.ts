import { describe, expect, test } from 'vitest';
import type { HttpRequest } from '../../../src/ports/http';
import { askAgain } from '../../../src/workflows/import/ask-again';
import { finishImport } from '../../../src/workflows/import/finish-import';
import { recover } from '../../../src/workflows/undo/recover';
import { undoImport } from '../../../src/workflows/undo/undo-import';
import type { JsonObject } from '../../fakes/cliproxyapi.ts';
import {
  apply,
  cardOf,
  CONFIG,
  REGISTRY,
  importNow,
  isWrite,
  MODELS,
  must,
  never,
  nextLife,
  noticesOf,
  opened,
  OTHERS,
  planOf,
  providers,
  recordsOf,
  RELAY_KEY,
  scene,
  SECOND_KEY,
  served,
  stoppingHttp,
  writes,
  type Scene,
  planDialog,
} from '../scene';

const isConfig = ({ url }: HttpRequest): boolean => url.endsWith(CONFIG);
const isProof = ({ url }: HttpRequest): boolean => url.includes(REGISTRY);
/** The first of these after a write. */
const afterWrite = (matches: (request: HttpRequest) => boolean): ((request: HttpRequest) => boolean) => {
  let wrote = false;
  return (request) => {
    wrote ||= isWrite(request);
    return wrote && matches(request);
  };
};

/** Starts an import in a worker that is stopped at one of its requests, and wakes the next one. */
async function stopped(
  at: (request: HttpRequest) => boolean,
  when: 'before' | 'after',
  options: { join?: boolean } = {},
): Promise<Scene> {
  const made = await scene();
  if (options.join) {
    const entry: JsonObject = {
      name: 'mine',
      'base-url': `${made.relay.origin}/v1`,
      'api-key-entries': [{ 'api-key': SECOND_KEY, weight: 4 }],
      models: [{ name: 'gpt-4o', alias: 'big' }],
    };
    await made.proxy.setLists('openai-compatibility', [...OTHERS, entry]);
  }
  const open = await opened(made.ports, made.keyId);
  const { http, reached } = stoppingHttp(at, when);
  void apply(nextLife(made, { http }), made.keyId, open.draft, planOf(open).hash);
  await reached;
  await made.proxy.settled();
  made.proxy.requests.length = 0;
  return { ...made, ports: nextLife(made) };
}

describe.each([false, true])('a worker that is stopped (joining a provider: %s)', (join) => {
  test('before anything is journaled: nothing is left of it', async () => {
    const { proxy, ports, keyId } = await stopped(isConfig, 'after', { join });
    expect(Object.keys(must(await ports.session.read()).running)).toEqual([keyId]);
    expect(await recover(ports)).toEqual([]);
    expect(must(await ports.session.read()).running).toEqual({});
    expect(proxy.requests).toEqual([]);
    expect(await importNow(ports, keyId)).toMatchObject({ kind: 'proved' });
  });

  test('before the write was sent: not written, said so, and a button finishes it', async () => {
    const { proxy, ports, keyId } = await stopped(isWrite, 'before', { join });
    const before = JSON.stringify(providers(proxy));
    expect(await recover(ports)).toEqual([]);
    expect(new Set(proxy.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(JSON.stringify(providers(proxy))).toBe(before);
    const [record] = await recordsOf(ports);
    expect(record!.phase).toBe('not-written');
    expect(await cardOf(ports, keyId)).toMatchObject({
      kind: 'interrupted',
      finding: 'not-written',
      importId: record!.id,
    });
    expect(await noticesOf(ports)).toEqual([{ kind: 'interrupted', finding: 'not-written' }]);
    expect(await finishImport(ports, record!.id, never())).toEqual(served(3));
    expect(writes(proxy)).toHaveLength(1);
  });

  test.each([
    ['after the write was carried out and before its answer was heard', isWrite, 'after'],
    ['before it read back', afterWrite(isConfig), 'before'],
    ['while it read back', afterWrite(isConfig), 'after'],
    ['before the proof', isProof, 'before'],
    ['while it asked for the proof', isProof, 'after'],
  ] as const)('%s: written, and it is proved now', async (_name, at, when) => {
    const { proxy, ports, keyId } = await stopped(at, when, { join });
    const written = JSON.stringify(providers(proxy));
    const [record] = await recordsOf(ports);
    expect(record!.phase).toMatch(/^(writing|written)$/);
    expect(await recover(ports)).toEqual([{ keyId, importId: record!.id }]);
    expect((await recordsOf(ports))[0]!.phase).toBe('done');
    expect(await askAgain(ports, keyId, never())).toEqual(served(3));
    expect(writes(proxy)).toEqual([]);
    expect(JSON.stringify(providers(proxy))).toBe(written);
    expect(await recover(ports)).toEqual([]);
  });

  test('and whose entry was changed by others meanwhile: needs a look, and nothing is touched', async () => {
    const { proxy, ports, keyId } = await stopped(isWrite, 'after', { join });
    const list = providers(proxy);
    await proxy.setLists('openai-compatibility', [...list.slice(0, -1), { ...list.at(-1), prefix: 'p' }]);
    proxy.requests.length = 0;
    expect(await recover(ports)).toEqual([]);
    expect(writes(proxy)).toEqual([]);
    expect((await recordsOf(ports))[0]!.phase).toBe('needs-look');
    expect(await cardOf(ports, keyId)).toMatchObject({ kind: 'interrupted', finding: 'needs-look' });
    expect(await noticesOf(ports)).toEqual([{ kind: 'interrupted', finding: 'needs-look' }]);
  });

  test('while the proxy is away: unread, kept open, and looked at again in the next life', async () => {
    const made = await stopped(isWrite, 'after', { join });
    made.proxy.faults.answer = () => ({ status: 503, body: 'starting' });
    expect(await recover(made.ports)).toEqual([]);
    expect(await cardOf(made.ports, made.keyId)).toMatchObject({ kind: 'interrupted', finding: 'unread' });
    expect((await recordsOf(made.ports))[0]!.phase).toMatch(/^(writing|written)$/);
    made.proxy.faults.answer = null;
    expect(await recover(nextLife(made))).toHaveLength(1);
  });

  test('and a list that has changed: finishing shows a new plan, and writes nothing', async () => {
    const { proxy, ports } = await stopped(isWrite, 'before', { join });
    await recover(ports);
    await proxy.setLists('openai-compatibility', [
      { ...OTHERS[0], models: [{ name: 'x', alias: 'gpt-4o-mini' }] },
      ...providers(proxy).slice(1),
    ]);
    proxy.requests.length = 0;
    const [record] = await recordsOf(ports);
    expect(await finishImport(ports, record!.id, never())).toMatchObject({
      kind: 'replan',
      planned: { kind: 'plan' },
      draft: { providerName: 'My relay' },
    });
    expect(writes(proxy)).toEqual([]);
  });
});

test('a write that was on its way when the worker was stopped, and is carried out after the first look, is not called not written', async () => {
  const { proxy, relay, ports, keyId } = await stopped(isWrite, 'before');
  let looks = 0;
  proxy.faults.onRequest = async (method, path) => {
    if (method !== 'GET' || !path.endsWith('/config') || ++looks !== 2) return;
    const models = MODELS.toSorted().map((name) => ({ name, alias: name }));
    const entry = {
      name: 'My relay',
      'base-url': `${relay.origin}/v1`,
      'api-key-entries': [{ 'api-key': RELAY_KEY }],
      models,
    };
    await proxy.setLists('openai-compatibility', [...OTHERS, entry]);
  };
  expect(await recover(ports)).toMatchObject([{ keyId }]);
  expect(await recordsOf(ports)).toMatchObject([{ phase: 'done' }]);
});

describe('an undo that is cut off', () => {
  async function stoppedUndo(when: 'before' | 'after'): Promise<Scene & { importId: string }> {
    const made = await scene();
    await importNow(made.ports, made.keyId);
    await made.proxy.settled();
    const importId = (await recordsOf(made.ports))[0]!.id;
    const { http, reached } = stoppingHttp(isWrite, when);
    void undoImport(nextLife(made, { http }), importId, undefined, never());
    await reached;
    await made.proxy.settled();
    made.proxy.requests.length = 0;
    return { ...made, ports: nextLife(made), importId };
  }

  test('before its write: nothing is undone, it can be done again', async () => {
    const { proxy, ports, importId } = await stoppedUndo('before');
    await recover(ports);
    expect((await recordsOf(ports)).map(({ phase }) => phase)).toEqual(['not-written', 'done']);
    expect(await undoImport(ports, importId, undefined, never())).toEqual({ kind: 'undone' });
    expect(providers(proxy).map(({ name }) => name)).toEqual(['Other one', 'off']);
  });

  test('after its write: it is known as done, the import as undone', async () => {
    const { ports, keyId, importId } = await stoppedUndo('after');
    expect(await recover(ports)).toEqual([]);
    const records = await recordsOf(ports);
    expect(records.map(({ phase }) => phase)).toEqual(['done', 'undone']);
    expect(await cardOf(ports, keyId)).toBeUndefined();
    expect(await undoImport(ports, importId, undefined, never())).toMatchObject({
      failure: { code: 'undo-gone' },
    });
  });
});

test('what was finished can be finished no more, and what is unknown not at all', async () => {
  const { ports } = await scene();
  expect(await finishImport(ports, 'nothing', never())).toMatchObject({
    kind: 'failed',
    failure: { code: 'unknown-item' },
  });
});

test('an import with secrets in its draft is shown again instead of being finished without them', async () => {
  const made = await scene();
  const open = await opened(made.ports, made.keyId);
  const draft = {
    ...open.draft,
    options: { headers: { 'X-A': 'header-secret' }, proxyUrl: 'http://u:proxy-secret@127.0.0.1:9' },
  };
  const hash = planOf({ planned: await planDialog(made.ports, new Map(), made.keyId, draft) }).hash;
  const { http, reached } = stoppingHttp(isWrite, 'before');
  void apply(nextLife(made, { http }), made.keyId, draft, hash);
  await reached;
  const ports = nextLife(made);
  await recover(ports);
  const [record] = await recordsOf(ports);
  expect(JSON.stringify(record)).not.toMatch(/header-secret|proxy-secret/);
  expect(await finishImport(ports, record!.id, never())).toMatchObject({ kind: 'replan' });
  expect(providers(made.proxy)).toHaveLength(2);
});

describe('asking again', () => {
  test('says what is served now, and writes nothing', async () => {
    const { proxy, ports, keyId } = await scene();
    proxy.faults.neverServe = true;
    await importNow(ports, keyId);
    proxy.faults.neverServe = false;
    await proxy.setLists('openai-compatibility', [...providers(proxy), { ...OTHERS[1], name: 'nudge' }]);
    proxy.requests.length = 0;
    expect(await askAgain(ports, keyId, never())).toEqual(served(3));
    expect(writes(proxy)).toEqual([]);
    expect(await recordsOf(ports)).toMatchObject([{ served: 3 }]);
    expect(await cardOf(ports, keyId)).toMatchObject({ served: 3, total: 3 });
  });

  test('about a key that is not in the proxy says so', async () => {
    const { ports, keyId } = await scene();
    expect(await askAgain(ports, keyId, never())).toMatchObject({
      kind: 'failed',
      failure: { code: 'not-in-list' },
    });
    expect(await askAgain(ports, 'nobody', never())).toMatchObject({
      kind: 'failed',
      failure: { code: 'unknown-item' },
    });
  });
});
