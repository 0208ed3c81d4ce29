import { z } from 'zod/mini';
import type { Failure } from './failure';
import { mapOf } from './map-of';
import type { Settings } from './settings';

export const BACKUP_FORMAT = 'keyferry-backup';
export const BACKUP_VERSION = 1;

const labelSchema = z.object({ name: z.string(), note: z.string() });

/** An account in a backup. Without `accessToken` it came without secrets, and needs its token again. */
export const backupAccountSchema = z.object({
  name: z.string(),
  siteUrl: z.string(),
  userId: z.string(),
  accessToken: z.optional(z.string()),
  /** The user's own names and notes, by the number that the relay gives a key. */
  labels: z.optional(mapOf(labelSchema)),
});
export type BackupAccount = z.infer<typeof backupAccountSchema>;

/** A key that was entered by hand. Without `key` only its mask is known. */
export const backupKeySchema = z.object({
  relayName: z.string(),
  baseUrl: z.string(),
  mask: z.string(),
  key: z.optional(z.string()),
  label: z.optional(labelSchema),
});
export type BackupKey = z.infer<typeof backupKeySchema>;

/**
 * What of KeyFerry goes into a file: never the connection, the journal, the cards, or what lives for a session. The file
 * is `{ format, version, at, secrets: 'none', …BackupData }`, or `{ …, secrets: 'sealed', salt, iterations, sealed }`,
 * where `sealed` is the JSON text of the data, sealed with what the passphrase derives.
 */
export interface BackupData {
  settings: Settings;
  accounts: BackupAccount[];
  keys: BackupKey[];
}

/** What becomes of one account or key of a backup. */
export type BackupOutcome =
  | { kind: 'new'; id: string }
  /** Nothing is written over it. */
  | { kind: 'here' }
  | { kind: 'unusable'; failure: Failure };

export interface BackupOutcomes {
  accounts: BackupOutcome[];
  keys: BackupOutcome[];
}
