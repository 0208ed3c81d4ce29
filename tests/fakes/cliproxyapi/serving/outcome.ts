import { stateOf, type Attempt } from './selection.ts';
import { noBlock } from './registry.ts';
import { countRequest } from '../management/usage.ts';

const MINUTE = 60_000;
const HIDING = new Map([
  [401, 30 * MINUTE],
  [402, 30 * MINUTE],
  [403, 30 * MINUTE],
  [404, 720 * MINUTE],
]);
/** Answers that are the caller's own fault: no other credential is tried and none is blocked. */
const CALLERS_FAULT = new Set([400, 409, 413, 422]);
const UNSUPPORTED =
  /model[_ ](is )?not[_ ]supported|unsupported model|requested model is un|model unavailable|not available for your/i;

export const isCallersFault = (status: number, body: string): boolean =>
  CALLERS_FAULT.has(status) && !UNSUPPORTED.test(body);

export function recordSuccess({ credential, stateKey }: Attempt): void {
  countRequest(credential, true);
  Object.assign(stateOf(credential, stateKey), noBlock());
}

/** Blocks the model of the credential for as long as the server does; some failures also hide it from the list. */
export function recordFailure(attempt: Attempt, status: number, body: string): void {
  const { credential, stateKey } = attempt;
  countRequest(credential, false);
  if (isCallersFault(status, body) || credential.entry['disable-cooling'] === true) return;
  const state = stateOf(credential, stateKey);
  const hiding = CALLERS_FAULT.has(status) ? 720 * MINUTE : HIDING.get(status);
  if (status !== 429) {
    Object.assign(state, noBlock(), {
      blockedUntil: credential.now() + (hiding ?? MINUTE),
      hidden: hiding !== undefined,
    });
    return;
  }
  // Twice as long each time; a Retry-After of the other side is not looked at.
  const wait = Math.min(1000 * 2 ** state.quotaLevel, 30 * MINUTE);
  const quotaLevel = state.quotaLevel + 1;
  Object.assign(state, { blockedUntil: credential.now() + wait, quota: true, quotaLevel, hidden: false });
}
