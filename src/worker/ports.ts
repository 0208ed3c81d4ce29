import { JOURNAL, SAVED, SESSION } from '../storage/documents';
import { emptyJournal, emptySaved, emptySession } from '../storage/empty';
import { lockedSlot, type LockedSlot, type StorageLock } from '../storage/locked-slot';
import { storedDocument, type Slot } from '../storage/stored-document';
import { fetchHttp } from '../platform/fetch-http';
import { sealing } from '../platform/sealing';
import { JOURNAL_SLOT, SAVED_SLOT, LOCK_SLOT, SESSION_SLOT } from '../platform/storage-slots';
import { alarms, clock, hash, hosts, ids, keepAlive, locks, pages } from '../platform/worker-outside';
import type { Ports } from '../workflows/ports';
import { portsAt } from '../workflows/ports-at';

const lockable = (slot: Slot): LockedSlot => lockedSlot(slot, LOCK_SLOT, sealing);
const lock: StorageLock = {
  saved: lockable(SAVED_SLOT),
  journal: lockable(JOURNAL_SLOT),
  session: lockable(SESSION_SLOT),
  keySlot: LOCK_SLOT,
};

/** The real ports: browser, network and storage. */
export const createPorts = (): Ports =>
  portsAt({
    http: fetchHttp,
    clock,
    hosts,
    locks,
    pages,
    keepAlive,
    alarms,
    askByV8: async (...about) => (await import('./later-handlers')).askByV8(...about),
    hash,
    ids,
    sealing,
    lock,
    everywhere: {
      saved: storedDocument(lock.saved, SAVED, emptySaved),
      session: storedDocument(lock.session, SESSION, emptySession),
    },
    journal: storedDocument(lock.journal, JOURNAL, () => emptyJournal(ids.next())),
  });
