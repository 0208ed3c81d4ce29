import * as v from 'valibot';
import { parseJson } from '../core/json';
import { STORAGE_VERSION } from './schema';

/** How a passphrase opens a lock: with salt and rounds it derives what opens `key`, and `key` opens the texts. */
const headSchema = v.object({ salt: v.string(), iterations: v.number(), key: v.string() });
export type LockHead = v.InferOutput<typeof headSchema>;

/** Only one document carries the `head`, so that one write changes the passphrase. */
const envelopeSchema = v.object({ head: v.optional(headSchema), sealed: v.string() });

export const LOCK_FORMAT = 'keyferry-lock';
/** How `lockText` begins: megabytes of plain text need no parsing to be known as plain. */
const BEGINNING = `{"format":"${LOCK_FORMAT}"`;

/** The envelope of a sealed text; undefined for a plain text, and for an envelope that is broken or of another shape. */
export function parseLock(text: string | undefined): v.InferOutput<typeof envelopeSchema> | undefined {
  if (!text?.startsWith(BEGINNING)) return undefined;
  try {
    return v.parse(envelopeSchema, parseJson(text));
  } catch {
    return undefined;
  }
}

/** The envelope has the version of the stored documents: raising that covers both. */
export const lockText = (sealed: string, head: LockHead | undefined): string =>
  JSON.stringify({ format: LOCK_FORMAT, version: STORAGE_VERSION, head, sealed });
