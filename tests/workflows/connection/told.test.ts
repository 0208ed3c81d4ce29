import { describe, expect, test } from 'vitest';
import { connectionState } from '../../../src/core/connection/state';
import { maskKey } from '../../../src/core/mask';
import { checkConnection } from '../../../src/workflows/connection/check-connection';
import { forgetConnection, saveConnection } from '../../../src/workflows/connection/save-connection';
import { readView } from '../../../src/workflows/view/read-view';
import { clock } from '../test-ports';
import { accountAt, importNow, must, never, nextLife, openImport, RELAY_KEY, scene, served } from '../scene';
import type { Scene } from '../scene';

const looks = async ({ ports }: Pick<Scene, 'ports'>) => {
  const { connection, keys } = must(await readView(ports));
  return {
    kind: connectionState(connection, clock.now()).kind,
    checkedAt: connection?.checkedAt,
    presence: keys.map(({ presence }) => presence),
  };
};
const save = async ({ ports }: Scene, address: string, managementKey: string) =>
  must(await saveConnection(ports, { address, managementKey, remember: 'device' }));

describe('what calls to CLIProxyAPI tell', () => {
  test('is nothing before the first, and costs none on opening', async () => {
    const made = await scene();
    expect(await looks(made)).toEqual({ kind: 'unchecked', checkedAt: null, presence: ['unknown'] });
    expect(made.proxy.requests).toEqual([]);
  });

  test('is kept by a check: when, and which keys are there', async () => {
    const made = await scene();
    must(await accountAt(made));
    must(await checkConnection(made.ports, never()));
    const at = clock.now();
    const told = { kind: 'connected', presence: ['absent', 'absent', 'absent'] };
    expect(await looks(made)).toMatchObject(told);
    expect(at - ((await looks(made)).checkedAt ?? 0)).toBeLessThan(1000);
    const next = { ports: nextLife(made) };
    expect(await looks(next)).toMatchObject(told);
  });

  test('is kept by a plan and by an import too, for the account’s masked key as well', async () => {
    const made = await scene();
    must(await accountAt(made));
    must(await openImport(made.ports, new Map(), made.keyId));
    expect(await looks(made)).toMatchObject({ kind: 'connected', presence: ['absent', 'absent', 'absent'] });
    expect(await importNow(made.ports, made.keyId)).toEqual(served(3));
    expect(await looks(made)).toMatchObject({ presence: ['present', 'absent', 'present'] });
    const session = [...made.device.session.values()].join('');
    expect(session).toContain(maskKey(RELAY_KEY));
    expect(session).not.toContain(RELAY_KEY.slice(0, 14));
  });

  test('says that nothing is there, until something answers', async () => {
    const made = await scene();
    const { origin, managementKey } = made.proxy;
    must(await checkConnection(made.ports, never()));
    await save(made, 'http://localhost:9', managementKey);
    expect(await looks(made)).toMatchObject({ kind: 'unchecked', presence: ['unknown'] });
    expect(await openImport(made.ports, new Map(), made.keyId)).toMatchObject({ ok: false });
    expect(await looks(made)).toMatchObject({ kind: 'unreachable' });
    await save(made, origin, managementKey);
    expect(await looks(made)).toMatchObject({ kind: 'unchecked' });
    must(await checkConnection(made.ports, never()));
    expect(await looks(made)).toMatchObject({ kind: 'connected' });
  });

  test('says what else is there in place of CLIProxyAPI', async () => {
    const made = await scene();
    await save(made, made.relay.origin, 'mk');
    const report = must(await checkConnection(made.ports, never()));
    expect(report.failure).not.toBeNull();
    expect(await looks(made)).toMatchObject({ kind: 'failed' });
  });

  test('belongs to the key: another one is not checked, a refused one is said to be refused', async () => {
    const made = await scene();
    const { origin } = made.proxy;
    must(await checkConnection(made.ports, never()));
    await save(made, origin, 'wrong');
    expect(await looks(made)).toEqual({ kind: 'unchecked', checkedAt: null, presence: ['absent'] });
    must(await checkConnection(made.ports, never()));
    expect(await looks(made)).toMatchObject({ kind: 'refused' });
  });

  test('is forgotten with the connection', async () => {
    const made = await scene();
    must(await checkConnection(made.ports, never()));
    must(await forgetConnection(made.ports));
    expect(await looks(made)).toMatchObject({ kind: 'none', presence: ['unknown'] });
    await save(made, made.proxy.origin, made.proxy.managementKey);
    expect(await looks(made)).toMatchObject({ kind: 'unchecked', presence: ['unknown'] });
  });

  test('says while a check is under way that it is', async () => {
    const made = await scene();
    const checking = checkConnection(made.ports, never());
    await Promise.resolve();
    const during: string[] = [];
    const looked = (async () => {
      for (let i = 0; i < 20; i++) during.push((await looks(made)).kind);
    })();
    await Promise.all([checking, looked]);
    expect(during).toContain('checking');
    expect(await looks(made)).toMatchObject({ kind: 'connected' });
  });
});
