import type { Handlers } from '../contract/router';
import { ok, type Result } from '../core/failures/result';
import type { LookAtGroups } from '../workflows/connection/look-at-groups';
import type { OpenDialogs } from './open-plans';
import type { Pictures } from './pictures';
import type { Works } from './works';

/** What all handlers share. */
export interface WorkerHooks {
  works: Works;
  plans: OpenDialogs;
  pictures: Pictures;
  /** Judges unfinished imports, once per life of the worker. */
  start(): Promise<void>;
  /** Looks again for writes whose end is not known, unless it just did. */
  lookAgain(): void;
  /** Does so again: the lock was opened. */
  startAgain(): void;
  /** Loads the second part of the worker before the message that needs it. */
  loadLater(): void;
  /** Loads it for this. */
  lookAtGroups: LookAtGroups;
  /** Runs a part of a work at the CLIProxyAPI with that id, as one of its works; `whole`: ends the part too. */
  runAt<T>(
    proxyId: string,
    id: string,
    whole: AbortSignal,
    part: (signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
  /** Stops all works, waits for their ends, and forgets what open dialogs rest on and what pages have. */
  cancelAndDrain(): Promise<void>;
}

/** The handlers of the messages with these names. */
export type HandlersOf<Names extends string> = Pick<Handlers, Extract<keyof Handlers, Names>>;

/** The answer of a handler that cannot fail, or that puts failures into its value. */
export const done = async <T>(value: T | Promise<T>): Promise<Result<T>> => ok(await value);
