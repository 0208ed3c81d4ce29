import type { Failure } from '../failure';

/** What became of one of several keys that were to be kept, or what would become of it. */
export type KeyVerdict =
  | { kind: 'added' }
  /** The same key of the same relay is kept already, or was named before in the same list. */
  | { kind: 'known'; name: string }
  | { kind: 'refused'; failure: Failure };
