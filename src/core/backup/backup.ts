import { z } from 'zod/mini';

export const BACKUP_VERSION = 1;

const login = {
  name: z.string(),
  siteUrl: z.string(),
  userId: z.string(),
  /** Absent: the file is without secrets. */
  accessToken: z.optional(z.string()),
};

const keySchema = z.object({
  id: z.string(),
  relayName: z.string(),
  baseUrl: z.string(),
  /** One of the two: a file without secrets has the mask. */
  text: z.optional(z.string()),
  mask: z.optional(z.string()),
});

/** The content of a backup: never the connection, the journal, the cards, or anything that lives for a session. */
export const backupDataSchema = z.object({
  /** Checked separately: settings of a newer version must not cost the accounts. */
  settings: z.unknown(),
  /** Labels refer to the `id`; an import gives the account another. */
  accounts: z.array(z.object({ id: z.string(), ...login })),
  keys: z.array(keySchema),
  /** Absent in older files. */
  newApis: z.optional(z.array(z.object(login))),
  /** The user's own names and notes, by the id of a key; only with secrets, since a note may hold one. */
  labels: z.optional(z.record(z.string(), z.object({ name: z.string(), note: z.string() }))),
});
export type BackupData = z.infer<typeof backupDataSchema>;

const about = { format: z.literal('keyferry-backup'), version: z.literal(BACKUP_VERSION), at: z.number() };

/**
 * A backup file: the data itself, without secrets; or its JSON text, sealed (AES-GCM) with the key that PBKDF2 derives
 * from a passphrase with this salt and number of iterations.
 */
export const backupFileSchema = z.union([
  z.object({ ...about, secrets: z.literal('none'), data: backupDataSchema }),
  z.object({
    ...about,
    secrets: z.literal('sealed'),
    salt: z.string(),
    // A greater number is not ours, and would block the page for minutes.
    iterations: z.number().check(z.gte(1), z.lte(10_000_000)),
    sealed: z.string(),
  }),
]);
export type BackupFile = z.infer<typeof backupFileSchema>;
