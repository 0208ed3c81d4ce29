import { BATCH_DEFAULTS } from '../../src/core/batch/batch';
import { expect, test } from 'vitest';
import { createHandlers } from '../../src/worker/handlers';
import { openLock, setLock } from '../../src/workflows/backup/lock';
import { readHistory } from '../../src/workflows/view/read-history';
import { readView } from '../../src/workflows/view/read-view';
import { cardOf, importNow, must, nextLife, planOf, scene, stoppingHttp } from '../workflows/scene';

const PASSPHRASE = 'correct horse';

test('locking ends an import that is under way first, so that its card says how it ended', async () => {
  const made = await scene();
  must(await setLock(made.ports, { passphrase: PASSPHRASE }, 1000));
  const { handlers } = createHandlers(made.ports);
  const open = must(await handlers['import.open']({ keyId: made.keyId }));
  let close: Promise<unknown> | undefined;
  made.proxy.faults.onRequest = async (method) => {
    if (method === 'PUT') close ??= handlers['lock.close']({});
  };
  const { draft } = open;
  await handlers['import.apply']({ keyId: made.keyId, draft, planHash: planOf(open).hash });
  expect(await close).toMatchObject({ ok: true });
  expect(await readView(made.ports)).toMatchObject({ failure: { code: 'locked' } });
  // What was read for the dialog held a key's text.
  expect(await handlers['import.plan']({ keyId: made.keyId, draft })).toMatchObject({
    value: { kind: 'failed' },
  });
  must(await openLock(made.ports, PASSPHRASE));
  expect(await cardOf(made.ports, made.keyId)).toMatchObject({ kind: 'proved' });
  expect(must(await readHistory(made.ports))).toMatchObject([{ phase: 'done' }]);
});

test('unlocking looks what became of an import that the last life left open, and proves it', async () => {
  const made = await scene();
  must(await setLock(made.ports, { passphrase: PASSPHRASE }, 1000));
  const stop = stoppingHttp(({ method, url }) => method === 'PUT' && url.includes('/v0/'), 'after');
  void importNow(nextLife(made, { http: stop.http }), made.keyId);
  await stop.reached;
  await made.proxy.settled();
  made.device.session.clear();
  const ports = nextLife(made);
  const { handlers, start } = createHandlers(ports);
  await start();
  expect(await readHistory(ports)).toMatchObject({ failure: { code: 'locked' } });
  expect(await handlers['lock.open']({ passphrase: 'something else' })).toEqual({
    ok: false,
    failure: { code: 'wrong-passphrase' },
  });
  must(await handlers['lock.open']({ passphrase: PASSPHRASE }));
  await start();
  expect(await cardOf(ports, made.keyId)).toMatchObject({ kind: 'proved', served: 3 });
  // A second page that unlocks as well does not judge anew what may be under way.
  const asked = made.proxy.requests.length;
  expect(await handlers['lock.open']({ passphrase: PASSPHRASE })).toEqual({ ok: true, value: false });
  await start();
  expect(made.proxy.requests).toHaveLength(asked);
});

test('a key of a batch that is under way stops the batch from its card', async () => {
  const made = await scene();
  const { handlers } = createHandlers(made.ports);
  const batchId = 'b1';
  const { hash } = must(await handlers['batch.open']({ batchId, keyIds: [made.keyId] }));
  made.proxy.faults.onRequest = async (method, path) => {
    if (method === 'GET' && path.endsWith('/config')) await handlers['work.stop']({ workId: made.keyId });
  };
  const options = BATCH_DEFAULTS;
  expect(await handlers['batch.apply']({ batchId, options, hash })).toMatchObject({
    value: { kind: 'failed', failure: { code: 'cancelled' } },
  });
  expect(made.proxy.lists['openai-compatibility']).toHaveLength(2);
});

test('a reset ends what is under way first, so that nothing is written back after it', async () => {
  const made = await scene();
  const { handlers } = createHandlers(made.ports);
  const open = must(await handlers['import.open']({ keyId: made.keyId }));
  let reset: Promise<unknown> | undefined;
  made.proxy.faults.onRequest = async (method) => {
    if (method === 'PUT') reset ??= handlers['storage.reset']({});
  };
  await handlers['import.apply']({ keyId: made.keyId, draft: open.draft, planHash: planOf(open).hash });
  await reset;
  expect(must(await made.ports.saved.read())).toMatchObject({ keys: [], cards: {} });
  expect(must(await made.ports.journal.read()).records).toEqual([]);
});
