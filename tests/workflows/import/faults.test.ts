import { describe, expect, test } from 'vitest';
import {
  apply,
  cardOf,
  failed,
  importNow,
  LIST,
  must,
  noticesOf,
  opened,
  planOf,
  providers,
  recordsOf,
  scene,
  served,
  writes,
} from '../scene';

describe('a connection that is dropped', () => {
  test('after the write was carried out: it is read back and proved', async () => {
    const { proxy, ports, keyId } = await scene();
    proxy.faults.dropAfterWrite = 1;
    expect(await importNow(ports, keyId)).toEqual(served(3));
    expect(writes(proxy)).toHaveLength(1);
  });

  test('before it: not written, and nothing is sent a second time by itself', async () => {
    const { proxy, ports, keyId } = await scene();
    const before = JSON.stringify(providers(proxy));
    proxy.faults.dropBeforeWrite = 1;
    expect(await importNow(ports, keyId)).toEqual(failed('unreachable'));
    expect(writes(proxy)).toHaveLength(1);
    expect(JSON.stringify(providers(proxy))).toBe(before);
    expect(await recordsOf(ports)).toMatchObject([{ phase: 'not-written' }]);
  });

  test('and a proxy that stays away: nobody knows, the record stays open', async () => {
    const { proxy, ports, keyId } = await scene();
    const open = await opened(ports, keyId);
    proxy.faults.beforeWrite = () => {
      proxy.faults.hang = () => true;
    };
    proxy.faults.dropAfterWrite = 1;
    expect(await apply(ports, keyId, open.draft, planOf(open).hash)).toEqual(failed('outcome-unknown'));
    expect(await recordsOf(ports)).toMatchObject([{ phase: 'written' }]);
    expect(await noticesOf(ports)).toMatchObject([{ kind: 'failed', failure: { code: 'outcome-unknown' } }]);
  });
});

describe('a proxy that does not answer', () => {
  test('is waited for no longer than the request allows; a read is then simply a failure', async () => {
    const { proxy, ports, keyId } = await scene();
    const open = await opened(ports, keyId);
    proxy.faults.hang = ({ method, path }) => method === 'GET' && path === '/v0/management/config';
    expect(await apply(ports, keyId, open.draft, planOf(open).hash)).toEqual(failed('timeout'));
    expect(writes(proxy)).toEqual([]);
    expect(await recordsOf(ports)).toEqual([]);
  });

  test('to a write that it never carried out: a timeout, and not written', async () => {
    const { proxy, ports, keyId } = await scene();
    const open = await opened(ports, keyId);
    proxy.faults.hang = ({ method }) => method === 'PUT';
    expect(await apply(ports, keyId, open.draft, planOf(open).hash)).toEqual(failed('timeout'));
    expect(await recordsOf(ports)).toMatchObject([{ phase: 'not-written' }]);
  });

  test('to a write in time but carried it out later: proved', async () => {
    const { proxy, ports, keyId } = await scene();
    const open = await opened(ports, keyId);
    proxy.faults.delayMs = (method) => (method === 'PUT' ? 11_000 : 0);
    expect(await apply(ports, keyId, open.draft, planOf(open).hash)).toEqual(served(3));
  });

  test('to the first question what is served: it is asked again, and proved', async () => {
    const { proxy, ports, keyId } = await scene();
    const open = await opened(ports, keyId);
    let asked = 0;
    proxy.faults.hang = ({ path }) => path.includes('auth-files') && ++asked === 1;
    expect(await apply(ports, keyId, open.draft, planOf(open).hash)).toEqual(served(3));
    expect(asked).toBe(2);
  });

  test('to any question what is served: after half a minute nothing is claimed', async () => {
    const { proxy, ports, keyId } = await scene();
    const open = await opened(ports, keyId);
    let hangs = false;
    proxy.faults.hang = ({ path }) => (hangs ||= path.includes('auth-files'));
    const started = ports.clock.now();
    expect(await apply(ports, keyId, open.draft, planOf(open).hash)).toEqual(served(0, 3));
    expect(ports.clock.now() - started).toBeLessThan(35_000);
    expect(await cardOf(ports, keyId)).toMatchObject({
      basis: 'none',
      missing: [{ reason: 'unknown' }, {}, {}],
    });
  });
});

