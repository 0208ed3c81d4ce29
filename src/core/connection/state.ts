import type { Failure, FailureCode } from '../failures/failure';

/** What the state of a connection is told from. */
export interface ConnectionFacts {
  hasKey: boolean;
  /** Whether the browser lets us reach its host. */
  granted: boolean;
  /** A refusal, after which nothing is sent. */
  halted: Failure | null;
  /** When CLIProxyAPI last answered to the management key; null: it did not since the browser was started. */
  checkedAt: number | null;
  /** Why the last call or check brought nothing, where it was no refusal. */
  trouble: Failure | null;
  /** When a check that is not over began. */
  checkingAt: number | null;
}

/** How the connection to CLIProxyAPI stands: the one truth for every place that says so. */
export type ConnectionState =
  | { kind: 'none' | 'no-key' | 'not-allowed' | 'unchecked' | 'checking' }
  | { kind: 'connected'; checkedAt: number }
  | { kind: 'banned'; until: number }
  | { kind: 'refused' | 'unreachable' | 'failed'; failure: Failure };

/** A check that takes longer than this was cut off. */
export const CHECK_MS = 60_000;

const NOTHING_THERE: ReadonlySet<FailureCode> = new Set(['unreachable', 'timeout', 'tls', 'wants-https']);

/** The state, from what is known at this moment. */
export function connectionState(connection: ConnectionFacts | null, now: number): ConnectionState {
  if (!connection) return { kind: 'none' };
  const { hasKey, granted, halted, checkedAt, trouble, checkingAt } = connection;
  if (!hasKey) return { kind: 'no-key' };
  if (halted?.code === 'banned' && halted.until > now) return { kind: 'banned', until: halted.until };
  if (checkingAt !== null && now - checkingAt < CHECK_MS) return { kind: 'checking' };
  if (!granted) return { kind: 'not-allowed' };
  // Of a ban that is over nobody knows yet whether the key is accepted now.
  if (halted?.code === 'banned') return { kind: 'unchecked' };
  if (halted) return { kind: 'refused', failure: halted };
  if (trouble) return { kind: NOTHING_THERE.has(trouble.code) ? 'unreachable' : 'failed', failure: trouble };
  return checkedAt === null ? { kind: 'unchecked' } : { kind: 'connected', checkedAt };
}
