import type * as v from 'valibot';
import { journalSchema, type Journal } from './journal-schema';
import type { Migration } from './migrate';
import { journalV1ToV2 } from './migrations/journal-v1-to-v2';
import { savedV1ToV2 } from './migrations/saved-v1-to-v2';
import { savedV2ToV3 } from './migrations/saved-v2-to-v3';
import { sessionV2ToV3 } from './migrations/session-v2-to-v3';
import { savedSchema, sessionSchema, type StoredSaved, type StoredSession } from './schema';

/** How one kind of document is read. */
export interface DocumentKind<T> {
  schema: v.GenericSchema<unknown, T>;
  /** From version n to n + 1. */
  migrations: Readonly<Record<number, Migration>>;
}

/** Nothing of it changed with that version. */
const unchanged: Migration = (old) => old;

export const SAVED: DocumentKind<StoredSaved> = {
  schema: savedSchema,
  migrations: { 1: savedV1ToV2, 2: savedV2ToV3 },
};
export const JOURNAL: DocumentKind<Journal> = {
  schema: journalSchema,
  migrations: { 1: journalV1ToV2, 2: unchanged },
};
export const SESSION: DocumentKind<StoredSession> = {
  schema: sessionSchema,
  migrations: { 1: unchanged, 2: sessionV2ToV3 },
};
