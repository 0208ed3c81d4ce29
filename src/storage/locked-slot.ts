import type { Sealing } from '../ports/sealing';
import { lockText, parseLock, type LockHead } from './lock-envelope';
import type { Slot } from './stored-document';

/** The stored documents, by the names that the workflows have for them. */
export type Part = 'kept' | 'journal' | 'passing';

/** The key that a text is sealed with, and the head that stands before it; null: the text is plain. */
export type Form = { key: string; head?: LockHead | undefined } | null;

/**
 * The lock over the stored documents. A document is written in the form in which it was read; only `turn` changes it.
 * `kept` carries the head and says whether a lock is set: no other document may be sealed on the device without it.
 */
export interface StorageLock {
  slots: Record<Part, Slot>;
  /** Whether a document was sealed when it was last read or written. */
  isSealed(part: Part): boolean;
  /** The next writing of a document has this form, and those after it. */
  turn(part: Part, form: Form): void;
  head(): Promise<LockHead | undefined>;
  /** The key of this session; undefined: locked, or no lock. */
  key(): Promise<string | undefined>;
  keep(key: string | undefined): Promise<void>;
}

/** `session` holds the key: it survives a stop of the worker, and is gone when the browser closes. */
export function storageLock(stored: Record<Part, Slot>, session: Slot, sealing: Sealing): StorageLock {
  const key = async (): Promise<string | undefined> => (await session.get()) || undefined;
  const locked = {
    kept: lockedSlot(stored.kept, key, sealing),
    journal: lockedSlot(stored.journal, key, sealing),
    passing: lockedSlot(stored.passing, key, sealing),
  };
  return {
    slots: locked,
    isSealed: (part) => locked[part].isSealed(),
    turn: (part, form) => locked[part].turn(form),
    head: async () => parseLock(await stored.kept.get())?.head,
    key,
    keep: (next) => session.set(next ?? ''),
  };
}

interface LockedSlot extends Slot {
  isSealed(): boolean;
  turn(form: Form): void;
}

/**
 * Opens what is sealed. Without the key of the session the envelope itself is handed out, which `openStored` calls
 * locked; a text that the key does not open was changed by somebody, and is handed out as none, which is unreadable.
 */
function lockedSlot(stored: Slot, key: () => Promise<string | undefined>, sealing: Sealing): LockedSlot {
  let form: Form = null;
  let next: Form | undefined;
  return {
    isSealed: () => form !== null,
    turn(as) {
      next = as;
    },
    async get() {
      const text = await stored.get();
      const envelope = parseLock(text);
      const opener = envelope && (await key());
      form = opener ? { key: opener, head: envelope.head } : null;
      return opener ? ((await sealing.open(opener, envelope.sealed)) ?? '') : text;
    },
    async set(text) {
      const as = next === undefined ? form : next;
      next = undefined;
      await stored.set(as ? lockText(await sealing.seal(as.key, text), as.head) : text);
      form = as;
    },
  };
}
