import { labelOf, type Provider } from '../../core/cliproxyapi/provider';
import type { BatchEntry, BatchPlan } from '../../core/batch/plan-batch';
import { NEW_RECORD, type NewRecord } from '../history/entry-records';
import type { KeyFacts } from '../accounts/find-key';
import type { Ports } from '../ports';
import type { BatchRun } from './batch-run';

/** A record to be opened, with the entry before and after the write. */
export interface BatchRecord {
  record: NewRecord;
  before: Provider | null;
  after: Provider;
}

/** The journal's records of one list of a batch: one for each provider that it touches. */
export const recordsOf = (
  ports: Ports,
  plan: BatchPlan,
  run: BatchRun,
  about: { hash: string; proxyRoot: string },
): BatchRecord[] =>
  plan.entries.map((entry) => {
    const { keyIds, before, after } = entry;
    const first = run.facts.get(keyIds[0] ?? '');
    if (!first) throw new Error('an entry is changed for the sake of keys');
    const record = {
      ...NEW_RECORD,
      id: ports.ids.next(),
      at: run.started,
      action: 'import' as const,
      key: { id: first.id, name: nameOf(first, keyIds), mask: first.mask },
      keyIds,
      batch: run.batchId,
      batchKeys: run.planned,
      relayName: first.relayName,
      proxyRoot: about.proxyRoot,
      providerName: labelOf(after),
      list: plan.list,
      changes: changesOf(plan, entry),
      planHash: about.hash,
    };
    return { record, before, after };
  });

const nameOf = ({ name }: KeyFacts, { length }: readonly string[]): string =>
  length > 1 ? `${name} +${length - 1}` : name;

const SAID_ONCE: ReadonlySet<string> = new Set(['provider', 'in-it', 'rest']);

/** A later key finds the provider as the first one left it: what is said of the provider is the first one's. */
function changesOf({ rows }: BatchPlan, { index }: BatchEntry): NewRecord['changes'] {
  const plans = rows.flatMap((row) => (row.kind === 'planned' && row.plan.index === index ? [row.plan] : []));
  return plans.flatMap(({ changes }, at) => changes.filter(({ kind }) => at === 0 || !SAID_ONCE.has(kind)));
}
