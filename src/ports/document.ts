import type { Result } from '../core/result';

/**
 * One stored document, written by the worker only and one change at a time. Nothing answers "empty" when it means
 * "could not read". `change` hands a copy that may be edited freely; when the edit throws or the document cannot be
 * read, nothing is written.
 */
export interface Document<T> {
  read(): Promise<Result<T>>;
  change<R>(edit: (document: T) => R): Promise<Result<R>>;
  /** Lets go of what is remembered of it: the next reading looks at what is stored. */
  forget(): Promise<void>;
  /** Starts over with an empty document, whatever was stored. Only at the user's word. */
  reset(): Promise<void>;
}
