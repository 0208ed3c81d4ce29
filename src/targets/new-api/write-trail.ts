import type { Failure } from '../../core/failure';

/** How far a write came, noted on the way: a failure alone does not tell whether anything had been sent by then. */
export interface WriteTrail {
  /** `taken`: the server said that it did it; what failed after that was the look at it. */
  step: 'before' | 'sent' | 'taken';
}

export const newTrail = (): WriteTrail => ({ step: 'before' });

/** Answers that are none: the server may have done what it was asked, or may not. */
const NO_ANSWER: readonly Failure['code'][] = [
  'relay-timeout',
  'relay-unreachable',
  'relay-too-large',
  'relay-html',
  'relay-not-json',
  'relay-shape',
];

export const mayHaveArrived = (failure: Failure): boolean =>
  failure.code === 'relay-error' ? failure.status >= 500 : NO_ANSWER.includes(failure.code);
