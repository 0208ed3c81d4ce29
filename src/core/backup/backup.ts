import { z } from 'zod/mini';

export const BACKUP_VERSION = 1;

const accountSchema = z.object({
  /** Labels go by it; on import it is another. */
  id: z.string(),
  name: z.string(),
  siteUrl: z.string(),
  userId: z.string(),
  /** Absent: the file is without secrets. */
  accessToken: z.optional(z.string()),
});

/** Absent in files of before there were any. */
const newApiSchema = z.object({
  name: z.string(),
  siteUrl: z.string(),
  userId: z.string(),
  accessToken: z.optional(z.string()),
});

const keySchema = z.object({
  id: z.string(),
  relayName: z.string(),
  baseUrl: z.string(),
  /** One of both: a file without secrets has the mask. */
  text: z.optional(z.string()),
  mask: z.optional(z.string()),
});

/** What of KeyFerry goes into a file: never the connection, the journal, the cards, or what lives for a session. */
export const backupDataSchema = z.object({
  /** Looked at on reading: those of a newer version must not cost the accounts. */
  settings: z.unknown(),
  accounts: z.array(accountSchema),
  keys: z.array(keySchema),
  newApis: z.optional(z.array(newApiSchema)),
  /** The user's own names and notes, by the id of a key; only with secrets, since a note may hold one. */
  labels: z.optional(z.record(z.string(), z.object({ name: z.string(), note: z.string() }))),
});
export type BackupData = z.infer<typeof backupDataSchema>;

const about = { format: z.literal('keyferry-backup'), version: z.literal(BACKUP_VERSION), at: z.number() };

/**
 * A backup file: the data itself, without secrets; or its JSON text, sealed (AES-GCM) with what PBKDF2 makes of a
 * passphrase with that salt and as many rounds.
 */
export const backupFileSchema = z.union([
  z.object({ ...about, secrets: z.literal('none'), data: backupDataSchema }),
  z.object({
    ...about,
    secrets: z.literal('sealed'),
    salt: z.string(),
    // More than that is not ours, and would hold the page up for minutes.
    iterations: z.number().check(z.gte(1), z.lte(10_000_000)),
    sealed: z.string(),
  }),
]);
export type BackupFile = z.infer<typeof backupFileSchema>;
