import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { Failure } from '../../core/failures/failure';
import type { Result } from '../../core/failures/result';

/** A list that was not written as it was planned. */
export interface ListFailure {
  failure: Failure;
  /** The configuration as it is now, if it is why. */
  moved?: ProxyConfig;
}

/** How far the writes came. `P`: what goes into one list; `D`: what became of it. */
export interface Lists<P, D> {
  done: D[];
  /** The parts that were left when a list failed, and why it did. */
  left?: { failure: Failure; parts: P[] };
  /** The configuration on which the plan was no longer the one that was shown. */
  moved?: ProxyConfig;
}

/**
 * One list after the other; the first that fails ends the run. `hash`: of the plan that the user saw, one for each part,
 * joined by dots.
 */
export async function writeLists<P, D>(
  parts: readonly P[],
  hash: string,
  write: (part: P, hash: string) => Promise<Result<D, ListFailure>>,
): Promise<Lists<P, D>> {
  const done: D[] = [];
  const hashes = hash.split('.');
  for (const [at, part] of parts.entries()) {
    const written = await write(part, hashes[at] ?? '');
    if (!written.ok) {
      const { failure, moved } = written.failure;
      return { done, left: { failure, parts: parts.slice(at) }, ...(moved && { moved }) };
    }
    done.push(written.value);
  }
  return { done };
}
