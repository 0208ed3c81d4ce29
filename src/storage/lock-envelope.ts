import { z } from 'zod/mini';
import { parseJson } from '../core/json';

export const LOCK_FORMAT = 'keyferry-lock';
export const LOCK_VERSION = 1;

/** How a passphrase gets at the key: what it derives with salt and rounds opens `key`, and that opens the texts. */
const headSchema = z.object({ salt: z.string(), iterations: z.number(), key: z.string() });
export type LockHead = z.infer<typeof headSchema>;

const envelopeSchema = z.object({
  version: z.literal(LOCK_VERSION),
  /** Stands before one document only, so that one write changes the passphrase. */
  head: z.optional(headSchema),
  sealed: z.string(),
});
export type LockEnvelope = z.infer<typeof envelopeSchema>;

/** As `lockText` begins, so that megabytes of plain text are not parsed to find that they are plain. */
const BEGINNING = `{"format":"${LOCK_FORMAT}"`;

/** The envelope of a sealed text; undefined for a plain one, and for what a newer version sealed. */
export function parseLock(text: string | undefined): LockEnvelope | undefined {
  if (!text?.startsWith(BEGINNING)) return undefined;
  try {
    return z.parse(envelopeSchema, parseJson(text));
  } catch {
    return undefined;
  }
}

export const lockText = (sealed: string, head: LockHead | undefined): string =>
  JSON.stringify({ format: LOCK_FORMAT, version: LOCK_VERSION, head, sealed });
