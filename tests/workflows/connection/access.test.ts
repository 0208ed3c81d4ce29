import { describe, expect, test } from 'vitest';
import { askAgain } from '../../../src/workflows/import/ask-again';
import { callThroughProxy } from '../../../src/targets/cliproxyapi/api-call';
import { addKey } from '../../../src/workflows/accounts/keep-keys';
import { checkConnection } from '../../../src/workflows/connection/check-connection';
import { openManagement } from '../../../src/workflows/connection/open-management';
import { forgetConnection, saveConnection } from '../../../src/workflows/connection/save-connection';
import { readView } from '../../../src/workflows/view/read-view';
import type { Ports } from '../../../src/workflows/ports';
import {
  apply,
  cardOf,
  deny,
  failed,
  importNow,
  must,
  never,
  nextLife,
  opened,
  openImport,
  planOf,
  RELAY_KEY,
  scene,
  type Scene,
  served,
} from '../scene';

const check = async (ports: Ports) => must(await checkConnection(ports, never()));
const managed = ({ proxy }: Scene): string[] =>
  proxy.requests
    .filter(({ path }) => path.startsWith('/v0/'))
    .map(({ method, status }) => `${method} ${status}`);

async function useKey({ ports, proxy }: Scene, managementKey: string): Promise<void> {
  must(await saveConnection(ports, { address: proxy.origin, managementKey, remember: 'device' }));
}

