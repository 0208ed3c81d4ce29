import * as v from 'valibot';
import { parseJson } from '../core/json';
import { fail, ok, type Result } from '../core/failures/result';
import { LOCK_FORMAT } from './lock-envelope';

/** Turns the document of one version into that of the next. Parses its own old shape; throws if it is not that. */
export type Migration = (old: unknown) => unknown;

const envelopeSchema = v.object({
  version: v.number(),
  data: v.optional(v.unknown()),
  format: v.optional(v.string()),
});

/**
 * A stored text as today's document. Fails with `storage-unreadable` (no envelope, a failed step, a failed parse),
 * `storage-future` (a newer version) or `locked` (a sealed text). The caller writes nothing then, so that the user can
 * export what is there.
 */
export function openStored<T>(
  text: string,
  schema: v.GenericSchema<unknown, T>,
  version: number,
  migrations: Readonly<Record<number, Migration>>,
): Result<T> {
  let envelope: v.InferOutput<typeof envelopeSchema>;
  try {
    envelope = v.parse(envelopeSchema, parseJson(text));
  } catch {
    return fail({ code: 'storage-unreadable' });
  }
  if (!Number.isInteger(envelope.version) || envelope.version < 1)
    return fail({ code: 'storage-unreadable' });
  if (envelope.version > version) return fail({ code: 'storage-future', version: envelope.version });
  if (envelope.format === LOCK_FORMAT) return fail({ code: 'locked' });
  try {
    let data = envelope.data;
    for (let from = envelope.version; from < version; from++) {
      const step = migrations[from];
      if (!step) throw new Error(`no migration from ${from}`);
      data = step(data);
    }
    return ok(v.parse(schema, data));
  } catch {
    return fail({ code: 'storage-unreadable' });
  }
}

export const sealStored = (data: unknown, version: number): string => JSON.stringify({ version, data });
