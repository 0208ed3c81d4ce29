import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { Failure, FailureCode } from '../../core/failures/failure';
import { ok, type Result } from '../../core/failures/result';
import { applyAndStay } from '../cliproxyapi/apply-change';
import type { Applied, ApplyFailure } from '../cliproxyapi/change-job';
import { jointJob, type ListJob } from '../cliproxyapi/joint-job';

/** What a change of many does to one list. */
export interface ListWork<D> {
  job: ListJob;
  /** Asks what is served. It is asked anew where a reload takes the write back meanwhile. */
  prove?(applied: Applied): Promise<unknown>;
  /** Notes how it ended. */
  conclude(applied: Applied): Promise<D>;
  /** What can be done in the place of work that failed so, if anything; nothing of it was sent. */
  instead?(failure: Failure): Promise<ListWork<D> | undefined>;
}

/** How one write ended for the lists that it was for. */
export interface Written<W, D> {
  covered: readonly W[];
  outcome: Result<D[], ApplyFailure>;
  /** The configuration that was decided on last, if any. */
  seen: ProxyConfig | undefined;
}

/** What stops the write of several lists, of which each but one might pass: records that do not fit, or odd groups. */
const OF_ONE: ReadonlySet<FailureCode> = new Set([
  'storage-full',
  'file-not-text',
  'file-twin',
  'file-field',
  'file-refused',
]);

/**
 * One write for the first list, and for all others that can go along (the groups of CLIProxyAPI 8): journaled, read back,
 * proved, and looked at again. Call it in `changeProxy`.
 */
export async function writeTogether<D, W extends ListWork<D>>(
  works: readonly [W, ...W[]],
): Promise<Written<W, D>> {
  const joint = jointJob(works);
  const applied = await applyAndStay(joint.job, async (now) => {
    for (const work of joint.covered()) await work.prove?.(joint.appliedFor(work, now));
  });
  const covered = joint.covered();
  const seen = joint.seen();
  if (!applied.ok && covered.length > 1 && OF_ONE.has(applied.failure.failure.code)) {
    for (const work of covered) await work.job.dropJournal();
    return writeTogether<D, W>([works[0]]);
  }
  if (!applied.ok) return { covered, outcome: applied, seen };
  const done: D[] = [];
  for (const work of covered) done.push(await work.conclude(joint.appliedFor(work, applied.value)));
  return { covered, outcome: ok(done), seen };
}

/** How far the writes came. `P`: what goes into one list; `D`: what became of it. */
export interface Lists<P, D> {
  done: D[];
  /** The parts that were left when a write failed, and why it did. */
  left?: { failure: Failure; parts: P[] };
  /** The configuration on which the plan was no longer the one that was shown. */
  moved?: ProxyConfig;
}

/**
 * Writes all lists: by one write where CLIProxyAPI takes them so, else one after the other. The first write that fails ends
 * the run. `hash`: of the plan that the user saw, one for each part, joined by dots.
 */
export async function writeLists<P, D>(
  parts: readonly P[],
  hash: string,
  begin: (part: P, hash: string) => Promise<ListWork<D>>,
): Promise<Lists<P, D>> {
  const done: D[] = [];
  const hashes = hash.split('.');
  let rest = await Promise.all(
    parts.map(async (part, at) => ({ part, ...(await begin(part, hashes[at] ?? '')) })),
  );
  for (let [first, ...more] = rest; first; [first, ...more] = rest) {
    const { covered, outcome, seen } = await writeTogether<D, ListWork<D> & { part: P }>([first, ...more]);
    const { part } = first;
    if (outcome.ok) {
      done.push(...outcome.value);
      rest = rest.filter((work) => !covered.includes(work));
      continue;
    }
    const { failure } = outcome.failure;
    const other = await first.instead?.(failure);
    if (!other) {
      const left = { failure, parts: rest.map((work) => work.part) };
      return { done, left, ...(failure.code === 'list-changed' && seen && { moved: seen }) };
    }
    rest = [{ part, ...other }, ...more];
  }
  return { done };
}
