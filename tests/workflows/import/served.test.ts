import { describe, expect, test } from 'vitest';
import type { Bases } from '../../../src/workflows/import/open-import';
import {
  apply,
  cardOf,
  entryOf,
  importNow,
  MODELS,
  noticesOf,
  opened,
  planDialog,
  planOf,
  providers,
  publicModels,
  recordsOf,
  scene,
  served,
  writes,
} from '../scene';

describe('written is not served', () => {
  test('a proxy that registers nothing: 0 of n, with the reason, and the record says so', async () => {
    const { proxy, ports, keyId } = await scene();
    proxy.faults.neverServe = true;
    expect(await importNow(ports, keyId)).toEqual(served(0, 3));
    expect(await cardOf(ports, keyId)).toMatchObject({
      missing: MODELS.toSorted().map((name) => ({ name, reason: 'not-listed' })),
    });
    expect(await noticesOf(ports)).toEqual([
      expect.objectContaining({ kind: 'partly', served: 0, total: 3, reason: 'not-listed' }),
    ]);
    expect(await recordsOf(ports)).toMatchObject([{ phase: 'done', served: 0 }]);
  });

  test('a provider that is switched off: not served, with the reason, and no request to prove it', async () => {
    const { proxy, relay, ports, keyId } = await scene();
    await proxy.setLists('openai-compatibility', [entryOf(relay.origin, { disabled: true })]);
    proxy.requests.length = 0;
    expect(await importNow(ports, keyId)).toEqual(served(0, 3));
    expect(await cardOf(ports, keyId)).toMatchObject({
      missing: [{ reason: 'disabled' }, { reason: 'disabled' }, { reason: 'disabled' }],
    });
    expect(proxy.requests.some(({ path }) => path.includes('auth-files'))).toBe(false);
    expect(providers(proxy)[0]!['disabled']).toBe(true);
  });

  test('a provider that is switched off is switched on when the user says so', async () => {
    const { proxy, relay, ports, keyId } = await scene();
    const bases: Bases = new Map();
    await proxy.setLists('openai-compatibility', [entryOf(relay.origin, { disabled: true })]);
    const open = await opened(ports, keyId, bases);
    const draft = { ...open.draft, enable: true };
    const planned = await planDialog(ports, bases, keyId, draft);
    expect(await apply(ports, keyId, draft, planOf({ planned }).hash)).toEqual(served(3));
  });

  test('a model behind the alias of another: listed by the registry, and not called served', async () => {
    const { proxy, relay, ports, keyId } = await scene();
    const models = [{ name: 'gpt-4o' }, { name: 'gpt-4o-mini', alias: 'GPT-4o' }];
    await proxy.setLists('openai-compatibility', [entryOf(relay.origin, { models })]);
    expect(await importNow(ports, keyId)).toEqual(served(2, 3));
    expect(await publicModels(proxy)).toContain('gpt-4o');
    expect(await cardOf(ports, keyId)).toMatchObject({
      missing: [{ name: 'gpt-4o', reason: 'hidden', by: 'gpt-4o-mini' }],
    });
  });

  test('a provider without a version in its URL: not served, until it is corrected', async () => {
    const { proxy, relay, ports, keyId } = await scene();
    const bases: Bases = new Map();
    await proxy.setLists('openai-compatibility', [entryOf(relay.origin, { 'base-url': relay.origin })]);
    expect(await importNow(ports, keyId)).toEqual(served(0, 3));
    const open = await opened(ports, keyId, bases);
    const draft = { ...open.draft, correctBaseUrl: true };
    const planned = await planDialog(ports, bases, keyId, draft);
    expect(await apply(ports, keyId, draft, planOf({ planned }).hash)).toEqual(served(3));
    expect(providers(proxy)[0]!['base-url']).toBe(`${relay.origin}/v1`);
  });

  test('a new provider at an odd URL is written once and found again, also with the correction switched on', async () => {
    const { proxy, relay, ports, keyId } = await scene();
    const bases: Bases = new Map();
    const open = await opened(ports, keyId, bases);
    const draft = { ...open.draft, baseUrl: `${relay.origin}/odd`, baseUrlTyped: true, correctBaseUrl: true };
    const planned = await planDialog(ports, bases, keyId, draft);
    expect(await apply(ports, keyId, draft, planOf({ planned }).hash)).toMatchObject({ kind: 'proved' });
    expect(writes(proxy)).toHaveLength(1);
  });

  test('example keys left in the proxy: no client is let in, so nothing is called served', async () => {
    const { ports, keyId } = await scene({ proxy: { proxyKeys: ['your-api-key-1'] } });
    expect(await importNow(ports, keyId)).toEqual(served(0, 3));
    expect(await cardOf(ports, keyId)).toMatchObject({ missing: [{ reason: 'example-keys' }, {}, {}] });
  });

  test('a proxy without that registry is asked for its public list, and the card says so', async () => {
    const { proxy, ports, keyId } = await scene();
    proxy.faults.answer = (_method, path) =>
      path.includes('auth-files') ? { status: 404, headers: { 'X-CPA-VERSION': '7.2.140' } } : undefined;
    expect(await importNow(ports, keyId)).toEqual(served(3));
    expect(await cardOf(ports, keyId)).toMatchObject({ basis: 'listed' });
  });

  test('an import that is stopped while it proves ends at once, with what is known', async () => {
    const { proxy, ports, keyId, clock } = await scene();
    proxy.faults.neverServe = true;
    const open = await opened(ports, keyId);
    const abort = new AbortController();
    proxy.faults.onRequest = (_method, path) => {
      if (path.includes('auth-files')) clock.after(20, () => abort.abort());
    };
    const started = clock.now();
    expect(await apply(ports, keyId, open.draft, planOf(open).hash, abort.signal)).toEqual(served(0, 3));
    expect(clock.now() - started).toBeLessThan(2_000);
  });
});
