import { beforeEach, describe, expect, test } from 'vitest';
import type { Result } from '../../../src/core/failures/result';
import { sealing } from '../../../src/platform/sealing';
import { emptyJournal, emptySaved, emptySession } from '../../../src/storage/empty';
import { lockedSlot } from '../../../src/storage/locked-slot';
import { JOURNAL, SAVED, SESSION } from '../../../src/storage/documents';
import { storedDocument, type Slot } from '../../../src/storage/stored-document';
import { exportBackup } from '../../../src/workflows/backup/export-backup';
import { finishLock } from '../../../src/workflows/backup/finish-lock';
import { addKey } from '../../../src/workflows/accounts/keep-keys';
import { closeLock, openLock, removeLock, resetStorage, setLock } from '../../../src/workflows/backup/lock';
import { readHistory } from '../../../src/workflows/view/read-history';
import { readView } from '../../../src/workflows/view/read-view';
import { recover } from '../../../src/workflows/undo/recover';
import type { Ports } from '../../../src/workflows/ports';
import {
  apply,
  importNow,
  must,
  nextLife,
  opened,
  openImport,
  planOf,
  RELAY_KEY,
  scene,
  served,
  stoppingHttp,
} from '../scene';
import { newDevice, testPorts, type Device } from '../test-ports';

/** Quick for tests; how many there are is in the head. */
const ROUNDS = 1000;
const OLD = 'correct horse';
const NEW = 'battery staple';
const KEY = 'sk-lock-secret-000000000001';
const SESSION_SECRET = 'session-secret';
const JOURNAL_SECRET = 'journal-secret';

const set = (ports: Ports, passphrase = OLD, current?: string) =>
  setLock(ports, { passphrase, current }, ROUNDS);

/** A device with something in each document. */
async function filled(): Promise<Device> {
  const device = newDevice();
  const ports = testPorts(device);
  must(await addKey(ports, { relayName: 'Relay', baseUrl: 'https://r1.example', key: KEY }));
  must(await ports.journal.change((journal) => void (journal.secrets['print'] = JOURNAL_SECRET)));
  must(await ports.session.change((session) => void (session.secrets['print'] = SESSION_SECRET)));
  return device;
}

const texts = (device: Device): string => [...device.local.values()].join('\n');
const session = (device: Device): string => device.session.get('keyferry') ?? '';

async function expectAll(ports: Ports): Promise<void> {
  expect(must(await ports.saved.read()).keys).toMatchObject([{ text: KEY }]);
  expect(must(await ports.journal.read()).secrets).toEqual({ print: JOURNAL_SECRET });
}

const expectLocked = async (ports: Ports): Promise<void> => {
  for (const read of [ports.saved.read(), ports.journal.read(), readView(ports), readHistory(ports)])
    expect(await read).toEqual({ ok: false, failure: { code: 'locked' } });
};

let device: Device;
beforeEach(async () => {
  device = await filled();
});

