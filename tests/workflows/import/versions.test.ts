import { describe, expect, test } from 'vitest';
import { apply, failed, importNow, LIST, must, opened, planOf, scene, served, writes } from '../scene';

/** A draft that was made without asking anybody. */
async function draftFor(world: Awaited<ReturnType<typeof scene>>['world'], keyId: string) {
  const kept = must(await world.kept.read());
  const baseUrl = kept.keys.find(({ id }) => id === keyId)!.baseUrl;
  return {
    ok: true as const,
    value: {
      models: [{ name: 'gpt-4o', alias: 'gpt-4o', typed: false }],
      baseUrl,
      family: 'openai-compatibility' as const,
      baseUrlTyped: false,
      providerName: 'x',
      target: { kind: 'auto' as const },
      options: {},
      enable: false,
      correctBaseUrl: false,
      nameModels: false,
      tryChat: false,
    },
  };
}

describe('versions', () => {
  test('a server that is too old is read and never written', async () => {
    const { proxy, world, keyId } = await scene({ proxy: { version: '6.9.38' } });
    const { openImport } = await import('../../../src/workflows/import/open-import');
    expect(await openImport(world, new Map(), keyId)).toMatchObject({
      ok: false,
      failure: { code: 'too-old', version: '6.9.38' },
    });
    expect(await apply(world, keyId, must(await draftFor(world, keyId)), 'x')).toMatchObject({
      kind: 'replan',
    });
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
          ? {
              status: 200,
              body: {
                'openai-compatibility': [{ name: 'a', 'base-url': 'x', ...(knows && { disabled: false }) }],
              },
            }
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
    const { openImport } = await import('../../../src/workflows/import/open-import');
    expect(await openImport(old.world, new Map(), old.keyId)).toMatchObject({ failure: { code: 'too-old' } });
    const recent = await unknown(true)();
    expect(await importNow(recent.world, recent.keyId)).toEqual(served(3));
  });
});
