import { listChanges, type EntryChange } from '../../core/cliproxyapi/entry-change';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { isOneWrite } from '../../core/connection/layout';
import { fail, ok } from '../../core/failures/result';
import type { Applied, ChangeJob } from './change-job';

/** The job of one list, as a part of a write of several. */
export interface ListJob extends ChangeJob {
  /** Takes back what `journal` has stored, where nothing is sent after all. */
  dropJournal(): Promise<unknown>;
}

export interface JointJob<W> {
  job: ChangeJob;
  /** What the write was for: the first, and those after it that went along. */
  covered(): readonly W[];
  /** How the write ended for one of them, of whose list it may have had nothing to change. */
  appliedFor(work: W, applied: Applied): Applied;
  /** The configuration that was decided on last, if any. */
  seen(): ProxyConfig | undefined;
  /** Whether a write may have arrived. */
  sent(): boolean;
  /** Whether a configuration holds what was decided for one of them. */
  isApplied(work: W, config: ProxyConfig): Promise<boolean>;
}

/**
 * The jobs of several lists as one, which changes the first list, and the others along with it where one write takes them
 * all. One that cannot be decided at first does not go along: it has to be done by itself. Later all of them fail together,
 * and it is for the caller to ask what became of each.
 */
export function jointJob<W extends { job: ListJob }>(works: readonly [W, ...W[]]): JointJob<W> {
  const [first] = works;
  let covered: W[] | undefined;
  let seen: ProxyConfig | undefined;
  let sent = false;
  /** Of those that are covered, the ones that have something to write: only these are journaled. */
  const writers = new Map<ListName, W>();
  const all = (): readonly W[] => covered ?? [first];
  const each = (call: (job: ListJob) => Promise<unknown>): Promise<void> =>
    inTurn([...writers.values()], ({ job }) => call(job));

  const { ports, management, signal } = first.job;
  const job: ChangeJob = {
    ports,
    management,
    signal,
    async decide(config) {
      seen = config;
      const changes: EntryChange[] = [];
      const isFirst = covered === undefined;
      const asked = !isFirst ? [...writers.values()] : isOneWrite(config.layout) ? works : [first];
      const taken: W[] = [];
      // Each list is planned on what the ones before it leave, as where one is written after the other.
      let now = config;
      for (const work of asked) {
        const change = await work.job.decide(now);
        if (!change.ok && isFirst && work !== first) continue;
        if (!change.ok) return change;
        taken.push(work);
        if (change.value === null) continue;
        changes.push(change.value);
        const { list, providers } = change.value;
        now = { ...now, lists: { ...now.lists, [list]: providers } };
        if (isFirst) writers.set(list, work);
      }
      covered ??= taken;
      const [change, ...also] = changes;
      return ok(change ? { ...change, ...(also.length > 0 && { also }) } : null);
    },
    async isApplied(config) {
      for (const work of writers.values()) if (!(await work.job.isApplied(config))) return false;
      return true;
    },
    async journal(change) {
      const stored: W[] = [];
      for (const own of listChanges(change)) {
        const work = writers.get(own.list)!;
        const opened = await work.job.journal(own);
        if (opened.ok) stored.push(work);
        else {
          await inTurn(stored, (one) => one.job.dropJournal());
          return fail(opened.failure);
        }
      }
      return ok(true);
    },
    noteGroups: async (names, list) => writers.get(list)?.job.noteGroups?.(names, list),
    setPhase(phase, unseen) {
      sent ||= phase === 'written';
      return each((one) => one.setPhase(phase, unseen));
    },
    showStage: (stage) => inTurn(all(), (one) => one.job.showStage(stage)),
  };
  const isWriter = (work: W): boolean => [...writers.values()].includes(work);
  return {
    job,
    covered: all,
    appliedFor: (work, applied) => (isWriter(work) ? applied : { ...applied, wroteAt: null }),
    seen: () => seen,
    sent: () => sent,
    isApplied: async (work, config) => !isWriter(work) || work.job.isApplied(config),
  };
}

/** One after the other: each stores something. */
async function inTurn<T>(items: readonly T[], call: (item: T) => Promise<unknown>): Promise<void> {
  for (const item of items) await call(item);
}
