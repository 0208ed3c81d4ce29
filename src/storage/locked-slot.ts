import type { Sealing } from '../ports/sealing';
import { lockText, parseLock, type LockHead } from './lock-envelope';
import type { Slot } from './stored-document';

/** The key that a text is sealed with (empty: locked), and the head that stands before it; null: the text is plain. */
export type Form = { key: string; head?: LockHead | undefined } | null;

/**
 * A slot whose text may be sealed. It is written in the form in which it was read, which only `turn` changes; nothing is
 * written while it is locked.
 */
export interface LockedSlot extends Slot {
  /** The form in which it was last read or written. */
  form(): Form;
  /** The next writing has this form, and those after it. */
  turn(form: Form): void;
}

/** The stored documents, by the names that the workflows have for them. */
export type Part = 'saved' | 'journal' | 'session';

/**
 * The lock over the stored documents. `kept` carries the head and says whether a lock is set: no other document may be
 * sealed on the device without it. `session` holds the key: it survives a stop of the worker and is gone when the
 * browser closes; empty means none.
 */
export type StorageLock = Record<Part, LockedSlot> & { keySlot: Slot };

/**
 * Opens what is sealed. Without the key of the session the envelope itself is handed out, which `openStored` calls
 * locked; a text that the key does not open was changed by somebody, and is handed out as none, which is unreadable.
 */
export function lockedSlot(stored: Slot, session: Slot, sealing: Sealing): LockedSlot {
  let form: Form = null;
  let next: Form | undefined;
  return {
    form: () => form,
    turn(as) {
      next = as;
    },
    async get() {
      const text = await stored.get();
      const envelope = parseLock(text);
      form = envelope ? { key: (await session.get()) ?? '', head: envelope.head } : null;
      return envelope && form?.key ? ((await sealing.open(form.key, envelope.sealed)) ?? '') : text;
    },
    async set(text) {
      const as = next === undefined ? form : next;
      next = undefined;
      // An empty key is none that seals: this rejects then.
      await stored.set(as ? lockText(await sealing.seal(as.key, text), as.head) : text);
      form = as;
    },
  };
}