describe('a wrong management key', () => {
  test('costs exactly one request, then nothing is sent until the key changes', async () => {
    const made = await scene();
    const open = await opened(made.ports, made.keyId);
    await useKey(made, 'wrong');
    made.proxy.requests.length = 0;
    for (let i = 0; i < 4; i++) {
      expect(await openImport(made.ports, new Map(), made.keyId)).toMatchObject({
        failure: { code: 'key-refused', triesLeft: 4 },
      });
      expect(await apply(made.ports, made.keyId, open.draft, planOf(open).hash)).toEqual(
        failed('key-refused'),
      );
      expect(await askAgain(made.ports, made.keyId, never())).toEqual(failed('key-refused'));
    }
    expect(managed(made)).toEqual(['GET 401']);
    expect(await openImport(nextLife(made), new Map(), made.keyId)).toMatchObject({ ok: false });
    expect(managed(made)).toEqual(['GET 401']);
    await useKey(made, made.proxy.managementKey);
    expect(await importNow(made.ports, made.keyId)).toEqual(served(3));
  });

  test('costs one request also where the models are asked for by way of the proxy', async () => {
    const made = await scene();
    const baseUrl = made.relay.origin.replace('127.0.0.1', 'localhost');
    const far = must(await addKey(made.ports, { relayName: 'far', baseUrl, key: RELAY_KEY }));
    deny(made.device, baseUrl);
    await useKey(made, 'wrong');
    expect(await openImport(made.ports, new Map(), far)).toMatchObject({
      failure: { code: 'key-refused', triesLeft: 4 },
    });
    expect(managed(made)).toEqual(['GET 401']);
  });

  test('costs one request whatever asks side by side, and one more where another refused it before', async () => {
    const made = await scene();
    const management = async () => must(await openManagement(made.ports));
    await useKey(made, 'wrong');
    made.proxy.requests.length = 0;
    const doors = await Promise.all(Array.from({ length: 5 }, management));
    const replies = await Promise.all(
      doors.flatMap(({ read, send }) => [
        read(),
        callThroughProxy(send, 'p', { method: 'GET', url: 'http://x/', header: {} }),
      ]),
    );
    for (const reply of replies)
      expect(reply).toMatchObject({ failure: { code: 'key-refused', triesLeft: 4 } });
    expect(managed(made)).toHaveLength(1);
    await useKey(made, 'wrong, too');
    const [first, second] = [await management(), await management()];
    for (const reply of await Promise.all([first.read(), second.read(), first.read()]))
      expect(reply).toMatchObject({ failure: { triesLeft: 3 } });
    expect(managed(made)).toHaveLength(2);
  });

  test('is remembered, and counted, also where the storage is full', async () => {
    const made = await scene();
    await useKey(made, 'wrong');
    made.proxy.requests.length = 0;
    const { set } = made.device.local;
    made.device.local.set = () => {
      throw new Error('QUOTA_BYTES quota exceeded');
    };
    for (let click = 0; click < 6; click++)
      expect(await openImport(made.ports, new Map(), made.keyId)).toMatchObject({
        failure: { code: 'key-refused', triesLeft: 4 },
      });
    expect(managed(made)).toHaveLength(1);
    expect(await check(made.ports)).toMatchObject({ failure: { triesLeft: 3 } });
    expect(must(await readView(made.ports)).connection).toMatchObject({ halted: { triesLeft: 3 } });
    made.device.local.set = set;
    await useKey(made, made.proxy.managementKey);
    expect(await importNow(made.ports, made.keyId)).toEqual(served(3));
  });

  test('that is right waits for no other request once it was accepted', async () => {
    const made = await scene();
    const { read } = must(await openManagement(made.ports));
    let open = 0;
    let most = 0;
    made.proxy.faults.onRequest = async () => {
      most = Math.max(most, (open += 1));
      await made.clock.sleep(20);
      open -= 1;
    };
    await Promise.all([read(), read(), read()]);
    expect(most).toBe(2);
    most = 0;
    await Promise.all([read(), read(), read()]);
    expect(most).toBe(3);
  });

  test('stops imports that are waiting in line with their doors open', async () => {
    const made = await scene();
    const open = await opened(made.ports, made.keyId);
    made.proxy.requests.length = 0;
    made.proxy.faults.answer = () => ({
      status: 401,
      headers: { 'X-CPA-VERSION': '7.2.140' },
      body: { error: 'invalid management key' },
    });
    const many = Array.from({ length: 7 }, () =>
      apply(made.ports, made.keyId, open.draft, planOf(open).hash),
    );
    for (const outcome of await Promise.all(many)) expect(outcome).toEqual(failed('key-refused'));
    expect(managed(made)).toEqual(['GET 401']);
  });

  test('is tried again by Test, once a press, with the tries that are left; a success forgets them', async () => {
    const made = await scene();
    await useKey(made, 'wrong');
    for (const triesLeft of [4, 3]) {
      made.proxy.requests.length = 0;
      expect(await check(made.ports)).toMatchObject({
        passed: ['reachable', 'product', 'access'],
        failure: { code: 'key-refused', triesLeft },
      });
      expect(managed(made)).toEqual(['GET 401']);
    }
    await useKey(made, made.proxy.managementKey);
    expect(await check(made.ports)).toMatchObject({ failure: null });
    await useKey(made, 'wrong');
    expect(await check(made.ports)).toMatchObject({ failure: { code: 'key-refused', triesLeft: 4 } });
  });

  test('that is saved once more unchanged keeps the door shut', async () => {
    const made = await scene();
    await useKey(made, 'wrong');
    await openImport(made.ports, new Map(), made.keyId);
    await useKey(made, 'wrong');
    must(await saveConnection(made.ports, { address: made.proxy.origin, remember: 'session' }));
    await openImport(made.ports, new Map(), made.keyId);
    expect(managed(made)).toEqual(['GET 401']);
  });

  test('met in the proof of an import ends it: what was written is said, and nothing more is sent', async () => {
    const made = await scene();
    const open = await opened(made.ports, made.keyId);
    made.proxy.faults.answer = (_method, path) =>
      path.includes('auth-files')
        ? { status: 401, headers: { 'X-CPA-VERSION': '7.2.140' }, body: { error: 'invalid management key' } }
        : undefined;
    made.proxy.requests.length = 0;
    // What was written is written, whatever kept the proxy from being asked.
    expect(await apply(made.ports, made.keyId, open.draft, planOf(open).hash)).toEqual(served(0, 3));
    expect(await cardOf(made.ports, made.keyId)).toMatchObject({
      basis: 'none',
      missing: [{ reason: 'refused' }, {}, {}],
    });
    expect(managed(made)).toEqual(['GET 200', 'PUT 200', 'GET 200', 'GET 401']);
    expect(await askAgain(made.ports, made.keyId, never())).toEqual(failed('key-refused'));
    expect(managed(made)).toHaveLength(4);
  });
});

describe('a ban', () => {
  async function banned(): Promise<Scene> {
    const made = await scene();
    for (let i = 0; i < 5; i++) await fetch(`${made.proxy.origin}/v0/management/config`);
    made.proxy.requests.length = 0;
    return made;
  }

  test('is told from the words of the server; until it is over nothing at all is sent, not even by Test', async () => {
    const made = await banned();
    expect(await openImport(made.ports, new Map(), made.keyId)).toMatchObject({
      failure: { code: 'banned' },
    });
    const saved = must(await made.ports.saved.read());
    const { halted } = saved.connection!;
    if (halted?.code !== 'banned') throw new Error('not halted');
    const left = halted.until - made.clock.now();
    expect(left).toBeGreaterThan(29 * 60_000);
    expect(left).toBeLessThanOrEqual(30 * 60_000);
    made.proxy.requests.length = 0;
    expect(await check(made.ports)).toMatchObject({ passed: [], failure: { code: 'banned' } });
    const byName = made.proxy.origin.replace('127.0.0.1', 'localhost');
    for (const address of [made.proxy.origin, byName]) {
      must(await saveConnection(made.ports, { address, managementKey: 'another', remember: 'device' }));
      expect(await check(made.ports)).toMatchObject({ failure: { code: 'banned' } });
    }
    expect(await importNow(made.ports, made.keyId).catch(String)).toContain('banned');
    expect(made.proxy.requests).toEqual([]);
  });

  test('that is over is not over by itself: the user presses Test', async () => {
    const made = await banned();
    await openImport(made.ports, new Map(), made.keyId);
    const later = { ...made.ports, clock: { ...made.clock, now: () => made.clock.now() + 31 * 60_000 } };
    made.proxy.requests.length = 0;
    await openImport(later, new Map(), made.keyId);
    expect(made.proxy.requests).toEqual([]);
    await check(later);
    expect(managed(made)).toHaveLength(1);
  });
});

