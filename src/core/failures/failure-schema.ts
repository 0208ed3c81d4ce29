import * as v from 'valibot';
import type { Failure } from './failure';

/**
 * A failure that comes back from storage: a code with plain values. That the code is known holds without a look, since
 * only the worker writes there, and what a newer one wrote is not opened; the list of them would take 0.5 KB.
 */
export const failureSchema = v.custom<Failure>(isFailure);

function isFailure(value: unknown): boolean {
  const { code, ...params } = (value ?? {}) as Record<string, unknown>;
  const plain = Object.values(params).every(
    (param) => typeof param === 'string' || typeof param === 'number',
  );
  return plain && typeof code === 'string' && code !== '';
}
