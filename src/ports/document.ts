import type { Result } from '../core/failures/result';

/**
 * One stored document; only the worker writes it, one change at a time. An unreadable document is a failure, never
 * empty. `change` hands over a copy to edit; nothing is written if the edit throws or the document cannot be read.
 */
export interface Document<T> {
  read(): Promise<Result<T>>;
  change<R>(edit: (document: T) => R): Promise<Result<R>>;
  /** The same for what must hold also where it cannot be stored: then it is remembered, and stored with the next change. */
  changeOrRemember<R>(edit: (document: T) => R): Promise<Result<R>>;
  /** Drops the cached copy, so that the next read looks at the storage. */
  forget(): Promise<void>;
  /** Starts over with an empty document, whatever was stored. Only on the order of the user. */
  reset(): Promise<void>;
}
