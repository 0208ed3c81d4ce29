import { z } from 'zod/mini';
import { parseJson } from '../core/json';
import { STORAGE_VERSION } from './schema';

/** How a passphrase gets at the key: what it derives with salt and rounds opens `key`, and that opens the texts. */
const headSchema = z.object({ salt: z.string(), iterations: z.number(), key: z.string() });
export type LockHead = z.infer<typeof headSchema>;

/** `head` stands before one document only, so that one write changes the passphrase. */
const envelopeSchema = z.object({ head: z.optional(headSchema), sealed: z.string() });

export const LOCK_FORMAT = 'keyferry-lock';
/** As `lockText` begins, so that megabytes of plain text are not parsed to find that they are plain. */
const BEGINNING = `{"format":"${LOCK_FORMAT}"`;

/** The envelope of a sealed text; undefined for a plain one, and for one that is broken or of another version's shape. */
export function parseLock(text: string | undefined): z.infer<typeof envelopeSchema> | undefined {
  if (!text?.startsWith(BEGINNING)) return undefined;
  try {
    return z.parse(envelopeSchema, parseJson(text));
  } catch {
    return undefined;
  }
}

/** Its version is that of what is stored: a raise covers both. */
export const lockText = (sealed: string, head: LockHead | undefined): string =>
  JSON.stringify({ format: LOCK_FORMAT, version: STORAGE_VERSION, head, sealed });
