import type { Failure } from './failure';

/** The outcome of anything that may go wrong in an expected way. Bugs are thrown; failures are returned. */
export type Result<T, F = Failure> = { ok: true; value: T } | { ok: false; failure: F };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

export const fail = <F = Failure>(failure: F): { ok: false; failure: F } => ({ ok: false, failure });
