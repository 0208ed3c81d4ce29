import { describe, expect, test } from 'vitest';
import { addKey } from '../../src/workflows/keep-keys';
import { planDialog, relistModels, type Bases } from '../../src/workflows/open-import';
import type { JsonObject } from '../fakes/cliproxyapi.ts';
import {
  apply,
  cardOf,
  deny,
  failed,
  importNow,
  LIST,
  MODELS,
  must,
  noticesOf,
  opened,
  OTHERS,
  planOf,
  providers,
  publicModels,
  recordsOf,
  RELAY_KEY,
  scene,
  SECOND_KEY,
  served,
  writes,
} from './scene';

const entryOf = (origin: string, more: JsonObject = {}): JsonObject => ({
  name: 'mine',
  'base-url': `${origin}/v1`,
  'api-key-entries': [{ 'api-key': SECOND_KEY, weight: 4, 'proxy-url': 'direct' }],
  models: [{ name: 'gpt-4o', alias: 'big', thinking: { min: 1, max: 2 } }],
  ...more,
});

describe('a first import', () => {
  test('is served, and everything else in the configuration is byte for byte the same', async () => {
    const { proxy, relay, world, keyId } = await scene();
    const before = JSON.stringify(proxy.config());
    const outcome = await importNow(world, keyId);
    expect(outcome).toEqual(served(3));
    await proxy.settled();
    const config = proxy.config();
    const mine = (config['openai-compatibility'] as JsonObject[]).pop();
    expect(JSON.stringify(config)).toBe(before);
    expect(mine).toMatchObject({
      name: 'My relay',
      'base-url': `${relay.origin}/v1`,
      'api-key-entries': [{ 'api-key': RELAY_KEY }],
      models: MODELS.toSorted().map((name) => ({ name, alias: name })),
    });
    expect(await publicModels(proxy)).toEqual(expect.arrayContaining(MODELS));
    expect(await cardOf(world, keyId)).toMatchObject({ kind: 'proved', served: 3, total: 3, basis: 'registry', missing: [] });
    expect(await noticesOf(world)).toEqual([expect.objectContaining({ kind: 'served', served: 3, total: 3 })]);
    expect(await recordsOf(world)).toMatchObject([{ action: 'import', phase: 'done', served: 3, total: 3 }]);
  });

  test('costs one read for the plan, then a read, a write, a read back, and proof requests one after the other', async () => {
    const { proxy, world, keyId } = await scene({ proxy: { reloadDelayMs: 30 } });
    let inFlight = 0;
    let most = 0;
    const open = await opened(world, keyId);
    expect(proxy.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v0/management/config']);
    proxy.requests.length = 0;
    const counted = {
      ...world,
      http: {
        send: async (request: Parameters<typeof world.http.send>[0]) => {
          most = Math.max(most, ++inFlight);
          return world.http.send(request).finally(() => inFlight--);
        },
      },
    };
    expect(await apply(counted, keyId, open.draft, planOf(open).hash)).toEqual(served(3));
    const sent = proxy.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`);
    expect(sent.slice(0, 3)).toEqual(['GET /v0/management/config', `PUT ${LIST}`, 'GET /v0/management/config']);
    expect(new Set(sent.slice(3))).toEqual(new Set(['GET /v0/management/auth-files/models']));
    expect(most).toBeLessThanOrEqual(2);
  });

  test('into an empty proxy, with one model, works the same', async () => {
    const { proxy, world, keyId } = await scene({ proxy: { providers: [] }, relay: { models: ['gpt-4o'], keys: [{ name: 'one', key: RELAY_KEY.slice(3) }] } });
    expect(await importNow(world, keyId)).toEqual(served(1));
    expect(providers(proxy)).toHaveLength(1);
  });

  test('leaves out what cannot chat', async () => {
    const { proxy, world, keyId } = await scene({
      relay: { models: ['gpt-4o', 'text-embedding-3-large', 'dall-e-3', 'whisper-1'], keys: [{ name: 'one', key: RELAY_KEY.slice(3) }] },
    });
    expect(await importNow(world, keyId)).toEqual(served(1));
    expect(providers(proxy).at(-1)).toMatchObject({ models: [{ name: 'gpt-4o' }] });
  });
});

describe('a second import', () => {
  test('of the same writes nothing and proves it again', async () => {
    const { proxy, world, keyId } = await scene();
    await importNow(world, keyId);
    await proxy.settled();
    const before = JSON.stringify(providers(proxy));
    proxy.requests.length = 0;
    const open = await opened(world, keyId);
    expect(planOf(open).kind).toBe('unchanged');
    expect(await apply(world, keyId, open.draft, planOf(open).hash)).toEqual(served(3));
    expect(writes(proxy)).toEqual([]);
    expect(JSON.stringify(providers(proxy))).toBe(before);
    expect(await recordsOf(world)).toHaveLength(1);
    const first = (await recordsOf(world))[0]!;
    expect(await cardOf(world, keyId)).toMatchObject({ importId: first.id });
  });

  test('of another key joins the provider by one PATCH: weight, proxy, aliases and unknown fields survive', async () => {
    const { proxy, relay, world, keyId } = await scene();
    const entry = entryOf(relay.origin, { priority: 2, headers: { 'X-A': '1' }, 'disable-cooling': false });
    await proxy.setLists('openai-compatibility', [...OTHERS, entry]);
    const before = structuredClone(providers(proxy));
    const open = await opened(world, keyId);
    expect(planOf(open)).toMatchObject({ kind: 'update', providerName: 'mine', onlyAdds: true });
    expect(await apply(world, keyId, open.draft, planOf(open).hash)).toEqual(served(3));
    await proxy.settled();
    expect(writes(proxy)).toEqual([`PATCH ${LIST}`]);
    const after = providers(proxy);
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(after[2]).toEqual({
      ...before[2],
      'api-key-entries': [...(before[2]!['api-key-entries'] as []), { 'api-key': RELAY_KEY }],
      models: [
        ...(before[2]!['models'] as []),
        { name: 'deepseek-chat', alias: 'deepseek-chat' },
        { name: 'gpt-4o-mini', alias: 'gpt-4o-mini' },
      ],
    });
    expect(await publicModels(proxy)).toContain('big');
  });

  test('finds the key also without its sk-', async () => {
    const { proxy, relay, world, keyId } = await scene();
    await proxy.setLists('openai-compatibility', [entryOf(relay.origin, { 'api-key-entries': [{ 'api-key': RELAY_KEY.slice(3), weight: 2 }] })]);
    await importNow(world, keyId);
    expect(providers(proxy)[0]!['api-key-entries']).toEqual([{ 'api-key': RELAY_KEY.slice(3), weight: 2 }]);
  });
});

describe('what is not clear is asked', () => {
  test('a provider with only the name in common is not joined: its host would get the key', async () => {
    const { proxy, world, keyId } = await scene();
    await proxy.setLists('openai-compatibility', [{ ...OTHERS[0], name: 'my RELAY' }]);
    const before = structuredClone(providers(proxy));
    const open = await opened(world, keyId);
    expect(planOf(open).notices.map(({ kind }) => kind)).toContain('name-taken');
    expect(await apply(world, keyId, open.draft, planOf(open).hash)).toEqual(served(3));
    expect(providers(proxy)[0]).toEqual(before[0]);
    expect(providers(proxy)[1]!['name']).toMatch(/^My relay \(127\.0\.0\.1:\d+\)$/);
  });

  test('of several providers of one relay the user chooses; nothing is written before', async () => {
    const { proxy, relay, world, keyId } = await scene();
    const bases: Bases = new Map();
    await proxy.setLists('openai-compatibility', [entryOf(relay.origin), entryOf(`${relay.origin}/`, { name: 'twin' })]);
    const open = await opened(world, keyId, bases);
    expect(open.planned).toMatchObject({ kind: 'choose', candidates: [{ name: 'mine' }, { name: 'twin' }] });
    if (open.planned.kind !== 'choose') throw new Error('no choice');
    const draft = { ...open.draft, target: { kind: 'join' as const, ref: open.planned.candidates[1]! } };
    expect(await apply(world, keyId, open.draft, 'none')).toMatchObject({ kind: 'replan', planned: { kind: 'choose' } });
    expect(writes(proxy)).toEqual([]);
    const planned = await planDialog(world, bases, keyId, draft);
    expect(await apply(world, keyId, draft, planOf({ planned }).hash)).toEqual(served(3));
    expect(providers(proxy).map((provider) => (provider['api-key-entries'] as []).length)).toEqual([1, 2]);
  });

  test('a list that changed between plan and import: nothing is written, and a new plan is shown', async () => {
    const { proxy, relay, world, keyId } = await scene();
    const open = await opened(world, keyId);
    await proxy.setLists('openai-compatibility', [...OTHERS, entryOf(relay.origin)]);
    const outcome = await apply(world, keyId, open.draft, planOf(open).hash);
    expect(outcome).toMatchObject({ kind: 'replan', planned: { kind: 'plan', plan: { kind: 'update', providerName: 'mine' } } });
    expect(writes(proxy)).toEqual([]);
    expect(await recordsOf(world)).toEqual([]);
    if (outcome.kind !== 'replan') return;
    expect(await apply(world, keyId, open.draft, planOf(outcome).hash)).toEqual(served(3));
  });

  test('a list that changed elsewhere does not stop an import, and the change is not lost', async () => {
    const { proxy, world, keyId } = await scene();
    const open = await opened(world, keyId);
    await proxy.setLists('openai-compatibility', [{ ...OTHERS[0], priority: 9 }, OTHERS[1]!, { ...OTHERS[1], name: 'new' }]);
    expect(await apply(world, keyId, open.draft, planOf(open).hash)).toEqual(served(3));
    expect(providers(proxy).map(({ name, priority }) => [name, priority])).toEqual([
      ['Other one', 9],
      ['off', undefined],
      ['new', undefined],
      ['My relay', undefined],
    ]);
  });

  test('a hash that belongs to another plan writes nothing', async () => {
    const { proxy, world, keyId } = await scene();
    const open = await opened(world, keyId);
    const draft = { ...open.draft, options: { priority: 3 } };
    expect(await apply(world, keyId, draft, planOf(open).hash)).toMatchObject({ kind: 'replan' });
    expect(writes(proxy)).toEqual([]);
  });
});

describe('written is not served', () => {
  test('a proxy that registers nothing: 0 of n, with the reason, and the record says so', async () => {
    const { proxy, world, keyId } = await scene({ speed: 60 });
    proxy.faults.neverServe = true;
    expect(await importNow(world, keyId)).toEqual(served(0, 3));
    expect(await cardOf(world, keyId)).toMatchObject({ missing: MODELS.toSorted().map((name) => ({ name, reason: 'not-listed' })) });
    expect(await noticesOf(world)).toEqual([expect.objectContaining({ kind: 'partly', served: 0, total: 3, reason: 'not-listed' })]);
    expect(await recordsOf(world)).toMatchObject([{ phase: 'done', served: 0 }]);
  });

  test('a provider that is switched off: not served, with the reason, and no request to prove it', async () => {
    const { proxy, relay, world, keyId } = await scene();
    await proxy.setLists('openai-compatibility', [entryOf(relay.origin, { disabled: true })]);
    proxy.requests.length = 0;
    expect(await importNow(world, keyId)).toEqual(served(0, 3));
    expect(await cardOf(world, keyId)).toMatchObject({ missing: [{ reason: 'disabled' }, { reason: 'disabled' }, { reason: 'disabled' }] });
    expect(proxy.requests.some(({ path }) => path.includes('auth-files'))).toBe(false);
    expect(providers(proxy)[0]!['disabled']).toBe(true);
  });

  test('a provider that is switched off is switched on when the user says so', async () => {
    const { proxy, relay, world, keyId } = await scene();
    const bases: Bases = new Map();
    await proxy.setLists('openai-compatibility', [entryOf(relay.origin, { disabled: true })]);
    const open = await opened(world, keyId, bases);
    const draft = { ...open.draft, enable: true };
    const planned = await planDialog(world, bases, keyId, draft);
    expect(await apply(world, keyId, draft, planOf({ planned }).hash)).toEqual(served(3));
  });

  test('a model behind the alias of another: listed by the registry, and not called served', async () => {
    const { proxy, relay, world, keyId } = await scene();
    const models = [{ name: 'gpt-4o' }, { name: 'gpt-4o-mini', alias: 'GPT-4o' }];
    await proxy.setLists('openai-compatibility', [entryOf(relay.origin, { models })]);
    expect(await importNow(world, keyId)).toEqual(served(2, 3));
    expect(await publicModels(proxy)).toContain('gpt-4o');
    expect(await cardOf(world, keyId)).toMatchObject({ missing: [{ name: 'gpt-4o', reason: 'hidden', by: 'gpt-4o-mini' }] });
  });

  test('a provider without a version in its URL: not served, until it is corrected', async () => {
    const { proxy, relay, world, keyId } = await scene();
    const bases: Bases = new Map();
    await proxy.setLists('openai-compatibility', [entryOf(relay.origin, { 'base-url': relay.origin })]);
    expect(await importNow(world, keyId)).toEqual(served(0, 3));
    const open = await opened(world, keyId, bases);
    const draft = { ...open.draft, correctBaseUrl: true };
    const planned = await planDialog(world, bases, keyId, draft);
    expect(await apply(world, keyId, draft, planOf({ planned }).hash)).toEqual(served(3));
    expect(providers(proxy)[0]!['base-url']).toBe(`${relay.origin}/v1`);
  });

  test('a new provider at an odd URL is written once and found again, also with the correction switched on', async () => {
    const { proxy, relay, world, keyId } = await scene();
    const bases: Bases = new Map();
    const open = await opened(world, keyId, bases);
    const draft = { ...open.draft, baseUrl: `${relay.origin}/odd`, baseUrlTyped: true, correctBaseUrl: true };
    const planned = await planDialog(world, bases, keyId, draft);
    expect(await apply(world, keyId, draft, planOf({ planned }).hash)).toMatchObject({ kind: 'proved' });
    expect(writes(proxy)).toHaveLength(1);
  });

  test('example keys left in the proxy: no client is let in, so nothing is called served', async () => {
    const { world, keyId } = await scene({ proxy: { proxyKeys: ['your-api-key-1'] } });
    expect(await importNow(world, keyId)).toEqual(served(0, 3));
    expect(await cardOf(world, keyId)).toMatchObject({ missing: [{ reason: 'example-keys' }, {}, {}] });
  });

  test('a proxy without that registry is asked for its public list, and the card says so', async () => {
    const { proxy, world, keyId } = await scene();
    proxy.faults.answer = (_method, path) =>
      path.includes('auth-files') ? { status: 404, headers: { 'X-CPA-VERSION': '7.2.140' } } : undefined;
    expect(await importNow(world, keyId)).toEqual(served(3));
    expect(await cardOf(world, keyId)).toMatchObject({ basis: 'listed' });
  });

  test('an import that is stopped while it proves ends at once, with what is known', async () => {
    const { proxy, world, keyId } = await scene({ speed: 1 });
    proxy.faults.neverServe = true;
    const open = await opened(world, keyId);
    const abort = new AbortController();
    proxy.faults.onRequest = (_method, path) => {
      if (path.includes('auth-files')) setTimeout(() => abort.abort(), 20);
    };
    const started = Date.now();
    expect(await apply(world, keyId, open.draft, planOf(open).hash, abort.signal)).toEqual(served(0, 3));
    expect(Date.now() - started).toBeLessThan(2_000);
  });
});

describe('versions', () => {
  test('a server that is too old is read and never written', async () => {
    const { proxy, world, keyId } = await scene({ proxy: { version: '6.9.38' } });
    const { openImport } = await import('../../src/workflows/open-import');
    expect(await openImport(world, new Map(), keyId)).toMatchObject({ ok: false, failure: { code: 'too-old', version: '6.9.38' } });
    expect(await apply(world, keyId, must(await draftFor(world, keyId)), 'x')).toMatchObject({ kind: 'replan' });
    expect(writes(proxy)).toEqual([]);
  });

  test('a server that turns out too old after the plan was shown is not written to', async () => {
    const { proxy, world, keyId } = await scene();
    const open = await opened(world, keyId);
    const old = {
      ...world,
      http: {
        send: async (request: Parameters<typeof world.http.send>[0]) => {
          const reply = await world.http.send(request);
          if (!reply.ok) return reply;
          const header = (name: string): string | null => (/version/i.test(name) ? 'v6.9.29' : null);
          return { ok: true as const, value: { ...reply.value, header } };
        },
      },
    };
    expect(await apply(old, keyId, open.draft, planOf(open).hash)).toEqual(failed('too-old'));
    expect(writes(proxy)).toEqual([]);
  });

  test.each(['dev', 'v7.2.140', '6.9.39'])('%s is written to', async (version) => {
    const { world, keyId } = await scene({ proxy: { version } });
    expect(await importNow(world, keyId)).toEqual(served(3));
  });

  test('a build without a number and without newer headers is asked whether it knows what must not be lost', async () => {
    const unknown = (knows: boolean) => async () => {
      const made = await scene();
      made.proxy.faults.answer = (method, path) =>
        method === 'GET' && path === LIST
          ? { status: 200, body: { 'openai-compatibility': [{ name: 'a', 'base-url': 'x', ...(knows && { disabled: false }) }] } }
          : undefined;
      const http = {
        send: async (request: Parameters<typeof made.world.http.send>[0]) => {
          const reply = await made.world.http.send(request);
          return reply.ok ? { ...reply, value: { ...reply.value, header: () => null } } : reply;
        },
      };
      return { ...made, world: { ...made.world, http } };
    };
    const old = await unknown(false)();
    const { openImport } = await import('../../src/workflows/open-import');
    expect(await openImport(old.world, new Map(), old.keyId)).toMatchObject({ failure: { code: 'too-old' } });
    const recent = await unknown(true)();
    expect(await importNow(recent.world, recent.keyId)).toEqual(served(3));
  });
});

/** A draft that was made without asking anybody. */
async function draftFor(world: Awaited<ReturnType<typeof scene>>['world'], keyId: string) {
  const kept = must(await world.kept.read());
  const baseUrl = kept.keys.find(({ id }) => id === keyId)!.baseUrl;
  return {
    ok: true as const,
    value: {
      models: [{ name: 'gpt-4o', alias: 'gpt-4o', typed: false }],
      baseUrl,
      baseUrlTyped: false,
      providerName: 'x',
      target: { kind: 'auto' as const },
      options: {},
      enable: false,
      correctBaseUrl: false,
      tryChat: false,
    },
  };
}

describe('the models of the relay', () => {
  test('are asked for by the browser, once, at the saved base URL', async () => {
    const { relay, world, keyId } = await scene();
    const open = await opened(world, keyId);
    expect(open.models).toEqual({ kind: 'listed', names: MODELS.toSorted(), via: 'browser' });
    expect(relay.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/models']);
  });

  test('are asked for by the proxy where the browser may not reach the relay, and the dialog says so', async () => {
    const { proxy, relay, device, world } = await scene();
    // Both stand-ins live on this host; the relay is reached under another name of it.
    const other = must(await addKey(world, { relayName: 'far', baseUrl: relay.origin.replace('127.0.0.1', 'localhost'), key: SECOND_KEY }));
    deny(device, 'http://localhost');
    const open = await opened(world, other);
    expect(open.models).toEqual({ kind: 'listed', names: MODELS.toSorted(), via: 'proxy' });
    expect(proxy.requests.map(({ path }) => path)).toContain('/v0/management/api-call');
  });

  test('cannot be had without permission and without a proxy', async () => {
    const { device, relay, world } = await scene();
    const { listModels } = await import('../../src/workflows/list-models');
    deny(device, relay.origin);
    const shut = { ok: false as const, failure: { code: 'not-configured' as const } };
    expect(await listModels(world, shut, `${relay.origin}/v1`, RELAY_KEY)).toMatchObject({ failure: { code: 'relay-permission' } });
    expect(relay.requests).toEqual([]);
  });

  test('are asked for by the proxy when the browser cannot reach the relay; its failure is told from ours', async () => {
    const { relay, world, keyId } = await scene();
    await relay.stop();
    const open = await opened(world, keyId);
    expect(open.models).toMatchObject({ kind: 'refused', failure: { code: 'relay-via-proxy' } });
    expect(open.planned).toMatchObject({ kind: 'failed', failure: { code: 'no-models' } });
  });

  test('are never asked for behind a redirect, which could carry the key elsewhere', async () => {
    const { proxy, relay, world, keyId } = await scene();
    const other = await scene();
    relay.faults.redirectTo = `${other.relay.origin}/v1/models`;
    const open = await opened(world, keyId);
    expect(open.models).toMatchObject({ kind: 'refused', failure: { code: 'relay-redirected' } });
    expect(other.relay.requests).toEqual([]);
    expect(proxy.requests.map(({ path }) => path)).not.toContain('/v0/management/api-call');
  });

  test.each([
    [401, 'relay-key-refused'],
    [402, 'relay-no-balance'],
    [403, 'relay-forbidden'],
    [404, 'relay-not-found'],
    [429, 'relay-rate-limited'],
    [500, 'relay-error'],
    [503, 'relay-error'],
  ] as const)('that are refused with %d are %s, and nothing is planned', async (status, code) => {
    const { relay, world, keyId } = await scene();
    relay.faults.modelsStatus = status;
    expect(await opened(world, keyId)).toMatchObject({ models: { kind: 'refused', failure: { code } }, planned: { kind: 'failed' } });
  });

  test('at an address that the user typed are asked for there, or the address is refused: it never breaks the worker', async () => {
    const { relay, world, keyId } = await scene();
    expect(await relistModels(world, keyId, ` ${relay.origin}/v1/ `)).toMatchObject({ ok: true, value: { via: 'browser' } });
    expect(await relistModels(world, keyId, '  ')).toMatchObject({ failure: { code: 'bad-url' } });
    expect(await relistModels(world, keyId, 'ftp://x')).toMatchObject({ failure: { code: 'bad-url' } });
    expect(await relistModels(world, 'nobody', relay.origin)).toMatchObject({ failure: { code: 'unknown-item' } });
    const bare = await relistModels(world, keyId, `${relay.origin.replace('http://', '')}/v1`).catch(String);
    expect(bare).toMatchObject({ ok: false, failure: { code: 'bad-url' } });
  });
});

test('a dialog plans on the list it was opened with, and reads it again when the worker has forgotten it', async () => {
  const { proxy, world, keyId } = await scene();
  const bases: Bases = new Map();
  const open = await opened(world, keyId, bases);
  proxy.requests.length = 0;
  expect(await planDialog(world, bases, keyId, open.draft)).toEqual(open.planned);
  expect(proxy.requests).toEqual([]);
  bases.clear();
  expect(await planDialog(world, bases, keyId, open.draft)).toEqual(open.planned);
  expect(proxy.requests).toHaveLength(1);
  expect(await planDialog(world, bases, keyId, { ...open.draft, baseUrl: 'odd', baseUrlTyped: true })).toMatchObject({
    kind: 'failed',
    failure: { code: 'bad-url' },
  });
});

test('a header without a value does not end as "not saved"', async () => {
  const { proxy, world, keyId } = await scene();
  const bases: Bases = new Map();
  const open = await opened(world, keyId, bases);
  const draft = { ...open.draft, options: { headers: { 'X-Empty': '' } } };
  const planned = await planDialog(world, bases, keyId, draft);
  if (planned.kind === 'failed') return expect(planned.failure.code).toBe('bad-header');
  expect(await apply(world, keyId, draft, planOf({ planned }).hash)).toEqual(served(3));
  expect(writes(proxy)).toHaveLength(1);
});

test('an import of a key that is gone, or with a plan that cannot be, says so', async () => {
  const { world, keyId } = await scene();
  const open = await opened(world, keyId);
  expect(await apply(world, 'nobody', open.draft, 'x')).toEqual(failed('unknown-item'));
  expect(await apply(world, keyId, { ...open.draft, models: [] }, 'x')).toEqual(failed('no-models'));
  expect(await apply(world, keyId, { ...open.draft, options: { prefix: 'a/b' } }, 'x')).toEqual(failed('bad-prefix'));
  expect(await cardOf(world, keyId)).toMatchObject({ kind: 'failed', failure: { code: 'bad-prefix' } });
});
