import { ok, type Result } from '../../core/result';
import type { Form, Part } from '../../storage/locked-slot';
import type { World } from '../ports';

export type LockWorld = Pick<World, 'kept' | 'journal' | 'passing' | 'lock' | 'locks'>;

/** Brings to its end what a stopped worker left half-way. */
export async function finishLock(world: LockWorld): Promise<void> {
  await world.locks.hold(LOCK, never(), async () => {
    const kept = await world.kept.read();
    const form = world.lock.kept.form();
    if (kept.ok) await follow(world, form && { key: form.key });
  });
}

export const LOCK = 'storage lock';
/** Nobody gives up waiting. */
export const never = (): AbortSignal => new AbortController().signal;

export const FOLLOWERS = ['passing', 'journal'] as const;
/** As `kept` is, sealed or plain, so are the other documents. What passes holds keys too, and outlives Lock now. */
export async function follow(world: LockWorld, form: Form): Promise<Result<unknown>> {
  for (const part of FOLLOWERS) {
    const read = await world[part].read();
    if (!read.ok) return read;
    if (Boolean(world.lock[part].form()) === Boolean(form)) continue;
    const written = await turn(world, part, form);
    if (!written.ok) return written;
  }
  return ok(true);
}

/** Writes a document as it is, in another form. */
export const turn = (world: LockWorld, part: Part, form: Form): Promise<Result<void>> =>
  world[part].change(() => world.lock[part].turn(form));
