import { describe, expect, test } from 'vitest';
import type { Bases } from '../../../src/workflows/import/open-import';
import type { JsonObject } from '../../fakes/cliproxyapi.ts';
import {
  apply,
  cardOf,
  entryOf,
  failed,
  importNow,
  LIST,
  MODELS,
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
  served,
  writes,
} from '../scene';

describe('a first import', () => {
  test('is served, and everything else in the configuration is byte for byte the same', async () => {
    const { proxy, relay, ports, keyId } = await scene();
    const before = JSON.stringify(proxy.config());
    const outcome = await importNow(ports, keyId);
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
    expect(await cardOf(ports, keyId)).toMatchObject({
      kind: 'proved',
      served: 3,
      total: 3,
      basis: 'registry',
      missing: [],
    });
    expect(await noticesOf(ports)).toEqual([
      expect.objectContaining({ kind: 'served', served: 3, total: 3 }),
    ]);
    expect(await recordsOf(ports)).toMatchObject([{ action: 'import', phase: 'done', served: 3, total: 3 }]);
  });

  test('costs one read for the plan, then a read, a write, a read back, proof requests one after the other, and a last look', async () => {
    const { proxy, ports, keyId } = await scene({ proxy: { reloadDelayMs: 30 } });
    let inFlight = 0;
    let most = 0;
    const open = await opened(ports, keyId);
    expect(proxy.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v0/management/config',
    ]);
    proxy.requests.length = 0;
    const counted = {
      ...ports,
      http: {
        send: async (request: Parameters<typeof ports.http.send>[0]) => {
          most = Math.max(most, ++inFlight);
          return ports.http.send(request).finally(() => inFlight--);
        },
      },
    };
    expect(await apply(counted, keyId, open.draft, planOf(open).hash)).toEqual(served(3));
    const sent = proxy.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`);
    expect(sent.slice(0, 3)).toEqual([
      'GET /v0/management/config',
      `PUT ${LIST}`,
      'GET /v0/management/config',
    ]);
    expect(new Set(sent.slice(3, -1))).toEqual(new Set(['GET /v0/management/auth-files/models']));
    expect(sent.at(-1)).toBe('GET /v0/management/config');
    expect(most).toBeLessThanOrEqual(2);
  });

  test('into an empty proxy, with one model, works the same', async () => {
    const { proxy, ports, keyId } = await scene({
      proxy: { providers: [] },
      relay: { models: ['gpt-4o'], keys: [{ name: 'one', key: RELAY_KEY.slice(3) }] },
    });
    expect(await importNow(ports, keyId)).toEqual(served(1));
    expect(providers(proxy)).toHaveLength(1);
  });

  test('leaves out what cannot chat', async () => {
    const { proxy, ports, keyId } = await scene({
      relay: {
        models: ['gpt-4o', 'text-embedding-3-large', 'dall-e-3', 'whisper-1'],
        keys: [{ name: 'one', key: RELAY_KEY.slice(3) }],
      },
    });
    expect(await importNow(ports, keyId)).toEqual(served(1));
    expect(providers(proxy).at(-1)).toMatchObject({ models: [{ name: 'gpt-4o' }] });
  });
});

describe('a second import', () => {
  test('of the same writes nothing and proves it again', async () => {
    const { proxy, ports, keyId } = await scene();
    await importNow(ports, keyId);
    await proxy.settled();
    const before = JSON.stringify(providers(proxy));
    proxy.requests.length = 0;
    const open = await opened(ports, keyId);
    expect(planOf(open).kind).toBe('unchanged');
    expect(await apply(ports, keyId, open.draft, planOf(open).hash)).toEqual(served(3));
    expect(writes(proxy)).toEqual([]);
    expect(JSON.stringify(providers(proxy))).toBe(before);
    expect(await recordsOf(ports)).toHaveLength(1);
    const first = (await recordsOf(ports))[0]!;
    expect(await cardOf(ports, keyId)).toMatchObject({ importId: first.id });
  });

  test('of another key joins the provider by one PATCH: weight, proxy, aliases and unknown fields survive', async () => {
    const { proxy, relay, ports, keyId } = await scene();
    const entry = entryOf(relay.origin, { priority: 2, headers: { 'X-A': '1' }, 'disable-cooling': false });
    await proxy.setLists('openai-compatibility', [...OTHERS, entry]);
    const before = structuredClone(providers(proxy));
    const open = await opened(ports, keyId);
    expect(planOf(open)).toMatchObject({ kind: 'update', providerName: 'mine', onlyAdds: true });
    expect(await apply(ports, keyId, open.draft, planOf(open).hash)).toEqual(served(3));
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
    const { proxy, relay, ports, keyId } = await scene();
    await proxy.setLists('openai-compatibility', [
      entryOf(relay.origin, { 'api-key-entries': [{ 'api-key': RELAY_KEY.slice(3), weight: 2 }] }),
    ]);
    await importNow(ports, keyId);
    expect(providers(proxy)[0]!['api-key-entries']).toEqual([{ 'api-key': RELAY_KEY.slice(3), weight: 2 }]);
  });
});

describe('what is not clear is asked', () => {
  test('a provider with only the name in common is not joined: its host would get the key', async () => {
    const { proxy, ports, keyId } = await scene();
    await proxy.setLists('openai-compatibility', [{ ...OTHERS[0], name: 'my RELAY' }]);
    const before = structuredClone(providers(proxy));
    const open = await opened(ports, keyId);
    expect(planOf(open).notices.map(({ kind }) => kind)).toContain('name-taken');
    expect(await apply(ports, keyId, open.draft, planOf(open).hash)).toEqual(served(3));
    expect(providers(proxy)[0]).toEqual(before[0]);
    expect(providers(proxy)[1]!['name']).toMatch(/^My relay \(127\.0\.0\.1:\d+\)$/);
  });

  test('of several providers of one relay the user chooses; nothing is written before', async () => {
    const { proxy, relay, ports, keyId } = await scene();
    const bases: Bases = new Map();
    await proxy.setLists('openai-compatibility', [
      entryOf(relay.origin),
      entryOf(`${relay.origin}/`, { name: 'twin' }),
    ]);
    const open = await opened(ports, keyId, bases);
    expect(open.planned).toMatchObject({ kind: 'choose', candidates: [{ name: 'mine' }, { name: 'twin' }] });
    if (open.planned.kind !== 'choose') throw new Error('no choice');
    const draft = { ...open.draft, target: { kind: 'join' as const, ref: open.planned.candidates[1]! } };
    expect(await apply(ports, keyId, open.draft, 'none')).toMatchObject({
      kind: 'replan',
      planned: { kind: 'choose' },
    });
    expect(writes(proxy)).toEqual([]);
    const planned = await planDialog(ports, bases, keyId, draft);
    expect(await apply(ports, keyId, draft, planOf({ planned }).hash)).toEqual(served(3));
    expect(providers(proxy).map((provider) => (provider['api-key-entries'] as []).length)).toEqual([1, 2]);
  });

  test('a list that changed between plan and import: nothing is written, and a new plan is shown', async () => {
    const { proxy, relay, ports, keyId } = await scene();
    const open = await opened(ports, keyId);
    await proxy.setLists('openai-compatibility', [...OTHERS, entryOf(relay.origin)]);
    const outcome = await apply(ports, keyId, open.draft, planOf(open).hash);
    expect(outcome).toMatchObject({
      kind: 'replan',
      planned: { kind: 'plan', plan: { kind: 'update', providerName: 'mine' } },
    });
    expect(writes(proxy)).toEqual([]);
    expect(await recordsOf(ports)).toEqual([]);
    if (outcome.kind !== 'replan') return;
    expect(await apply(ports, keyId, open.draft, planOf(outcome).hash)).toEqual(served(3));
  });

  test('a list that changed elsewhere does not stop an import, and the change is not lost', async () => {
    const { proxy, ports, keyId } = await scene();
    const open = await opened(ports, keyId);
    await proxy.setLists('openai-compatibility', [
      { ...OTHERS[0], priority: 9 },
      OTHERS[1]!,
      { ...OTHERS[1], name: 'new' },
    ]);
    expect(await apply(ports, keyId, open.draft, planOf(open).hash)).toEqual(served(3));
    expect(providers(proxy).map(({ name, priority }) => [name, priority])).toEqual([
      ['Other one', 9],
      ['off', undefined],
      ['new', undefined],
      ['My relay', undefined],
    ]);
  });

  test('a hash that belongs to another plan writes nothing', async () => {
    const { proxy, ports, keyId } = await scene();
    const open = await opened(ports, keyId);
    const draft = { ...open.draft, options: { priority: '3' } };
    expect(await apply(ports, keyId, draft, planOf(open).hash)).toMatchObject({ kind: 'replan' });
    expect(writes(proxy)).toEqual([]);
  });
});

test('a dialog plans on the list it was opened with, and reads it again when the worker has forgotten it', async () => {
  const { proxy, ports, keyId } = await scene();
  const bases = new Map();
  const open = await opened(ports, keyId, bases);
  proxy.requests.length = 0;
  expect(await planDialog(ports, bases, keyId, open.draft)).toEqual(open.planned);
  expect(proxy.requests).toEqual([]);
  bases.clear();
  expect(await planDialog(ports, bases, keyId, open.draft)).toEqual(open.planned);
  expect(proxy.requests).toHaveLength(1);
  expect(
    await planDialog(ports, bases, keyId, { ...open.draft, baseUrl: 'odd', baseUrlTyped: true }),
  ).toMatchObject({
    kind: 'failed',
    failure: { code: 'bad-url' },
  });
});

test('a header without a value does not end as "not saved"', async () => {
  const { proxy, ports, keyId } = await scene();
  const bases: Bases = new Map();
  const open = await opened(ports, keyId, bases);
  const draft = { ...open.draft, options: { headers: { 'X-Empty': '' } } };
  const planned = await planDialog(ports, bases, keyId, draft);
  const refused = planned.kind === 'failed' && planned.failure.code === 'bad-header';
  const hash = refused ? '' : planOf({ planned }).hash;
  const outcome = refused ? undefined : await apply(ports, keyId, draft, hash);
  expect(outcome ?? { kind: 'proved' }).toMatchObject({ kind: 'proved' });
  expect(writes(proxy).length).toBeLessThanOrEqual(1);
});

test('an import of a key that is gone, or with a plan that cannot be, says so', async () => {
  const { ports, keyId } = await scene();
  const open = await opened(ports, keyId);
  expect(await apply(ports, 'nobody', open.draft, 'x')).toEqual(failed('unknown-item'));
  expect(await apply(ports, keyId, { ...open.draft, models: [] }, 'x')).toEqual(failed('no-models'));
  expect(await apply(ports, keyId, { ...open.draft, options: { prefix: 'a/b' } }, 'x')).toEqual(
    failed('bad-prefix'),
  );
  expect(await cardOf(ports, keyId)).toMatchObject({ kind: 'failed', failure: { code: 'bad-prefix' } });
});
