import { ITERATIONS } from '../../core/backup/passphrase';
import { fail, ok, type Result } from '../../core/failures/result';
import { follow, FOLLOWERS, LOCK, never, turn, type LockPorts } from './finish-lock';
import type { Ports } from '../ports';

type Needs = LockPorts & Pick<Ports, 'sealing' | 'pages'>;

/**
 * Sets the lock or changes its passphrase (`current` opens the present one). A new lock has a random key, sealed with the
 * passphrase in the head of `saved`. So a change of passphrase is one write, and no other document is ever sealed where
 * nothing can open it: the others are sealed after `saved`, and made plain before it.
 */
export function setLock(
  ports: Needs,
  { passphrase, current = '' }: { passphrase: string; current?: string | undefined },
  iterations = ITERATIONS,
): Promise<Result<unknown>> {
  return alone(ports, async () => {
    const saved = await ports.saved.read();
    if (!saved.ok) return saved;
    const before = ports.lock.saved.form();
    const opened = before ? await keyBehind(ports, current) : ok(ports.sealing.newKey());
    if (!opened.ok) return opened;
    const key = opened.value;
    const salt = ports.sealing.salt();
    const own = await ports.sealing.derive(passphrase, salt, iterations);
    const head = { salt, iterations, key: await ports.sealing.seal(own, key) };
    await ports.lock.keySlot.set(key);
    const sealed = await turn(ports, 'saved', { key, head });
    if (!sealed.ok) return sealed;
    const rest = await follow(ports, { key });
    // A half-set lock is removed: nobody must believe that a plain document is sealed.
    if (!rest.ok && !before) await takeOff(ports);
    return rest;
  });
}

/** Removes the lock. The passphrase is required even while the lock is open. */
export function removeLock(ports: Needs, passphrase: string): Promise<Result<unknown>> {
  return alone(ports, async () => {
    const saved = await ports.saved.read();
    const key = saved.ok ? await keyBehind(ports, passphrase) : saved;
    return key.ok ? takeOff(ports) : key;
  });
}

async function takeOff(ports: Needs): Promise<Result<unknown>> {
  const rest = await follow(ports, null);
  return rest.ok ? turn(ports, 'saved', null) : rest;
}

/** Opens the lock until the browser closes. False: it was open already. */
export function openLock(ports: Needs, passphrase: string): Promise<Result<boolean>> {
  return alone(ports, async () => {
    if ((await ports.saved.read()).ok) return ok(false);
    const key = await keyBehind(ports, passphrase);
    if (!key.ok) return key;
    await ports.lock.keySlot.set(key.value);
    const saved = await ports.saved.read();
    return saved.ok ? ok(true) : saved;
  });
}

/** Locks now: the key and everything that was read are forgotten. */
export function closeLock(ports: Needs): Promise<Result<unknown>> {
  return alone<unknown>(ports, async () => {
    const saved = await ports.saved.read();
    if (!saved.ok || !ports.lock.saved.form()) return ok(false);
    await ports.lock.keySlot.set('');
    return ok(await Promise.all(PARTS.map((part) => ports[part].forget())));
  });
}

/**
 * Erases everything, locked or not: the way out for a forgotten passphrase or an unreadable document. `saved` goes last,
 * so that after a stop in between the lock is still known.
 */
export function resetStorage(ports: Needs): Promise<Result<unknown>> {
  return alone(ports, async () => {
    for (const part of PARTS) {
      ports.lock[part].turn(null);
      await ports[part].reset();
    }
    return ok(await ports.lock.keySlot.set(''));
  });
}

const PARTS = [...FOLLOWERS, 'saved'] as const;

/** The lock's key, if the passphrase opens it. Call it after `saved` was read. */
async function keyBehind(ports: Needs, passphrase: string): Promise<Result<string>> {
  const head = ports.lock.saved.form()?.head;
  const own = head && (await ports.sealing.derive(passphrase, head.salt, head.iterations));
  const key = own && (await ports.sealing.open(own, head.key));
  return key ? ok(key) : fail({ code: 'wrong-passphrase' });
}

/** One change of the lock at a time, since two at once would seal with two keys. Tells the pages afterwards. */
async function alone<T>(ports: Needs, work: () => Promise<Result<T>>): Promise<Result<T>> {
  const held = await ports.locks.hold(LOCK, never(), work);
  await ports.pages.notify();
  return held ? held.value : fail({ code: 'cancelled' });
}
