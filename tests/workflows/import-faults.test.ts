import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../fakes/cliproxyapi.ts';
import {
  apply,
  cardOf,
  failed,
  impatientHttp,
  importNow,
  LIST,
  must,
  noticesOf,
  opened,
  OTHERS,
  planOf,
  providers,
  publicModels,
  recordsOf,
  readBackAfterReload,
  RELAY_KEY,
  scene,
  SECOND_KEY,
  served,
  writes,
} from './scene';

const mine = (origin: string, more: JsonObject = {}): JsonObject => ({
  name: 'mine',
  'base-url': `${origin}/v1`,
  'api-key-entries': [{ 'api-key': SECOND_KEY }],
  models: ['deepseek-chat', 'gpt-4o', 'gpt-4o-mini'].map((name) => ({ name, alias: name })),
  ...more,
});

describe('a write that a reload reverts', () => {
  test('is tried once more with other bytes, and is served', async () => {
    const { proxy, world, keyId } = await scene();
    readBackAfterReload(proxy);
    proxy.faults.revertNextWrites = 1;
    expect(await importNow(world, keyId)).toEqual(served(3));
    expect(writes(proxy)).toHaveLength(2);
    expect(await publicModels(proxy)).toContain('deepseek-chat');
    expect(providers(proxy)).toHaveLength(3);
  });

  test('is healed also when the proxy was empty and there is one model', async () => {
    const { proxy, world, keyId } = await scene({
      speed: 60,
      proxy: { providers: [] },
      relay: { models: ['gpt-4o'], keys: [{ name: 'one', key: RELAY_KEY.slice(3) }] },
    });
    readBackAfterReload(proxy);
    proxy.faults.revertNextWrites = 1;
    expect(await importNow(world, keyId)).toEqual(served(1));
  });

  test('is healed also when it only adds a key to a provider', async () => {
    const { proxy, relay, world, keyId } = await scene({ speed: 60 });
    await proxy.setLists('openai-compatibility', [...OTHERS, mine(relay.origin)]);
    readBackAfterReload(proxy);
    proxy.faults.revertNextWrites = 1;
    expect(await importNow(world, keyId)).toEqual(served(3));
  });

  test('twice is not saved, and said so', async () => {
    const { proxy, world, keyId } = await scene();
    const before = JSON.stringify(providers(proxy));
    readBackAfterReload(proxy);
    proxy.faults.revertNextWrites = 2;
    expect(await importNow(world, keyId)).toEqual(failed('not-saved'));
    expect(writes(proxy)).toHaveLength(2);
    expect(JSON.stringify(providers(proxy))).toBe(before);
    expect(await cardOf(world, keyId)).toMatchObject({ kind: 'failed', failure: { code: 'not-saved' } });
    expect(await noticesOf(world)).toEqual([{ kind: 'failed', failure: { code: 'not-saved' }, written: false }]);
    expect(await recordsOf(world)).toMatchObject([{ phase: 'not-written' }]);
  });

  // A reload takes 10 to 85 ms with 10 to 100 providers; the list is read back a few ms after the answer to the write.
  test('only after the list was read back is noticed all the same, and healed', async () => {
    const { proxy, world, keyId } = await scene({ proxy: { reloadDelayMs: 40 }, speed: 40 });
    proxy.faults.revertNextWrites = 1;
    expect(await importNow(world, keyId)).toEqual(served(3));
    expect(await publicModels(proxy)).toContain('deepseek-chat');
  });

  test('only after the list was read back, twice, is not saved: the card does not say "written"', async () => {
    const { proxy, world, keyId } = await scene({ proxy: { reloadDelayMs: 40 }, speed: 40 });
    proxy.faults.revertNextWrites = 2;
    expect(await importNow(world, keyId)).toEqual(failed('not-saved'));
  });
});

describe('a connection that is dropped', () => {
  test('after the write was carried out: it is read back and proved', async () => {
    const { proxy, world, keyId } = await scene();
    proxy.faults.dropAfterWrite = 1;
    expect(await importNow(world, keyId)).toEqual(served(3));
    expect(writes(proxy)).toHaveLength(1);
  });

  test('before it: not written, and nothing is sent a second time by itself', async () => {
    const { proxy, world, keyId } = await scene();
    const before = JSON.stringify(providers(proxy));
    proxy.faults.dropBeforeWrite = 1;
    expect(await importNow(world, keyId)).toEqual(failed('unreachable'));
    expect(writes(proxy)).toHaveLength(1);
    expect(JSON.stringify(providers(proxy))).toBe(before);
    expect(await recordsOf(world)).toMatchObject([{ phase: 'not-written' }]);
  });

  test('and a proxy that stays away: nobody knows, the record stays open', async () => {
    const { proxy, world, keyId } = await scene({ world: { http: impatientHttp(300) } });
    const open = await opened(world, keyId);
    proxy.faults.beforeWrite = () => {
      proxy.faults.hang = () => true;
    };
    proxy.faults.dropAfterWrite = 1;
    expect(await apply(world, keyId, open.draft, planOf(open).hash)).toEqual(failed('outcome-unknown'));
    expect(await recordsOf(world)).toMatchObject([{ phase: 'written' }]);
    expect(await noticesOf(world)).toMatchObject([{ kind: 'failed', written: true }]);
  });
});