describe('the connection', () => {
  test('is saved in its normal form, with the key where the user lets it live', async () => {
    const made = await scene();
    for (const [remember, inLocal] of [
      ['session', false],
      ['device', true],
      ['session', false],
    ] as const) {
      must(
        await saveConnection(made.ports, {
          address: ` ${made.proxy.origin}/management.html#/ `,
          managementKey: 'mk-secret-0001',
          remember,
        }),
      );
      expect(must(await made.ports.saved.read()).connection).toMatchObject({
        address: `${made.proxy.origin}/v0/management`,
        remember,
      });
      expect([...made.device.local.values()].join().includes('mk-secret-0001')).toBe(inLocal);
      expect([...made.device.session.values()].join().includes('mk-secret-0001')).toBe(!inLocal);
      expect(must(await readView(made.ports)).connection).toMatchObject({
        hasKey: true,
        remember,
        transport: 'loopback',
      });
    }
  });

  test('is refused without a key, with an address that is none, and with a key that no header can carry', async () => {
    const made = await scene();
    must(await forgetConnection(made.ports));
    const save = (address: string, managementKey?: string) =>
      saveConnection(made.ports, { address, managementKey, remember: 'device' });
    expect(await save('localhost:8317')).toMatchObject({ failure: { code: 'key-missing' } });
    expect(await save('localhost:8317', '   ')).toMatchObject({ failure: { code: 'key-missing' } });
    expect(await save('two words', 'k')).toMatchObject({ failure: { code: 'bad-url' } });
    expect(await save('sk-Labk0000000000000001', 'k')).toMatchObject({ failure: { code: 'address-is-key' } });
    expect(await save('localhost:8317', '密钥')).toMatchObject({ failure: { code: 'bad-key' } });
  });

  test('that moves to another proxy forgets what was seen at the old one', async () => {
    const made = await scene();
    await opened(made.ports, made.keyId);
    const seen = async () => must(await made.ports.saved.read()).connection!.seen;
    expect(await seen()).toEqual({ proxyKeys: true, entries: true });
    must(await saveConnection(made.ports, { address: made.proxy.origin, remember: 'device' }));
    expect(await seen()).toEqual({ proxyKeys: true, entries: true });
    must(
      await saveConnection(made.ports, {
        address: 'http://localhost:9',
        managementKey: 'another-key',
        remember: 'device',
      }),
    );
    expect(await seen()).toBeNull();
  });

  test('that moves to another server wants its key: the saved one is not sent there', async () => {
    const made = await scene();
    const save = (address: string) => saveConnection(made.ports, { address, remember: 'device' });
    expect(await save('https://nas.example')).toMatchObject({
      ok: false,
      failure: { code: 'key-for-new-host', host: 'nas.example' },
    });
    const { port } = new URL(made.proxy.origin);
    expect(await save(`localhost:${port}`)).toMatchObject({ ok: true });
    expect(await save(`http://localhost:${port}/behind/a/prefix`)).toMatchObject({ ok: true });
  });

  test('that leaves https wants its key again: the saved one is not sent in clear', async () => {
    const made = await scene();
    const save = (address: string, managementKey?: string) =>
      saveConnection(made.ports, { address, managementKey, remember: 'device' });
    must(await save('https://nas.example', 'mk-secret-0002'));
    const refused = { failure: { code: 'key-for-new-host', host: 'nas.example' } };
    expect(await save('http://nas.example')).toMatchObject(refused);
    expect(must(await made.ports.saved.read()).connection?.address).toBe('https://nas.example/v0/management');
    must(await save('https://nas.example/behind/a/prefix'));
    must(await save('http://nas.example', 'mk-secret-0002'));
    must(await save('https://nas.example'));
  });
});