describe('a lock', () => {
  test('leaves no secret readable on the device, and everything usable until the browser closes', async () => {
    const ports = testPorts(device);
    expect(texts(device)).toContain(KEY);
    must(await set(ports));
    for (const secret of [KEY, JOURNAL_SECRET, OLD, 'Relay']) expect(texts(device)).not.toContain(secret);
    await expectAll(ports);
    expect(must(await readView(ports))).toMatchObject({ lock: true });
    // What is written from now on is sealed too, also by the next life of the worker.
    const next = testPorts(device);
    must(await addKey(next, { relayName: 'Second', baseUrl: 'https://r2.example', key: `${KEY}2` }));
    must(await next.journal.change((journal) => void (journal.secrets['two'] = 'another-secret')));
    for (const secret of ['Second', 'another-secret']) expect(texts(device)).not.toContain(secret);
    expect(must(await readView(testPorts(device))).keys).toHaveLength(2);
  });

  test('is there from the first moment, when nothing was ever written', async () => {
    const fresh = newDevice();
    const ports = testPorts(fresh);
    must(await set(ports));
    must(await ports.journal.change((journal) => void (journal.secrets['print'] = JOURNAL_SECRET)));
    expect(texts(fresh)).not.toContain(JOURNAL_SECRET);
    fresh.session.clear();
    await expectLocked(testPorts(fresh));
  });

  test('is shut when the browser has closed, and opens with the passphrase only', async () => {
    must(await set(testPorts(device)));
    device.session.clear();
    const ports = testPorts(device);
    await expectLocked(ports);
    expect(await openLock(ports, NEW)).toEqual({ ok: false, failure: { code: 'wrong-passphrase' } });
    expect(await openLock(ports, '')).toMatchObject({ failure: { code: 'wrong-passphrase' } });
    await expectLocked(ports);
    expect(await openLock(ports, OLD)).toEqual({ ok: true, value: true });
    await expectAll(ports);
    expect(await openLock(ports, OLD)).toEqual({ ok: true, value: false });
    await expectAll(testPorts(device));
  });

  test('locks at once: what was read before is forgotten, and what passes with the session is sealed', async () => {
    const ports = testPorts(device);
    must(await set(ports));
    await expectAll(ports);
    must(await closeLock(ports));
    await expectLocked(ports);
    await expectLocked(testPorts(device));
    expect([...device.session.values()].join()).not.toContain(SESSION_SECRET);
    expect(await ports.session.read()).toMatchObject({ failure: { code: 'locked' } });
    must(await openLock(ports, OLD));
    await expectAll(ports);
    expect(must(await ports.session.read()).secrets).toEqual({ print: SESSION_SECRET });
  });

  test('that is not set is not locked', async () => {
    const ports = testPorts(device);
    const before = texts(device) + session(device);
    must(await closeLock(ports));
    await expectAll(ports);
    expect(texts(device) + session(device)).toBe(before);
    expect(must(await readView(ports))).toMatchObject({ lock: false });
    expect(await removeLock(ports, OLD)).toMatchObject({ failure: { code: 'wrong-passphrase' } });
  });

  test('gets another passphrase only with the one in force', async () => {
    const ports = testPorts(device);
    must(await set(ports));
    const before = texts(device);
    for (const current of [undefined, '', NEW])
      expect(await set(ports, NEW, current)).toEqual({ ok: false, failure: { code: 'wrong-passphrase' } });
    expect(texts(device)).toBe(before);
    must(await set(ports, NEW, OLD));
    await expectAll(ports);
    device.session.clear();
    const next = testPorts(device);
    expect(await openLock(next, OLD)).toMatchObject({ failure: { code: 'wrong-passphrase' } });
    must(await openLock(next, NEW));
    await expectAll(next);
  });

  test('is taken off only with the passphrase, although it is open', async () => {
    const ports = testPorts(device);
    must(await set(ports));
    expect(await removeLock(ports, NEW)).toEqual({ ok: false, failure: { code: 'wrong-passphrase' } });
    expect(texts(device)).not.toContain(KEY);
    must(await removeLock(ports, OLD));
    expect(texts(device)).toContain(KEY);
    expect(session(device)).toContain(SESSION_SECRET);
    device.session.clear();
    await expectAll(testPorts(device));
    expect(must(await readView(testPorts(device)))).toMatchObject({ lock: false });
  });

  test('can be taken off by the next life of the worker, which has read nothing yet', async () => {
    must(await set(testPorts(device)));
    must(await removeLock(testPorts(device), OLD));
    await expectAll(testPorts(device));
    expect(texts(device)).toContain(KEY);
  });

  test('that two pages set at the same moment is one: the second wants the passphrase of the first', async () => {
    const ports = testPorts(device);
    const [first, second] = await Promise.all([set(ports, OLD), set(ports, NEW)]);
    expect([first.ok, second]).toEqual([true, { ok: false, failure: { code: 'wrong-passphrase' } }]);
    device.session.clear();
    const next = testPorts(device);
    must(await openLock(next, OLD));
    await expectAll(next);
  });

  test('that does not fit into the storage is none', async () => {
    const ports = testPorts(device);
    const before = texts(device);
    const { set: write } = device.local;
    device.local.set = (name, text) => {
      if (name === 'journal' && text.includes('keyferry-lock')) throw new Error('QUOTA_BYTES quota exceeded');
      return write.call(device.local, name, text);
    };
    expect(await set(ports)).toEqual({ ok: false, failure: { code: 'storage-full' } });
    expect(must(await readView(ports))).toMatchObject({ lock: false });
    expect(texts(device)).toBe(before);
  });

  test('whose passphrase is forgotten gives way to Reset, and to nothing else', async () => {
    must(await set(testPorts(device)));
    device.session.clear();
    const ports = testPorts(device);
    const before = texts(device);
    expect(
      await addKey(ports, { relayName: '', baseUrl: 'https://r3.example', key: 'sk-0123456789' }),
    ).toMatchObject({
      failure: { code: 'locked' },
    });
    expect(await set(ports, NEW)).toMatchObject({ failure: { code: 'locked' } });
    expect(await removeLock(ports, OLD)).toMatchObject({ failure: { code: 'locked' } });
    expect(await exportBackup(ports, undefined)).toMatchObject({ failure: { code: 'locked' } });
    expect(texts(device)).toBe(before);
    must(await resetStorage(ports));
    expect(must(await readView(ports))).toMatchObject({ lock: false, keys: [] });
    expect(must(await readView(testPorts(device)))).toMatchObject({ lock: false, keys: [] });
    expect(must(await readHistory(testPorts(device)))).toEqual([]);
  });

  test('is gone with a Reset also while it is open', async () => {
    const ports = testPorts(device);
    must(await set(ports));
    must(await resetStorage(ports));
    must(await addKey(ports, { relayName: '', baseUrl: 'https://r3.example', key: 'sk-0123456789' }));
    device.session.clear();
    expect(must(await readView(testPorts(device)))).toMatchObject({
      lock: false,
      keys: [{ host: 'r3.example' }],
    });
  });

  test('takes as many rounds as it was set with, and 600,000 if nothing else is said', async () => {
    const ports = testPorts(device);
    must(await setLock(ports, { passphrase: OLD }));
    expect(device.local.get('keyferry')).toContain('"iterations":600000');
    device.session.clear();
    must(await openLock(testPorts(device), OLD));
  });
});

