import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { Failure, FailureCode } from '../../core/failures/failure';
import { applyAndStay } from '../cliproxyapi/apply-change';
import type { Applied } from '../cliproxyapi/change-job';
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
export interface ListsWritten<W, D> {
  done: { work: W; value: D }[];
  failed?: { works: readonly W[]; failure: Failure };
  /** The configuration that was decided on last, if any. */
  seen: ProxyConfig | undefined;
}

/** What stops the write of several lists, of which each but one might pass. */
const OF_ONE: ReadonlySet<FailureCode> = new Set([
  'list-changed',
  'undo-changed',
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
): Promise<ListsWritten<W, D>> {
  const joint = jointJob(works);
  const applied = await applyAndStay(joint.job, async (now) => {
    for (const work of joint.covered()) await work.prove?.(joint.appliedFor(work, now));
  });
  const covered = joint.covered();
  const seen = joint.seen();
  const conclude = async (those: readonly W[], now: Applied): Promise<ListsWritten<W, D>['done']> => {
    const done: ListsWritten<W, D>['done'] = [];
    for (const work of those) done.push({ work, value: await work.conclude(joint.appliedFor(work, now)) });
    return done;
  };
  if (applied.ok) return { done: await conclude(covered, applied.value), seen };
  const { failure } = applied.failure;
  if (covered.length === 1) return { done: [], failed: { works: covered, failure }, seen };
  if (!joint.sent() && OF_ONE.has(failure.code)) {
    for (const work of covered) await work.job.dropJournal();
    return writeTogether<D, W>([works[0]]);
  }
  // Something was written: what of it stands does not fail for the sake of the others.
  const { management, ports } = joint.job;
  const now = joint.sent() ? await management.read() : undefined;
  const there: W[] = [];
  if (now?.ok) for (const work of covered) if (await joint.isApplied(work, now.value)) there.push(work);
  const done = now?.ok ? await conclude(there, { config: now.value, wroteAt: ports.clock.now() }) : [];
  const others = covered.filter((work) => !there.includes(work));
  return { done, ...(others.length > 0 && { failed: { works: others, failure } }), seen };
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
    const written = await writeTogether<D, ListWork<D> & { part: P }>([first, ...more]);
    done.push(...written.done.map(({ value }) => value));
    rest = rest.filter((work) => !written.done.some((one) => one.work === work));
    if (!written.failed) continue;
    const { failure } = written.failed;
    const other = await first.instead?.(failure);
    if (!other) {
      const left = { failure, parts: rest.map((work) => work.part) };
      const moved = failure.code === 'list-changed' ? written.seen : undefined;
      return { done, left, ...(moved && { moved }) };
    }
    rest = [{ part: first.part, ...other }, ...more];
  }
  return { done };
}
