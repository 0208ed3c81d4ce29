import { createHash } from 'node:crypto';
import { afterEach } from 'vitest';
import { fetchHttp } from '../../src/platform/fetch-http.ts';
import { sum } from '../../src/core/sum.ts';
import { sealing } from '../../src/platform/sealing.ts';
import { emptyJournal, emptySaved, emptySession } from '../../src/storage/empty.ts';
import { JOURNAL, SAVED, SESSION } from '../../src/storage/documents.ts';
import { lockedSlot, type StorageLock } from '../../src/storage/locked-slot.ts';
import { storedDocument, type Slot } from '../../src/storage/stored-document.ts';
import type { Sealing } from '../../src/ports/sealing.ts';
import { askByV8 } from '../../src/targets/cliproxyapi/by-v8.ts';
import type { Ports } from '../../src/workflows/ports.ts';
import { portsAt } from '../../src/workflows/ports-at.ts';
import { virtualClock } from '../fakes/virtual-clock.ts';

/** The time of a test: of the workflows and of the stand-ins that they talk to. */
export const clock = virtualClock();
afterEach(() => clock.reset());

/** What outlives a worker: the device's storage and the session's. */
export interface Device {
  local: Map<string, string>;
  session: Map<string, string>;
  denied: Set<string>;
  /** How many characters the device's storage takes in all; absent: any number. */
  room?: number;
}

export const newDevice = (): Device => ({ local: new Map(), session: new Map(), denied: new Set() });

const mapSlot = (map: Map<string, string>, name: string, room = (): number => Infinity): Slot => ({
  get: async () => map.get(name),
  async set(text) {
    const others = [...map].filter(([other]) => other !== name).map(([, { length }]) => length);
    if (sum([text.length, ...others]) > room()) throw new Error('QuotaExceededError');
    map.set(name, text);
  },
});

/** Encryption is the work of other threads. */
const timelessSealing: Sealing = {
  ...sealing,
  derive: (...given) => clock.during(sealing.derive(...given)),
  seal: (...given) => clock.during(sealing.seal(...given)),
  open: (...given) => clock.during(sealing.open(...given)),
};

/** Ports over real fetch and in-memory storage; a second one over the same device is the worker's next life. */
export function testPorts(device: Device = newDevice(), changes: Partial<Ports> = {}): Ports {
  const queues = new Map<string, Promise<unknown>>();
  let last = 0;
  const session = mapSlot(device.session, 'lock');
  const room = (): number => device.room ?? Infinity;
  const lock: StorageLock = {
    saved: lockedSlot(mapSlot(device.local, 'keyferry', room), session, timelessSealing),
    journal: lockedSlot(mapSlot(device.local, 'journal', room), session, timelessSealing),
    session: lockedSlot(mapSlot(device.session, 'keyferry'), session, timelessSealing),
    keySlot: session,
  };
  const { saved, session: kept, ...outside } = changes;
  const ports = portsAt({
    http: clock.http(fetchHttp),
    clock,
    hosts: {
      granted: async (pattern) => !device.denied.has(pattern),
      list: async () => [],
      revoke: async (pattern) => Boolean(device.denied.add(pattern)),
    },
    locks: {
      async hold(name, signal, work) {
        const before = queues.get(name) ?? Promise.resolve();
        let release: () => void = () => undefined;
        const mine = new Promise<void>((resolve) => (release = resolve));
        queues.set(
          name,
          before.then(() => mine),
        );
        const aborted = new Promise<'aborted'>((resolve) => {
          if (signal.aborted) resolve('aborted');
          signal.addEventListener('abort', () => resolve('aborted'), { once: true });
        });
        try {
          if ((await Promise.race([before, aborted])) === 'aborted') return undefined;
          return { value: await work() };
        } finally {
          void before.then(release);
        }
      },
    },
    askByV8,
    alarms: { every: async () => undefined },
    pages: { notify: async () => undefined },
    keepAlive: { set: async () => undefined },
    hash: {
      sha256: async (text) => createHash('sha256').update(text).digest('hex'),
    },
    ids: { next: () => `id-${++last}-${Math.random().toString(36).slice(2, 8)}` },
    sealing: timelessSealing,
    lock,
    everywhere: {
      saved: storedDocument(lock.saved, SAVED, emptySaved),
      session: storedDocument(lock.session, SESSION, emptySession),
    },
    journal: storedDocument(lock.journal, JOURNAL, () => emptyJournal('salt')),
    ...outside,
  });
  return Object.assign(ports, saved && { saved }, kept && { session: kept });
}
