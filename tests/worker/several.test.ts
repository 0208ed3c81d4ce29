import { describe, expect, onTestFinished, test } from 'vitest';
import { createClient, type Client } from '../../src/contract/client';
import { BATCH_DEFAULTS } from '../../src/core/batch/batch';
import { createHandlers } from '../../src/worker/handlers';
import { openLock, setLock } from '../../src/workflows/backup/lock';
import { addConnection } from '../../src/workflows/connection/add-connection';
import { startCliproxyapi, type FakeCliproxyapi } from '../fakes/cliproxyapi';
import { must, OTHERS, planOf, providers, scene, writes, type Scene } from '../workflows/scene';
import { clock } from '../workflows/test-ports';

interface Two extends Scene {
  ask: Client;
  nas: FakeCliproxyapi;
  nasId: string;
}

/** A worker with two CLIProxyAPIs, asked as pages ask it. */
async function two(): Promise<Two> {
  const made = await scene();
  const nas = await startCliproxyapi({ providers: OTHERS, clock, reloadDelayMs: 2 });
  onTestFinished(() => nas.stop());
  const connection = { name: 'NAS', address: nas.origin, managementKey: nas.managementKey } as const;
  const nasId = must(await addConnection(made.ports, { ...connection, remember: 'device' }));
  const { route } = createHandlers(made.ports);
  return { ...made, nas, nasId, ask: createClient(async (message) => route(message)) };
}

/** One order to both, as the sheet sends it. */
async function importBoth({ ask, nasId, keyId }: Two): Promise<unknown[]> {
  const { draft, planned } = must(await ask('import.open', { keyId }));
  const there = must(await ask('import.plan', { keyId, draft }, nasId));
  const order = { keyId, draft, together: 'both' };
  return Promise.all([
    ask('import.apply', { ...order, planHash: planOf({ planned }).hash }),
    ask('import.apply', { ...order, planHash: planOf({ planned: there }).hash }, nasId),
  ]);
}

const proved = { ok: true, value: { kind: 'proved', card: { served: 3, total: 3 } } };

test('an undo at another CLIProxyAPI is a work of that one: it is forgotten only after that', async () => {
  const made = await two();
  await importBoth(made);
  let arrived = (): void => undefined;
  const reached = new Promise<void>((resolve) => (arrived = resolve));
  made.nas.faults.onRequest = async (method) => {
    if (method === 'GET' || method === 'POST') return;
    arrived();
    await clock.sleep(300);
  };
  const undo = made.ask('import.undo', { importId: 'both' });
  await reached;
  must(await made.ask('connection.forget', {}, made.nasId));
  const there = must(await made.ports.journal.read()).records.flatMap((record) =>
    record.about === 'provider' && record.proxyRoot === made.nas.origin ? [record.phase] : [],
  );
  expect(there).not.toContain('writing');
  await undo;
});

