import { ITERATIONS } from '../core/passphrase';
import { fail, ok, type Result } from '../core/result';
import type { LockHead } from '../storage/lock-envelope';
import type { Form, Part } from '../storage/locked-slot';
import type { World } from './world';

type Needs = Pick<World, 'kept' | 'journal' | 'passing' | 'lock' | 'locks' | 'sealing' | 'pulse'>;

/**
 * Sets the lock, or another passphrase for it (`current` opens the one that is there). A new lock has a random key, which
 * the passphrase seals; the head with it stands before what is kept. So changing the passphrase is one write, and the
 * journal is never sealed on a device where nothing can open it: it goes after `kept`, and before it when the lock goes.
 */
export function setLock(
  world: Needs,
  { passphrase, current = '' }: { passphrase: string; current?: string | undefined },
  iterations = ITERATIONS,
): Promise<Result<true>> {
  return alone(world, async () => {
    const kept = await world.kept.read();
    if (!kept.ok) return kept;
    const before = await world.lock.head();
    const key = before ? await keyBehind(world, before, current) : world.sealing.newKey();
    if (key === undefined) return fail({ code: 'wrong-passphrase' });
    const salt = world.sealing.salt();
    const own = await world.sealing.derive(passphrase, salt, iterations);
    const head: LockHead = { salt, iterations, key: await world.sealing.seal(own, key) };
    if (!before) await world.lock.keep(key);
    const sealed = await turn(world, 'kept', { key, head });
    if (!sealed.ok || before) return sealed;
    const rest = await turn(world, 'journal', { key });
    // Half a lock is none: what could not be sealed must not be thought to be.
    if (!rest.ok) await turn(world, 'kept', null);
    return rest;
  });
}

/** Takes the lock off; wants the passphrase, although it is open. */
export function removeLock(world: Needs, passphrase: string): Promise<Result<true>> {
  return alone(world, async () => {
    const head = await world.lock.head();
    if (!head) return ok(true);
    if ((await keyBehind(world, head, passphrase)) === undefined) return fail({ code: 'wrong-passphrase' });
    for (const part of ['passing', 'journal', 'kept'] as const) {
      const plain = await turn(world, part, null);
      if (!plain.ok) return plain;
    }
    await world.lock.keep(undefined);
    return ok(true);
  });
}

/** Opens the lock until the browser closes. False: it was open already. */
export function openLock(world: Needs, passphrase: string): Promise<Result<boolean>> {
  return alone(world, async () => {
    const locked = await world.kept.read();
    if (locked.ok) return ok(false);
    const head = await world.lock.head();
    if (!head) return fail({ code: 'storage-unreadable' });
    const key = await keyBehind(world, head, passphrase);
    if (key === undefined) return fail({ code: 'wrong-passphrase' });
    await world.lock.keep(key);
    const kept = await world.kept.read();
    return kept.ok ? ok(true) : kept;
  });
}

/** Locks now: the key is forgotten, and so is all that was read. What passes with the session is sealed before. */
export function closeLock(world: Needs): Promise<Result<true>> {
  return alone(world, async () => {
    const kept = await world.kept.read();
    const key = await world.lock.key();
    if (!kept.ok || !world.lock.isSealed('kept') || key === undefined) return ok(true);
    const sealed = await turn(world, 'passing', { key });
    if (!sealed.ok) return sealed;
    await world.lock.keep(undefined);
    await Promise.all([world.kept.forget(), world.journal.forget(), world.passing.forget()]);
    return ok(true);
  });
}

/** Brings to its end what a stopped worker left half-way: as `kept` is, sealed or plain, so is the journal. */
export async function finishLock(world: Needs): Promise<void> {
  await alone(world, async () => {
    const kept = await world.kept.read();
    const key = await world.lock.key();
    if (!kept.ok) return ok(false);
    const form = world.lock.isSealed('kept') && key !== undefined ? { key } : null;
    const journal = await align(world, 'journal', form);
    return ok((await align(world, 'passing', null)) || journal);
  });
}

async function align(world: Needs, part: 'journal' | 'passing', form: Form): Promise<boolean> {
  const read = await world[part].read();
  const differs = read.ok && world.lock.isSealed(part) !== (form !== null);
  if (differs) await turn(world, part, form);
  return differs;
}

/**
 * Erases everything, lock or not: the way out for a forgotten passphrase, and for what cannot be read. What is kept goes
 * last, so that a stop in between leaves a lock that says so.
 */
export async function resetStorage(world: Needs): Promise<Result<true>> {
  return alone(world, async () => {
    for (const part of ['journal', 'passing', 'kept'] as const) {
      world.lock.turn(part, null);
      await world[part].reset();
    }
    await world.lock.keep(undefined);
    return ok(true);
  });
}

/** One at a time: two locks that are set at once must not seal with two keys. Pages hear of what was changed. */
async function alone<T>(world: Needs, work: () => Promise<Result<T>>): Promise<Result<T>> {
  const held = await world.locks.hold('storage lock', new AbortController().signal, work);
  // Nobody gives up waiting, so it was held.
  const { value } = held!;
  if (value.ok && value.value) await world.pulse.changed();
  return value;
}

const keyBehind = async (world: Needs, head: LockHead, passphrase: string): Promise<string | undefined> =>
  world.sealing.open(await world.sealing.derive(passphrase, head.salt, head.iterations), head.key);

/** Writes a document as it is, in another form. */
async function turn(world: Needs, part: Part, form: Form): Promise<Result<true>> {
  const written = await world[part].change(() => world.lock.turn(part, form));
  return written.ok ? ok(true) : written;
}