describe('a proxy that does not answer', () => {
  test('is waited for no longer than the request allows; a read is then simply a failure', async () => {
    const { proxy, world, keyId } = await scene({ world: { http: impatientHttp(100) } });
    const open = await opened(world, keyId);
    proxy.faults.hang = ({ method, path }) => method === 'GET' && path === '/v0/management/config';
    expect(await apply(world, keyId, open.draft, planOf(open).hash)).toEqual(failed('timeout'));
    expect(writes(proxy)).toEqual([]);
    expect(await recordsOf(world)).toEqual([]);
  });

  test('to a write that it never carried out: a timeout, and not written', async () => {
    const { proxy, world, keyId } = await scene({ world: { http: impatientHttp(150) } });
    const open = await opened(world, keyId);
    proxy.faults.hang = ({ method }) => method === 'PUT';
    expect(await apply(world, keyId, open.draft, planOf(open).hash)).toEqual(failed('timeout'));
    expect(await recordsOf(world)).toMatchObject([{ phase: 'not-written' }]);
  });

  test('to a write in time but carried it out later: proved', async () => {
    const { proxy, world, keyId } = await scene({ world: { http: impatientHttp(150) }, speed: 3 });
    const open = await opened(world, keyId);
    proxy.faults.delayMs = (method) => (method === 'PUT' ? 200 : 0);
    expect(await apply(world, keyId, open.draft, planOf(open).hash)).toEqual(served(3));
  });

  test('to the question what is served: asked again, and in the end nothing is claimed', async () => {
    const { proxy, world, keyId } = await scene({ world: { http: impatientHttp(50) }, speed: 60 });
    const open = await opened(world, keyId);
    proxy.faults.hang = ({ path }) => path.includes('auth-files');
    expect(await apply(world, keyId, open.draft, planOf(open).hash)).toEqual(served(0, 3));
    expect(await cardOf(world, keyId)).toMatchObject({ basis: 'none', missing: [{ reason: 'unknown' }, {}, {}] });
  });
});

describe('a save that fails', () => {
  test('is said as what it is: memory has it, the file has not', async () => {
    const { proxy, world, keyId } = await scene();
    proxy.faults.failSave = 1;
    expect(await importNow(world, keyId)).toEqual(failed('save-failed'));
    expect(await noticesOf(world)).toMatchObject([{ kind: 'failed', written: true, failure: { text: expect.stringContaining('permission denied') as string } }]);
    expect(await recordsOf(world)).toMatchObject([{ phase: 'needs-look' }]);
    expect(writes(proxy)).toHaveLength(1);
  });

  test('with another 5xx: it is read back, and either proved or not written', async () => {
    const { proxy, world, keyId } = await scene();
    proxy.faults.answer = (method) => (method === 'PUT' ? { status: 502, body: '<html>Bad Gateway</html>' } : undefined);
    expect(await importNow(world, keyId)).toEqual(failed('server-error'));
    expect(await recordsOf(world)).toMatchObject([{ phase: 'not-written' }]);
  });

  test('with a refusal: not written, in the words of the server', async () => {
    const { proxy, world, keyId } = await scene();
    proxy.faults.answer = (method) => (method === 'PUT' ? { status: 400, body: { error: 'invalid body' } } : undefined);
    expect(await importNow(world, keyId)).toMatchObject({ failure: { code: 'rejected', status: 400, text: 'invalid body' } });
    proxy.faults.answer = (method) => (method === 'PUT' ? { status: 404, body: { error: 'item not found' } } : undefined);
    expect(await importNow(world, keyId)).toEqual(failed('item-gone'));
  });
});