/** A world over a device whose storage takes so many writes; with the next one the worker is stopped, for ever. */
function stoppedAfter(writes: number, over: Device): { ports: Ports; stopped: Promise<'stopped'> } {
  let left = writes;
  let stop: (value: 'stopped') => void = () => undefined;
  const stopped = new Promise<'stopped'>((resolve) => (stop = resolve));
  const slot = (map: Map<string, string>, name: string): Slot => ({
    get: async () => map.get(name),
    async set(text) {
      if (left-- > 0) return void map.set(name, text);
      stop('stopped');
      await new Promise<never>(() => undefined);
    },
  });
  const key = slot(over.session, 'lock');
  const lock = {
    saved: lockedSlot(slot(over.local, 'keyferry'), key, sealing),
    journal: lockedSlot(slot(over.local, 'journal'), key, sealing),
    session: lockedSlot(slot(over.session, 'keyferry'), key, sealing),
    keySlot: key,
  };
  const ports = testPorts(over, {
    lock,
    everywhere: {
      saved: storedDocument(lock.saved, SAVED, emptySaved),
      session: storedDocument(lock.session, SESSION, emptySession),
    },
    journal: storedDocument(lock.journal, JOURNAL, () => emptyJournal('salt')),
  });
  return { ports, stopped };
}

/** Everything as it is stored now, for a life of its own. */
const copyOf = (over: Device): Device => ({
  local: new Map(over.local),
  session: new Map(over.session),
  denied: new Set(over.denied),
});

/** After a stop: all can be read in the next life; and after the browser has closed, if need be with a passphrase. */
async function expectNothingLost(over: Device, passphrases: readonly string[]): Promise<void> {
  const sameSession = testPorts(copyOf(over));
  const lockedNow = !(await sameSession.saved.read()).ok;
  if (lockedNow) expect(await opensWith(sameSession, passphrases)).toBe(true);
  await expectAll(sameSession);
  expect(must(await sameSession.session.read()).secrets).toEqual({ print: SESSION_SECRET });
  await expectFinished(sameSession);
  const closed = copyOf(over);
  closed.session.clear();
  const later = testPorts(closed);
  if (!(await later.saved.read()).ok) expect(await opensWith(later, passphrases)).toBe(true);
  await expectAll(later);
  await expectFinished(later);
}

