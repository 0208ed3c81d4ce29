import { journalSchema, keptSchema, passingSchema } from '../../src/storage/schema';
import { emptyJournal, emptyKept, emptyPassing } from '../../src/storage/empty';
import { storageLock } from '../../src/storage/locked-slot';
import { storedDocument } from '../../src/storage/stored-document';
import { fetchHttp } from '../../src/platform/fetch-http';
import { sealing } from '../../src/platform/sealing';
import { JOURNAL_SLOT, KEPT_SLOT, LOCK_SLOT, PASSING_SLOT } from '../../src/platform/storage-slots';
import { clock, hash, hosts, ids, locks, pulse } from '../../src/platform/worker-outside';
import type { World } from '../../src/workflows/world';

const lock = storageLock(
  { kept: KEPT_SLOT, journal: JOURNAL_SLOT, passing: PASSING_SLOT },
  LOCK_SLOT,
  sealing,
);

/** The real outside. */
export const createWorld = (): World => ({
  http: fetchHttp,
  clock,
  hosts,
  locks,
  pulse,
  hash,
  ids,
  sealing,
  lock,
  kept: storedDocument(lock.slots.kept, keptSchema, emptyKept),
  journal: storedDocument(lock.slots.journal, journalSchema, () => emptyJournal(ids.next())),
  passing: storedDocument(lock.slots.passing, passingSchema, emptyPassing),
});
