import { ok, type Result } from '../core/result';
import type { OpenDialogs } from './open-plans';
import type { Works } from './works';

/** What all handlers share. */
export interface WorkerHooks {
  works: Works;
  plans: OpenDialogs;
  /** Looks back first, once per life of the worker. */
  start(): Promise<void>;
  /** Looks back anew: the lock was opened. */
  startAgain(): void;
  /** Ends what is under way as Stop does, and forgets what open dialogs rest on. */
  cancelAndDrain(): Promise<void>;
}

/** The answer of a handler that cannot fail, or whose failures are in its value. */
export const done = async <T>(value: T | Promise<T>): Promise<Result<T>> => ok(await value);
