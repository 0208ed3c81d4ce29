import { changedFields, type EntryChange } from '../../core/cliproxyapi/entry-change';
import { refOf } from '../../core/cliproxyapi/find-provider';
import type { BatchItem, BatchPlan } from '../../core/import/plan-batch';
import { planImport, type ImportPlan, type ImportRequest } from '../../core/import/plan';
import { labelOf } from '../../core/cliproxyapi/provider';
import { NEW_RECORD, type NewRecord } from '../journal/entry-records';
import type { ProviderList } from '../../core/cliproxyapi/provider-list';
import type { KeyFacts } from '../accounts/find-key';
import type { Ports } from '../ports';

/** One change of the list for all entries; null: there is nothing to do. */
export function changeOf({ list, entries, providers }: BatchPlan): EntryChange | null {
  const [first] = entries;
  if (!first) return null;
  const { kind, before, after } = first;
  const one = entries.length === 1;
  const fields = one && before ? changedFields(before, after) : [];
  return { kind, list, before, after, providers, fields, whole: !one };
}

/** Planning every key again, on what was read back, must find nothing left to do. */
export function holdsAll(plan: BatchPlan, items: readonly BatchItem[], list: ProviderList): boolean {
  const requests = requestsOf(items);
  return plan.rows.every((row) => {
    if (row.kind === 'skipped') return true;
    const again = planImport(list, joining(requests.get(row.keyId)!, row.plan));
    return again.ok && again.value.kind === 'unchanged';
  });
}

export const requestsOf = (items: readonly BatchItem[]): Map<string, ImportRequest> =>
  new Map(items.map(({ keyId, request }) => [keyId, request]));

/** The same request, about the very provider that the plan made or joined. */
export const joining = (
  request: ImportRequest,
  { after, index }: Pick<ImportPlan, 'after' | 'index'>,
): ImportRequest => ({ ...request, target: { kind: 'join', ref: refOf(after, index) } });

const SAID_ONCE: ReadonlySet<string> = new Set(['provider', 'in-it', 'rest']);

/** The journal's records of a batch: one for each provider that it touches. */
export const recordsOf = (
  ports: Pick<Ports, 'ids'>,
  plan: BatchPlan,
  about: { batchId: string; hash: string; at: number; root: string; facts: ReadonlyMap<string, KeyFacts> },
): NewRecord[] =>
  plan.entries.map(({ keyIds, after, index }) => {
    const { batchId, hash, at, root, facts } = about;
    const first = facts.get(keyIds[0]!)!;
    const rows = plan.rows.filter((row) => row.kind === 'planned' && row.plan.index === index);
    return {
      ...NEW_RECORD,
      id: ports.ids.next(),
      at,
      action: 'import',
      key: {
        id: first.id,
        name: keyIds.length > 1 ? `${first.name} +${keyIds.length - 1}` : first.name,
        mask: first.mask,
      },
      keyIds,
      batch: batchId,
      relayName: first.relayName,
      proxyRoot: root,
      providerName: labelOf(after),
      list: plan.list,
      // What a later key finds of the provider is what the first one made of it.
      changes: rows.flatMap((row, at) =>
        row.kind === 'planned' ? row.plan.changes.filter(({ kind }) => at === 0 || !SAID_ONCE.has(kind)) : [],
      ),
      planHash: hash,
    };
  });
