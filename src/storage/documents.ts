import type * as v from 'valibot';
import { journalSchema, type Journal } from './journal-schema';
import type { Migration } from './migrate';
import { journalV1ToV2 } from './migrations/journal-v1-to-v2';
import { savedV1ToV2 } from './migrations/saved-v1-to-v2';
import { savedSchema, sessionSchema, type Saved, type Session } from './schema';

/** How one kind of document is read. */
export interface DocumentKind<T> {
  schema: v.GenericSchema<unknown, T>;
  /** From version n to n + 1. */
  migrations: Readonly<Record<number, Migration>>;
}

export const SAVED: DocumentKind<Saved> = { schema: savedSchema, migrations: { 1: savedV1ToV2 } };
export const JOURNAL: DocumentKind<Journal> = { schema: journalSchema, migrations: { 1: journalV1ToV2 } };
/** Nothing of it changed with version 2. */
export const SESSION: DocumentKind<Session> = { schema: sessionSchema, migrations: { 1: (old) => old } };
