import { fetchHttp } from '../../src/platform/fetch-http.ts';
import { sealing } from '../../src/platform/sealing.ts';
import { emptyJournal, emptySaved, emptySession } from '../../src/storage/empty.ts';
import { JOURNAL, SAVED, SESSION } from '../../src/storage/documents.ts';
import { lockedSlot, type StorageLock } from '../../src/storage/locked-slot.ts';
import { storedDocument, type Slot } from '../../src/storage/stored-document.ts';
import type { Ports } from '../../src/workflows/ports.ts';

/** What outlives a worker: the device's storage and the session's. */
export interface Device {
  local: Map<string, string>;
  session: Map<string, string>;
  denied: Set<string>;
}

export const newDevice = (): Device => ({ local: new Map(), session: new Map(), denied: new Set() });

const mapSlot = (map: Map<string, string>, name: string): Slot => ({
  get: async () => map.get(name),
  set: async (text) => void map.set(name, text),
});

/** Ports over real fetch and in-memory storage; a second one over the same device is the worker's next life. */
export function testPorts(device: Device = newDevice(), changes: Partial<Ports> = {}): Ports {
  const queues = new Map<string, Promise<unknown>>();
  let last = 0;
  const session = mapSlot(device.session, 'lock');
  const lock: StorageLock = {
    saved: lockedSlot(mapSlot(device.local, 'keyferry'), session, sealing),
    journal: lockedSlot(mapSlot(device.local, 'journal'), session, sealing),
    session: lockedSlot(mapSlot(device.session, 'keyferry'), session, sealing),
    keySlot: session,
  };
  return {
    http: fetchHttp,
    clock: {
      now: () => Date.now(),
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          if (ms <= 0 || signal?.aborted) return resolve();
          const timer = setTimeout(resolve, ms);
          signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
        }),
    },
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
    alarms: { every: async () => undefined },
    pages: { notify: async () => undefined },
    keepAlive: { set: async () => undefined },
    hash: {
      async sha256(text) {
        const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
        return Buffer.from(digest).toString('hex');
      },
    },
    ids: { next: () => `id-${++last}-${Math.random().toString(36).slice(2, 8)}` },
    sealing,
    lock,
    saved: storedDocument(lock.saved, SAVED, emptySaved),
    journal: storedDocument(lock.journal, JOURNAL, () => emptyJournal('salt')),
    session: storedDocument(lock.session, SESSION, emptySession),
    ...changes,
  };
}
