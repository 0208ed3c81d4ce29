import { journalSchema, keptSchema, passingSchema } from '../../src/storage/schema';
import { emptyJournal, emptyKept, emptyPassing } from '../../src/storage/empty';
import { lockedSlot, type LockedSlot, type StorageLock } from '../../src/storage/locked-slot';
import { storedDocument, type Slot } from '../../src/storage/stored-document';
import { fetchHttp } from '../../src/platform/fetch-http';
import { sealing } from '../../src/platform/sealing';
import { JOURNAL_SLOT, KEPT_SLOT, LOCK_SLOT, PASSING_SLOT } from '../../src/platform/storage-slots';
import { alarms, clock, hash, hosts, ids, locks, pulse } from '../../src/platform/worker-outside';
import type { World } from '../../src/workflows/world';

const lockable = (slot: Slot): LockedSlot => lockedSlot(slot, LOCK_SLOT, sealing);
const lock: StorageLock = {
  kept: lockable(KEPT_SLOT),
  journal: lockable(JOURNAL_SLOT),
  passing: lockable(PASSING_SLOT),
  session: LOCK_SLOT,
};

/** The real outside. */
export const createWorld = (): World => ({
  http: fetchHttp,
  clock,
  hosts,
  locks,
  pulse,
  alarms,
  hash,
  ids,
  sealing,
  lock,
  kept: storedDocument(lock.kept, keptSchema, emptyKept),
  journal: storedDocument(lock.journal, journalSchema, () => emptyJournal(ids.next())),
  passing: storedDocument(lock.passing, passingSchema, emptyPassing),
});
