import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../fakes/cliproxyapi.ts';
import {
  cardOf,
  failed,
  importNow,
  noticesOf,
  OTHERS,
  providers,
  publicModels,
  recordsOf,
  readBackAfterReload,
  REGISTRY,
  RELAY_KEY,
  scene,
  SECOND_KEY,
  served,
  withoutV0,
  writes,
} from '../scene';

const mine = (origin: string, more: JsonObject = {}): JsonObject => ({
  name: 'mine',
  'base-url': `${origin}/v1`,
  'api-key-entries': [{ 'api-key': SECOND_KEY }],
  models: ['deepseek-chat', 'gpt-4o', 'gpt-4o-mini'].map((name) => ({ name, alias: name })),
  ...more,
});

describe('a write that a reload reverts', () => {
  test('is tried once more with other bytes, and is served', async () => {
    const { proxy, ports, keyId } = await scene();
    readBackAfterReload(proxy);
    proxy.faults.revertNextWrites = 1;
    expect(await importNow(ports, keyId)).toEqual(served(3));
    expect(writes(proxy).length).toBeLessThanOrEqual(3);
    expect(await publicModels(proxy)).toContain('deepseek-chat');
    expect(providers(proxy)).toHaveLength(3);
  });

  test('is healed also when the proxy was empty and there is one model', async () => {
    const { proxy, ports, keyId } = await scene({
      proxy: { providers: [] },
      relay: { models: ['gpt-4o'], keys: [{ name: 'one', key: RELAY_KEY.slice(3) }] },
    });
    readBackAfterReload(proxy);
    proxy.faults.revertNextWrites = 1;
    expect(await importNow(ports, keyId)).toEqual(served(1));
  });

  test('is healed also when it only adds a key to a provider', async () => {
    const { proxy, relay, ports, keyId } = await scene();
    await proxy.setLists('openai-compatibility', [...OTHERS, mine(relay.origin)]);
    readBackAfterReload(proxy);
    proxy.faults.revertNextWrites = 1;
    expect(await importNow(ports, keyId)).toEqual(served(3));
  });

  test('every time is not saved, and said so after a few tries', async () => {
    const { proxy, ports, keyId } = await scene();
    const before = JSON.stringify(providers(proxy));
    readBackAfterReload(proxy);
    proxy.faults.revertNextWrites = 99;
    const outcome = await importNow(ports, keyId);
    expect(writes(proxy).length).toBeLessThanOrEqual(3);
    if (withoutV0) {
      expect(outcome).toEqual(served(0, 3));
      return;
    }
    expect(outcome).toEqual(failed('not-saved'));
    expect(JSON.stringify(providers(proxy))).toBe(before);
    expect(await cardOf(ports, keyId)).toMatchObject({ kind: 'failed', failure: { code: 'not-saved' } });
    expect(await noticesOf(ports)).toMatchObject([{ kind: 'failed', failure: { code: 'not-saved' } }]);
    expect(await recordsOf(ports)).toMatchObject([{ phase: 'not-written' }]);
  });

  // A reload takes 10 to 85 ms with 10 to 100 providers; the list is read back a few ms after the answer to the write.
  test('only after the list was read back is noticed all the same, and healed', async () => {
    const { proxy, ports, keyId } = await scene({ proxy: { reloadDelayMs: 40 } });
    proxy.faults.revertNextWrites = 1;
    expect(await importNow(ports, keyId)).toEqual(served(3));
    expect(await publicModels(proxy)).toContain('deepseek-chat');
  });

  test('only after the list was read back, every time, is not saved: the card does not say "written"', async () => {
    const { proxy, ports, keyId } = await scene({ proxy: { reloadDelayMs: 40 } });
    proxy.faults.revertNextWrites = 99;
    // In a file that is all that can be read it is saved, and not served.
    expect(await importNow(ports, keyId)).toEqual(withoutV0 ? served(0, 3) : failed('not-saved'));
  });
});

test('what is listed and then taken away by another client within a second is not called served', async () => {
  const { proxy, ports, keyId } = await scene();
  const before = structuredClone(providers(proxy));
  const { send } = ports.http;
  const late = {
    ...ports,
    http: {
      send: async (request: Parameters<typeof send>[0]) => {
        const reply = await send(request);
        if (!request.url.includes(REGISTRY)) return reply;
        await proxy.setLists('openai-compatibility', before);
        return reply;
      },
    },
  };
  expect(await importNow(late, keyId)).toEqual(failed('not-saved'));
  expect(providers(proxy)).toEqual(before);
  expect((await recordsOf(ports))[0]).toMatchObject({ phase: 'not-written' });
});