async function opensWith(ports: Ports, passphrases: readonly string[]): Promise<boolean> {
  for (const passphrase of passphrases) if ((await openLock(ports, passphrase)).ok) return true;
  return false;
}

/** What the start of the worker does with a half-way state: nothing stays readable behind a lock. */
async function expectFinished(ports: Ports): Promise<void> {
  await finishLock(ports);
  await expectAll(ports);
  const isSealed = (part: 'saved' | 'journal' | 'session'): boolean => ports.lock[part].form() !== null;
  expect([isSealed('journal'), isSealed('session')]).toEqual([isSealed('saved'), isSealed('saved')]);
}

const ORDERS: [string, (ports: Ports) => Promise<Result<unknown>>, boolean, string[]][] = [
  ['setting a lock', (ports) => set(ports), false, [OLD]],
  ['changing the passphrase', (ports) => set(ports, NEW, OLD), true, [OLD, NEW]],
  ['taking the lock off', (ports) => removeLock(ports, OLD), true, [OLD]],
  ['locking now', (ports) => closeLock(ports), true, [OLD]],
  ['opening', (ports) => openLock(ports, OLD), true, [OLD]],
];

describe.each(ORDERS)('a worker that is stopped while %s', (name, order, lockedBefore, passphrases) => {
  test('loses nothing, at whichever write', async () => {
    let stops = 0;
    for (let writes = 0; ; writes++) {
      const over = await filled();
      if (lockedBefore) must(await set(testPorts(over)));
      if (name === 'opening') must(await closeLock(testPorts(over)));
      const { ports, stopped } = stoppedAfter(writes, over);
      const end = await Promise.race([order(ports), stopped]);
      await expectNothingLost(over, passphrases);
      if (end !== 'stopped') break;
      stops++;
    }
    expect(stops).toBeGreaterThan(0);
  });
});

test('a worker that is stopped while it resets leaves everything, or nothing that hides', async () => {
  for (let writes = 0; ; writes++) {
    const over = await filled();
    must(await set(testPorts(over)));
    over.session.clear();
    const { ports, stopped } = stoppedAfter(writes, over);
    const end = await Promise.race([resetStorage(ports), stopped]);
    const next = testPorts(over);
    // Still locked, so that Reset is offered again; or empty altogether.
    if (end === 'stopped' && !(await next.saved.read()).ok) continue;
    expect(must(await readView(next))).toMatchObject({ lock: false, keys: [] });
    expect(must(await readHistory(next))).toEqual([]);
    if (end !== 'stopped') return;
  }
});

describe('while it is locked', () => {
  test('no import begins, and nothing is asked of anybody', async () => {
    const made = await scene();
    must(await set(made.ports));
    const open = await opened(made.ports, made.keyId);
    must(await closeLock(made.ports));
    const [before, asked] = [made.proxy.requests.length, made.relay.requests.length];
    expect(await openImport(made.ports, new Map(), made.keyId)).toMatchObject({
      failure: { code: 'locked' },
    });
    expect(await apply(made.ports, made.keyId, open.draft, planOf(open).hash)).toMatchObject({
      kind: 'failed',
      failure: { code: 'locked' },
    });
    expect(await recover(made.ports)).toEqual([]);
    expect([made.proxy.requests.length, made.relay.requests.length]).toEqual([before, asked]);
    must(await openLock(made.ports, OLD));
    expect(await importNow(made.ports, made.keyId)).toEqual(served(3));
  });

  test('an import that was cut off waits, and is found again after unlocking', async () => {
    const made = await scene();
    must(await set(made.ports));
    const stop = stoppingHttp(({ method, url }) => method === 'PUT' && url.includes('/v0/'), 'after');
    void importNow(nextLife(made, { http: stop.http }), made.keyId);
    await stop.reached;
    await made.proxy.settled();
    made.device.session.clear();
    const ports = nextLife(made);
    const asked = made.proxy.requests.length;
    expect(await recover(ports)).toEqual([]);
    expect(made.proxy.requests.length).toBe(asked);
    must(await openLock(ports, OLD));
    await finishLock(ports);
    expect(await recover(ports)).toMatchObject([{ keyId: made.keyId }]);
    expect(must(await readHistory(ports))).toMatchObject([{ phase: 'done' }]);
    expect(texts(made.device)).not.toContain(RELAY_KEY.slice(3));
  });
});
