import { z } from 'zod/mini';
import { FAILURE_CODES, type Failure } from './failure';

/** A failure that comes back from storage or through a message: a known code with plain values. */
export const failureSchema = z.custom<Failure>(isFailure);

const CODES: ReadonlySet<string> = new Set(FAILURE_CODES);

function isFailure(value: unknown): boolean {
  const { code, ...params } = (value ?? {}) as Record<string, unknown>;
  const plain = Object.values(params).every(
    (param) => typeof param === 'string' || typeof param === 'number',
  );
  return plain && typeof code === 'string' && CODES.has(code);
}
