import * as v from 'valibot';
import { parseJson } from '../core/json';
import { STORAGE_VERSION } from './schema';

/** How a passphrase gets at the key: what it derives with salt and rounds opens `key`, and that opens the texts. */
const headSchema = v.object({ salt: v.string(), iterations: v.number(), key: v.string() });
export type LockHead = v.InferOutput<typeof headSchema>;

/** `head` stands before one document only, so that one write changes the passphrase. */
const envelopeSchema = v.object({ head: v.optional(headSchema), sealed: v.string() });

export const LOCK_FORMAT = 'keyferry-lock';
/** As `lockText` begins, so that megabytes of plain text are not parsed to find that they are plain. */
const BEGINNING = `{"format":"${LOCK_FORMAT}"`;

/** The envelope of a sealed text; undefined for a plain one, and for one that is broken or of another version's shape. */
export function parseLock(text: string | undefined): v.InferOutput<typeof envelopeSchema> | undefined {
  if (!text?.startsWith(BEGINNING)) return undefined;
  try {
    return v.parse(envelopeSchema, parseJson(text));
  } catch {
    return undefined;
  }
}

/** Its version is that of what is stored: a raise covers both. */
export const lockText = (sealed: string, head: LockHead | undefined): string =>
  JSON.stringify({ format: LOCK_FORMAT, version: STORAGE_VERSION, head, sealed });
