import type { Sealing } from '../ports/sealing';
import { lockText, parseLock, type LockHead } from './lock-envelope';
import type { Slot } from './stored-document';

/** The key that seals a text (empty: locked) and the head of its envelope; null: the text is plain. */
export type Form = { key: string; head?: LockHead | undefined } | null;

/**
 * A slot whose text may be sealed. It is written in the form in which it was read, unless `turn` changes that; nothing
 * is written while it is locked.
 */
export interface LockedSlot extends Slot {
  /** The form in which it was last read or written. */
  form(): Form;
  /** The next write has this form, and so have those after it. */
  turn(form: Form): void;
}

/** The stored documents, by their names in the workflows. */
export type Part = 'saved' | 'journal' | 'session';

/**
 * The lock over the stored documents. `saved` carries the head and says whether a lock is set: no other document may be
 * sealed without it. `keySlot` holds the key until the browser closes, so that it survives a stop of the worker; an
 * empty text is no key.
 */
export type StorageLock = Record<Part, LockedSlot> & { keySlot: Slot };

/**
 * Opens what is sealed. Without a key it hands out the envelope itself, which `openStored` calls locked. Somebody changed
 * a text that the key does not open: it is handed out as empty, which is unreadable.
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
      // An empty key seals nothing: `seal` rejects it.
      await stored.set(as ? lockText(await sealing.seal(as.key, text), as.head) : text);
      form = as;
    },
  };
}
