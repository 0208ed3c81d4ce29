import type { Failure } from '../failures/failure';

/** The outcome for one of several keys to keep, or the outcome it would have. */
export type KeyVerdict =
  | { kind: 'added' }
  /** The same key of the same relay is already kept, or comes earlier in the same list. */
  | { kind: 'known'; name: string }
  | { kind: 'refused'; failure: Failure };
