import { ok, type Result } from '../../core/failures/result';
import type { Form, Part } from '../../storage/locked-slot';
import type { Ports } from '../ports';

export type LockPorts = Pick<Ports, 'saved' | 'journal' | 'session' | 'lock' | 'locks'>;

/** Finishes setting or removing the lock where the worker was stopped half-way. */
export async function finishLock(ports: LockPorts): Promise<void> {
  await ports.locks.hold(LOCK, never(), async () => {
    const saved = await ports.saved.read();
    const form = ports.lock.saved.form();
    if (saved.ok) await follow(ports, form && { key: form.key });
  });
}

export const LOCK = 'storage lock';
/** A wait that is never given up. */
export const never = (): AbortSignal => new AbortController().signal;

export const FOLLOWERS = ['session', 'journal'] as const;
/** Writes the other documents as `saved` is, sealed or plain. The session holds keys too, and outlives "Lock now". */
export async function follow(ports: LockPorts, form: Form): Promise<Result<unknown>> {
  for (const part of FOLLOWERS) {
    const read = await ports[part].read();
    if (!read.ok) return read;
    if (Boolean(ports.lock[part].form()) === Boolean(form)) continue;
    const written = await turn(ports, part, form);
    if (!written.ok) return written;
  }
  return ok(true);
}

/** Writes a document with the same content in another form. */
export const turn = (ports: LockPorts, part: Part, form: Form): Promise<Result<void>> =>
  ports[part].change(() => ports.lock[part].turn(form));
