import { ok, type Result } from '../../core/result';
import type { Form, Part } from '../../storage/locked-slot';
import type { Ports } from '../ports';

export type LockPorts = Pick<Ports, 'saved' | 'journal' | 'session' | 'lock' | 'locks'>;

/** Brings to its end what a stopped worker left half-way. */
export async function finishLock(ports: LockPorts): Promise<void> {
  await ports.locks.hold(LOCK, never(), async () => {
    const saved = await ports.saved.read();
    const form = ports.lock.saved.form();
    if (saved.ok) await follow(ports, form && { key: form.key });
  });
}

export const LOCK = 'storage lock';
/** Nobody gives up waiting. */
export const never = (): AbortSignal => new AbortController().signal;

export const FOLLOWERS = ['session', 'journal'] as const;
/** As `kept` is, sealed or plain, so are the other documents. What passes holds keys too, and outlives Lock now. */
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

/** Writes a document as it is, in another form. */
export const turn = (ports: LockPorts, part: Part, form: Form): Promise<Result<void>> =>
  ports[part].change(() => ports.lock[part].turn(form));
