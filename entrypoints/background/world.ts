import { journalSchema, keptSchema, passingSchema } from '../../src/storage/schema';
import { emptyJournal, emptyKept, emptyPassing } from '../../src/storage/empty';
import { storedDocument } from '../../src/storage/stored-document';
import { fetchHttp } from '../../src/platform/fetch-http';
import { JOURNAL_SLOT, KEPT_SLOT, PASSING_SLOT } from '../../src/platform/storage-slots';
import { clock, hash, hosts, ids, locks, pulse } from '../../src/platform/worker-outside';
import type { World } from '../../src/workflows/world';

/** The real outside. */
export const createWorld = (): World => ({
  http: fetchHttp,
  clock,
  hosts,
  locks,
  pulse,
  hash,
  ids,
  kept: storedDocument(KEPT_SLOT, keptSchema, emptyKept),
  journal: storedDocument(JOURNAL_SLOT, journalSchema, () => emptyJournal(ids.next())),
  passing: storedDocument(PASSING_SLOT, passingSchema, emptyPassing),
});
