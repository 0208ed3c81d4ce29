import { ITERATIONS } from '../../core/backup/passphrase';
import { fail, ok, type Result } from '../../core/result';
import { follow, FOLLOWERS, LOCK, never, turn, type LockWorld } from './finish-lock';
import type { World } from '../ports';

type Needs = LockWorld & Pick<World, 'sealing' | 'pulse'>;

/**
 * Sets the lock, or another passphrase for it (`current` opens the one that is there). A new lock has a random key, which
 * the passphrase seals; the head with it stands before what is kept. So changing the passphrase is one write, and no
 * other document is ever sealed where nothing can open it: they are sealed after `kept`, and plain before it.
 */
export function setLock(
  world: Needs,
  { passphrase, current = '' }: { passphrase: string; current?: string | undefined },
  iterations = ITERATIONS,
): Promise<Result<unknown>> {
  return alone(world, async () => {
    const kept = await world.kept.read();
    if (!kept.ok) return kept;
    const before = world.lock.kept.form();
    const opened = before ? await keyBehind(world, current) : ok(world.sealing.newKey());
    if (!opened.ok) return opened;
    const key = opened.value;
    const salt = world.sealing.salt();
    const own = await world.sealing.derive(passphrase, salt, iterations);
    const head = { salt, iterations, key: await world.sealing.seal(own, key) };
    await world.lock.session.set(key);
    const sealed = await turn(world, 'kept', { key, head });
    if (!sealed.ok) return sealed;
    const rest = await follow(world, { key });
    // Half a lock is none: what could not be sealed must not be thought to be.
    if (!rest.ok && !before) await takeOff(world);
    return rest;
  });
}

/** Takes the lock off; wants the passphrase, although it is open. */
export function removeLock(world: Needs, passphrase: string): Promise<Result<unknown>> {
  return alone(world, async () => {
    const kept = await world.kept.read();
    const key = kept.ok ? await keyBehind(world, passphrase) : kept;
    return key.ok ? takeOff(world) : key;
  });
}

async function takeOff(world: Needs): Promise<Result<unknown>> {
  const rest = await follow(world, null);
  return rest.ok ? turn(world, 'kept', null) : rest;
}

/** Opens the lock until the browser closes. False: it was open already. */
export function openLock(world: Needs, passphrase: string): Promise<Result<boolean>> {
  return alone(world, async () => {
    if ((await world.kept.read()).ok) return ok(false);
    const key = await keyBehind(world, passphrase);
    if (!key.ok) return key;
    await world.lock.session.set(key.value);
    const kept = await world.kept.read();
    return kept.ok ? ok(true) : kept;
  });
}

/** Locks now: the key is forgotten, and so is all that was read. */
export function closeLock(world: Needs): Promise<Result<unknown>> {
  return alone<unknown>(world, async () => {
    const kept = await world.kept.read();
    if (!kept.ok || !world.lock.kept.form()) return ok(false);
    await world.lock.session.set('');
    return ok(await Promise.all(PARTS.map((part) => world[part].forget())));
  });
}

/**
 * Erases everything, lock or not: the way out for a forgotten passphrase, and for what cannot be read. What is kept goes
 * last, so that a stop in between leaves a lock that says so.
 */
export function resetStorage(world: Needs): Promise<Result<unknown>> {
  return alone(world, async () => {
    for (const part of PARTS) {
      world.lock[part].turn(null);
      await world[part].reset();
    }
    return ok(await world.lock.session.set(''));
  });
}

const PARTS = [...FOLLOWERS, 'kept'] as const;

/** Call it after `kept` was read. */
async function keyBehind(world: Needs, passphrase: string): Promise<Result<string>> {
  const head = world.lock.kept.form()?.head;
  const own = head && (await world.sealing.derive(passphrase, head.salt, head.iterations));
  const key = own && (await world.sealing.open(own, head.key));
  return key ? ok(key) : fail({ code: 'wrong-passphrase' });
}

/** One at a time: two locks that are set at once must not seal with two keys. Pages hear of it afterwards. */
async function alone<T>(world: Needs, work: () => Promise<Result<T>>): Promise<Result<T>> {
  const held = await world.locks.hold(LOCK, never(), work);
  await world.pulse.changed();
  return held!.value;
}
