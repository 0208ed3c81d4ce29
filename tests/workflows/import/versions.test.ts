import { describe, expect, test } from 'vitest';
import {
  apply,
  failed,
  importNow,
  LIST,
  must,
  opened,
  planOf,
  scene,
  served,
  writes,
  openImport,
} from '../scene';

/** A draft that was made without asking anybody. */
async function draftFor(ports: Awaited<ReturnType<typeof scene>>['ports'], keyId: string) {
  const saved = must(await ports.saved.read());
  const baseUrl = saved.keys.find(({ id }) => id === keyId)!.baseUrl;
  return {
    ok: true as const,
    value: {
      models: [{ name: 'gpt-4o', alias: 'gpt-4o', typed: false }],
      baseUrl,
      list: 'openai-compatibility' as const,
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
    const { proxy, ports, keyId } = await scene({ proxy: { version: '6.9.38' } });
    expect(await openImport(ports, new Map(), keyId)).toMatchObject({
      ok: false,
      failure: { code: 'too-old', version: '6.9.38' },
    });
    expect(await apply(ports, keyId, must(await draftFor(ports, keyId)), 'x')).toMatchObject({
      kind: 'replan',
    });
    expect(writes(proxy)).toEqual([]);
  });

  test('a server that turns out too old after the plan was shown is not written to', async () => {
    const { proxy, ports, keyId } = await scene();
    const open = await opened(ports, keyId);
    const old = {
      ...ports,
      http: {
        send: async (request: Parameters<typeof ports.http.send>[0]) => {
          const reply = await ports.http.send(request);
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
    const { ports, keyId } = await scene({ proxy: { version } });
    expect(await importNow(ports, keyId)).toEqual(served(3));
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
        send: async (request: Parameters<typeof made.ports.http.send>[0]) => {
          const reply = await made.ports.http.send(request);
          return reply.ok ? { ...reply, value: { ...reply.value, header: () => null } } : reply;
        },
      };
      return { ...made, ports: { ...made.ports, http } };
    };
    const old = await unknown(false)();
    expect(await openImport(old.ports, new Map(), old.keyId)).toMatchObject({ failure: { code: 'too-old' } });
    const recent = await unknown(true)();
    expect(await importNow(recent.ports, recent.keyId)).toEqual(served(3));
  });
});
