import { describe, expect, test } from 'vitest';
import { apply, failed, opened, planOf, recordsOf, scene, writes, openImport } from '../scene';

describe('a configuration that has collapsed', () => {
  test('before a write, with a management password: nothing is written, which would erase the file', async () => {
    const { proxy, ports, keyId } = await scene();
    const open = await opened(ports, keyId);
    const saved = JSON.stringify(proxy.savedLists);
    proxy.faults.collapseWithPassword = true;
    expect(await apply(ports, keyId, open.draft, planOf(open).hash)).toEqual(failed('collapsed'));
    expect(writes(proxy)).toEqual([]);
    expect(JSON.stringify(proxy.savedLists)).toBe(saved);
  });

  test('before a write, without one: management is gone, and nothing is written', async () => {
    const { proxy, ports, keyId } = await scene();
    const open = await opened(ports, keyId);
    proxy.faults.collapse = true;
    expect(await apply(ports, keyId, open.draft, planOf(open).hash)).toMatchObject({ kind: 'failed' });
    expect(writes(proxy)).toEqual([]);
  });

  test('that was never seen whole is told by the file', async () => {
    const { proxy, ports, keyId } = await scene();
    proxy.faults.collapseWithPassword = true;
    const yaml = 'api-keys:\n  - "client"\nopenai-compatibility: []\n';
    proxy.faults.answer = (_method, path) =>
      path.endsWith('/config.yaml') ? { status: 200, body: yaml } : undefined;
    expect(await openImport(ports, new Map(), keyId)).toMatchObject({ failure: { code: 'collapsed' } });
    proxy.faults.answer = (_method, path) =>
      path.endsWith('/config.yaml') ? { status: 200, body: 'port: 8317\n' } : undefined;
    expect(await openImport(ports, new Map(), keyId)).toMatchObject({ ok: true });
  });

  test('that the user emptied in truth, as the file shows, is no collapse', async () => {
    const { proxy, ports, keyId } = await scene();
    await opened(ports, keyId);
    proxy.faults.collapseWithPassword = true;
    proxy.faults.answer = (_method, path) =>
      path.endsWith('/config.yaml') ? { status: 200, body: 'port: 8317\napi-keys: []\n' } : undefined;
    expect(await openImport(ports, new Map(), keyId)).toMatchObject({ ok: true });
  });

  test('by the write is recognised when it is read back', async () => {
    const { proxy, ports, keyId } = await scene();
    const open = await opened(ports, keyId);
    proxy.faults.onRequest = (method, path) => {
      proxy.faults.collapse = method === 'GET' && path.endsWith('/config') && writes(proxy).length > 0;
    };
    expect(await apply(ports, keyId, open.draft, planOf(open).hash)).toEqual(failed('collapsed'));
    expect(await recordsOf(ports)).toMatchObject([{ phase: 'needs-look' }]);
  });

  test.each(['collapse', 'collapseWithPassword'] as const)(
    'by the reload after it is recognised during the proof (%s)',
    async (fault) => {
      const { proxy, ports, keyId } = await scene();
      const open = await opened(ports, keyId);
      proxy.faults.onRequest = (_method, path) => {
        if (path.includes('auth-files')) proxy.faults[fault] = true;
      };
      expect(await apply(ports, keyId, open.draft, planOf(open).hash)).toEqual(failed('collapsed'));
    },
  );
});