describe('a save that fails', () => {
  test('is said as what it is: memory has it, the file has not', async () => {
    const { proxy, ports, keyId } = await scene();
    proxy.faults.failSave = 1;
    expect(await importNow(ports, keyId)).toEqual(failed('save-failed'));
    expect(await noticesOf(ports)).toMatchObject([
      {
        kind: 'failed',
        failure: { text: expect.stringContaining('permission denied') as string },
      },
    ]);
    expect(await recordsOf(ports)).toMatchObject([{ phase: 'needs-look' }]);
    expect(writes(proxy)).toHaveLength(1);
  });

  test('and is not in memory either: not written, and nothing else is said', async () => {
    const { proxy, ports, keyId } = await scene();
    proxy.faults.answer = (method) =>
      method === 'PUT' ? { status: 500, body: { error: 'failed to save config: disk full' } } : undefined;
    expect(await importNow(ports, keyId)).toMatchObject({ failure: { code: 'server-error', status: 500 } });
    expect(await recordsOf(ports)).toMatchObject([{ phase: 'not-written', unseen: true }]);
  });

  test('with another 5xx: it is read back, and either proved or not written', async () => {
    const { proxy, ports, keyId } = await scene();
    proxy.faults.answer = (method) =>
      method === 'PUT' ? { status: 502, body: '<html>Bad Gateway</html>' } : undefined;
    expect(await importNow(ports, keyId)).toEqual(failed('server-error'));
    expect(await recordsOf(ports)).toMatchObject([{ phase: 'not-written' }]);
  });

  test('with a refusal: not written, in the words of the server', async () => {
    const { proxy, ports, keyId } = await scene();
    proxy.faults.answer = (method) =>
      method === 'PUT' ? { status: 400, body: { error: 'invalid body' } } : undefined;
    expect(await importNow(ports, keyId)).toMatchObject({
      failure: { code: 'rejected', status: 400, text: 'invalid body' },
    });
    proxy.faults.answer = (method) =>
      method === 'PUT' ? { status: 404, body: { error: 'item not found' } } : undefined;
    expect(await importNow(ports, keyId)).toEqual(failed('item-gone'));
  });
});

describe('a write that something in between answers with 200', () => {
  test.each([
    ['a web page', '<html>Sign in</html>', 'reply-html'],
    ['nothing', '', 'reply-not-json'],
    ['other data', { code: 0, message: 'success' }, 'reply-shape'],
  ] as const)(
    '(%s) and that never arrives is not "reverted": that answer is named',
    async (_name, body, code) => {
      const { proxy, ports, keyId } = await scene();
      proxy.faults.answer = (method) => (method === 'PUT' ? { status: 200, body } : undefined);
      expect(await importNow(ports, keyId)).toEqual(failed(code));
      expect(writes(proxy)).toHaveLength(1);
      expect(await recordsOf(ports)).toMatchObject([{ phase: 'not-written', unseen: true }]);
    },
  );
});

describe('a reply that is not understood', () => {
  test.each([
    ['html', 'reply-html'],
    ['json', 'reply-not-json'],
    ['shape', 'reply-shape'],
  ] as const)('(%s) is never taken for an empty list: nothing is written', async (kind, code) => {
    const { proxy, ports, keyId } = await scene();
    const open = await opened(ports, keyId);
    proxy.faults.malformed = kind;
    expect(await apply(ports, keyId, open.draft, planOf(open).hash)).toEqual(failed(code));
    expect(writes(proxy)).toEqual([]);
    expect(await recordsOf(ports)).toEqual([]);
  });
});

test('a change by somebody else between the write and the reading back is not reported as "nothing was written"', async () => {
  const { proxy, ports, keyId } = await scene();
  const open = await opened(ports, keyId);
  let done = false;
  proxy.faults.onRequest = async (method, path) => {
    if (done || method !== 'GET' || !path.endsWith('/config') || writes(proxy).length === 0) return;
    done = true;
    const list = providers(proxy);
    const last = list.at(-1)!;
    await proxy.setLists('openai-compatibility', [
      ...list.slice(0, -1),
      { ...last, models: (last['models'] as []).slice(1) },
    ]);
  };
  expect(await apply(ports, keyId, open.draft, planOf(open).hash)).toEqual(failed('overwritten'));
  expect(providers(proxy).some(({ name }) => name === 'My relay')).toBe(true);
  expect(await recordsOf(ports)).toMatchObject([{ phase: 'needs-look' }]);
});

test('a device that is full stops an import before anything is written', async () => {
  const { proxy, device, ports, keyId } = await scene();
  const open = await opened(ports, keyId);
  device.local.set = () => {
    throw new Error('QUOTA_BYTES quota exceeded');
  };
  expect(await apply(ports, keyId, open.draft, planOf(open).hash)).toEqual(failed('storage-full'));
  expect(writes(proxy)).toEqual([]);
});

test('an import that is cancelled before its write writes nothing', async () => {
  const { proxy, ports, keyId } = await scene();
  const open = await opened(ports, keyId);
  const abort = new AbortController();
  proxy.faults.onRequest = () => abort.abort();
  expect(await apply(ports, keyId, open.draft, planOf(open).hash, abort.signal)).toEqual(failed('cancelled'));
  expect(writes(proxy)).toEqual([]);
  expect(must(await ports.session.read()).running).toEqual({});
});

test('a write that is cancelled while it is under way is read back: what became of it is known', async () => {
  const { proxy, ports, keyId } = await scene();
  const open = await opened(ports, keyId);
  const abort = new AbortController();
  proxy.faults.beforeWrite = () => abort.abort();
  const outcome = await apply(ports, keyId, open.draft, planOf(open).hash, abort.signal);
  expect(proxy.requests.filter(({ path }) => path === LIST)).toHaveLength(1);
  expect(outcome).toMatchObject({ kind: 'proved' });
  expect(await recordsOf(ports)).toMatchObject([{ phase: 'done' }]);
});
