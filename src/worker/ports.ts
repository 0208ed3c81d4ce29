import { journalSchema, keptSchema, passingSchema } from '../storage/schema';
import { emptyJournal, emptyKept, emptyPassing } from '../storage/empty';
import { lockedSlot, type LockedSlot, type StorageLock } from '../storage/locked-slot';
import { storedDocument, type Slot } from '../storage/stored-document';
import { fetchHttp } from '../platform/fetch-http';
import { sealing } from '../platform/sealing';
import { JOURNAL_SLOT, KEPT_SLOT, LOCK_SLOT, PASSING_SLOT } from '../platform/storage-slots';
import { alarms, clock, hash, hosts, ids, locks, pulse } from '../platform/worker-outside';
import type { World } from '../workflows/ports';

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