describe('one plan for two CLIProxyAPIs', () => {
  test('is written and proved at each, shown as one line of one key, and taken back by one undo', async () => {
    const made = await two();
    expect(await importBoth(made)).toMatchObject([proved, proved]);
    expect([writes(made.proxy).length, writes(made.nas).length]).toEqual([1, 1]);
    expect(providers(made.nas)).toHaveLength(OTHERS.length + 1);
    const first = must(await made.ask('history', {}));
    expect(first).toMatchObject([{ about: 'batch', each: 1, phase: 'done', undoable: true }]);
    expect((first[0] as { places: string[] }).places).toContain('NAS');
    expect(must(await made.ask('import.undo', { importId: 'both' }))).toEqual({ kind: 'undone' });
    expect([providers(made.proxy), providers(made.nas)]).toEqual([OTHERS, OTHERS]);
    const lines = must(await made.ask('history', {}));
    expect(lines.map(({ about, phase }) => [about, phase])).toEqual([
      ['batch', 'done'],
      ['batch', 'undone'],
    ]);
    expect(lines[0]).toMatchObject({ action: 'undo', each: 1 });
  });

  test('does not wait for one that is down, and says why it is not there', async () => {
    const made = await two();
    await made.nas.stop();
    const { ask, nasId, keyId } = made;
    const { draft, planned } = must(await ask('import.open', { keyId }));
    expect(must(await ask('import.plan', { keyId, draft }, nasId))).toMatchObject({
      kind: 'failed',
      failure: { code: 'unreachable' },
    });
    const planHash = planOf({ planned }).hash;
    expect(await ask('import.apply', { keyId, draft, planHash, together: 'both' })).toMatchObject(proved);
    // With one place only it stays the line of its key.
    expect(must(await ask('history', {}))).toMatchObject([{ about: 'provider', phase: 'done' }]);
    expect(must(await ask('import.undo', { importId: 'both' }))).toEqual({ kind: 'undone' });
  });

  test('writes nothing at one whose list has changed, and tells its new plan', async () => {
    const made = await two();
    const { ask, nasId, keyId } = made;
    const { draft } = must(await ask('import.open', { keyId }));
    const planned = must(await ask('import.plan', { keyId, draft }, nasId));
    const theirs = {
      name: 'theirs',
      'base-url': `${made.relay.origin}/v1`,
      models: [{ name: 'm', alias: 'm' }],
    };
    await made.nas.setLists('openai-compatibility', [theirs]);
    const planHash = planOf({ planned }).hash;
    const outcome = must(await ask('import.apply', { keyId, draft, planHash, together: 'both' }, nasId));
    if (outcome.kind !== 'replan') throw new Error(outcome.kind);
    expect(writes(made.nas)).toEqual([]);
    const again = { keyId, draft, together: 'both', planHash: planOf(outcome).hash };
    expect(await ask('import.apply', again, nasId)).toMatchObject(proved);
  });
});

test('locking waits for what begins at one CLIProxyAPI while it waits for another', async () => {
  const made = await two();
  const { ask, nasId, keyId, ports } = made;
  must(await setLock(ports, { passphrase: 'correct horse' }, 1000));
  const { draft, planned } = must(await ask('import.open', { keyId }));
  const there = must(await ask('import.plan', { keyId, draft }, nasId));
  const ends: Promise<unknown>[] = [];
  let [begin, go] = [(): void => undefined, (): void => undefined];
  const [begun, held] = [
    new Promise<void>((resolve) => (begin = resolve)),
    new Promise<void>((resolve) => (go = resolve)),
  ];
  made.proxy.faults.onRequest = async (method) => {
    if (method !== 'PUT') return;
    begin();
    await held;
  };
  made.nas.faults.onRequest = async (method) => {
    if (method !== 'PUT' || ends.length > 0) return;
    ends.push(ask('lock.close', {}));
    ends.push(ask('import.apply', { keyId, draft, planHash: planOf({ planned }).hash }));
    await begun;
  };
  expect(
    await ask('import.apply', { keyId, draft, planHash: planOf({ planned: there }).hash }, nasId),
  ).toEqual(expect.objectContaining({ ok: true }));
  // The other one has ended by now; this one is in the middle of its write.
  expect((await ports.saved.read()).ok).toBe(true);
  go();
  await Promise.all(ends);
  expect(await ports.saved.read()).toMatchObject({ failure: { code: 'locked' } });
  must(await openLock(ports, 'correct horse'));
  const { records } = must(await ports.journal.read());
  expect(records.map(({ phase }) => phase)).toEqual(['done', 'done']);
});

test('a batch goes to both under one id: one line, keys counted once, one undo', async () => {
  const made = await two();
  const { ask, nasId, keyId } = made;
  const order = { batchId: 'b', keyIds: [keyId] };
  const [own, there] = [must(await ask('batch.open', order)), must(await ask('batch.open', order, nasId))];
  const done = await Promise.all([
    ask('batch.apply', { batchId: 'b', options: BATCH_DEFAULTS, hash: own.hash }),
    ask('batch.apply', { batchId: 'b', options: BATCH_DEFAULTS, hash: there.hash }, nasId),
  ]);
  const whole = { ok: true, value: { kind: 'done', served: 1, total: 1, importId: 'b' } };
  expect(done).toEqual([whole, whole]);
  expect(must(await ask('history', {}))).toMatchObject([{ about: 'batch', each: 1, count: 2, missing: 0 }]);
  expect(must(await ask('import.undo', { importId: 'b' }))).toEqual({ kind: 'undone' });
  expect([providers(made.proxy), providers(made.nas)]).toEqual([OTHERS, OTHERS]);
});
