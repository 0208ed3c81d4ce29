import type { Failure } from '../../core/failures/failure';

/** How far a write came, noted on the way: a failure alone does not say whether anything had been sent. */
export interface WriteTrail {
  /** `taken`: the server confirmed the write; what failed afterwards was reading it back. */
  step: 'before' | 'sent' | 'taken';
}

export const newTrail = (): WriteTrail => ({ step: 'before' });

/** Failures after which the server may or may not have done what it was asked. */
const NO_ANSWER: readonly Failure['code'][] = [
  'relay-timeout',
  'relay-unreachable',
  'relay-cut-short',
  'relay-too-large',
  'relay-html',
  'relay-not-json',
  'relay-shape',
];

export const mayHaveArrived = (failure: Failure): boolean =>
  failure.code === 'relay-error' ? failure.status >= 500 : NO_ANSWER.includes(failure.code);