describe('a configuration that has collapsed', () => {
  test('before a write, with a management password: nothing is written, which would erase the file', async () => {
    const { proxy, world, keyId } = await scene();
    const open = await opened(world, keyId);
    const saved = JSON.stringify(proxy.savedLists);
    proxy.faults.collapseWithPassword = true;
    expect(await apply(world, keyId, open.draft, planOf(open).hash)).toEqual(failed('collapsed'));
    expect(writes(proxy)).toEqual([]);
    expect(JSON.stringify(proxy.savedLists)).toBe(saved);
  });

  test('before a write, without one: management is gone, and nothing is written', async () => {
    const { proxy, world, keyId } = await scene();
    const open = await opened(world, keyId);
    proxy.faults.collapse = true;
    expect(await apply(world, keyId, open.draft, planOf(open).hash)).toMatchObject({ kind: 'failed' });
    expect(writes(proxy)).toEqual([]);
  });

  test('that was never seen whole is told by the file', async () => {
    const { proxy, world, keyId } = await scene();
    proxy.faults.collapseWithPassword = true;
    const yaml = 'api-keys:\n  - "client"\nopenai-compatibility: []\n';
    proxy.faults.answer = (_method, path) => (path.endsWith('/config.yaml') ? { status: 200, body: yaml } : undefined);
    const { openImport } = await import('../../src/workflows/open-import');
    expect(await openImport(world, new Map(), keyId)).toMatchObject({ failure: { code: 'collapsed' } });
    proxy.faults.answer = (_method, path) => (path.endsWith('/config.yaml') ? { status: 200, body: 'port: 8317\n' } : undefined);
    expect(await openImport(world, new Map(), keyId)).toMatchObject({ ok: true });
  });

  test('that the user emptied in truth, as the file shows, is no collapse', async () => {
    const { proxy, world, keyId } = await scene();
    await opened(world, keyId);
    proxy.faults.collapseWithPassword = true;
    proxy.faults.answer = (_method, path) => (path.endsWith('/config.yaml') ? { status: 200, body: 'port: 8317\napi-keys: []\n' } : undefined);
    const { openImport } = await import('../../src/workflows/open-import');
    expect(await openImport(world, new Map(), keyId)).toMatchObject({ ok: true });
  });

  test('by the write is recognised when it is read back', async () => {
    const { proxy, world, keyId } = await scene();
    const open = await opened(world, keyId);
    proxy.faults.onRequest = (method, path) => {
      proxy.faults.collapse = method === 'GET' && path.endsWith('/config') && writes(proxy).length > 0;
    };
    expect(await apply(world, keyId, open.draft, planOf(open).hash)).toEqual(failed('collapsed'));
    expect(await recordsOf(world)).toMatchObject([{ phase: 'needs-look' }]);
  });

  test.each(['collapse', 'collapseWithPassword'] as const)('by the reload after it is recognised during the proof (%s)', async (fault) => {
    const { proxy, world, keyId } = await scene({ speed: 60 });
    const open = await opened(world, keyId);
    proxy.faults.onRequest = (_method, path) => {
      if (path.includes('auth-files')) proxy.faults[fault] = true;
    };
    expect(await apply(world, keyId, open.draft, planOf(open).hash)).toEqual(failed('collapsed'));
  });
});

describe('a reply that is not understood', () => {
  test.each([
    ['html', 'reply-html'],
    ['json', 'reply-not-json'],
    ['shape', 'reply-shape'],
  ] as const)('(%s) is never taken for an empty list: nothing is written', async (kind, code) => {
    const { proxy, world, keyId } = await scene();
    const open = await opened(world, keyId);
    proxy.faults.malformed = kind;
    expect(await apply(world, keyId, open.draft, planOf(open).hash)).toEqual(failed(code));
    expect(writes(proxy)).toEqual([]);
    expect(await recordsOf(world)).toEqual([]);
  });
});

test('a change by somebody else between the write and the reading back is not reported as "nothing was written"', async () => {
  const { proxy, world, keyId } = await scene();
  const open = await opened(world, keyId);
  let done = false;
  proxy.faults.onRequest = async (method, path) => {
    if (done || method !== 'GET' || !path.endsWith('/config') || writes(proxy).length === 0) return;
    done = true;
    const list = providers(proxy);
    const last = list.at(-1)!;
    await proxy.setLists('openai-compatibility', [...list.slice(0, -1), { ...last, models: (last['models'] as []).slice(1) }]);
  };
  await apply(world, keyId, open.draft, planOf(open).hash);
  expect(providers(proxy).some(({ name }) => name === 'My relay')).toBe(true);
  expect((await recordsOf(world))[0]!.phase).not.toBe('not-written');
});

test('a device that is full stops an import before anything is written', async () => {
  const { proxy, device, world, keyId } = await scene();
  const open = await opened(world, keyId);
  device.local.set = () => {
    throw new Error('QUOTA_BYTES quota exceeded');
  };
  expect(await apply(world, keyId, open.draft, planOf(open).hash)).toEqual(failed('storage-full'));
  expect(writes(proxy)).toEqual([]);
});

test('an import that is cancelled before its write writes nothing', async () => {
  const { proxy, world, keyId } = await scene();
  const open = await opened(world, keyId);
  const abort = new AbortController();
  proxy.faults.onRequest = () => abort.abort();
  expect(await apply(world, keyId, open.draft, planOf(open).hash, abort.signal)).toEqual(failed('cancelled'));
  expect(writes(proxy)).toEqual([]);
  expect(must(await world.passing.read()).running).toEqual({});
});

test('a write that is cancelled while it is under way is read back: what became of it is known', async () => {
  const { proxy, world, keyId } = await scene();
  const open = await opened(world, keyId);
  const abort = new AbortController();
  proxy.faults.beforeWrite = () => abort.abort();
  const outcome = await apply(world, keyId, open.draft, planOf(open).hash, abort.signal);
  expect(proxy.requests.filter(({ path }) => path === LIST)).toHaveLength(1);
  expect(outcome).toMatchObject({ kind: 'proved' });
  expect(await recordsOf(world)).toMatchObject([{ phase: 'done' }]);
});
