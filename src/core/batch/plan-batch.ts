import { selectList, type ProviderList } from '../cliproxyapi/provider-list';
import type { ProxyConfig } from '../cliproxyapi/proxy-config';
import { LIST_NAMES, type ListName } from '../cliproxyapi/lists/list-traits';
import { changedFields, type EntryChange } from '../cliproxyapi/entry-change';
import { canonicalJson } from '../json';
import { listRefusal } from '../cliproxyapi/lists/list-allowed';
import { planImport, type ImportPlan, type ImportRequest, type PlanFailure } from '../import/plan';
import type { Provider } from '../cliproxyapi/provider';
import { fail } from '../failures/result';

/** One key of a batch. */
export interface BatchItem {
  keyId: string;
  /** The list that it goes into. */
  list: ListName;
  request: ImportRequest;
  /** So many of its models are not taken, since one key brings no more. */
  beyond?: number;
}

export type BatchRow = { keyId: string } & (
  | { kind: 'planned'; request: ImportRequest; plan: ImportPlan }
  /** The list as it is does not allow it; the others go on. */
  | { kind: 'skipped'; failure: PlanFailure }
);

/** A provider that the batch touches, from the first of its keys to the last. */
export interface BatchEntry {
  kind: 'create' | 'update';
  index: number;
  before: Provider | null;
  after: Provider;
  keyIds: string[];
}

/** What becomes of one list. */
export interface BatchPlan {
  list: ListName;
  rows: BatchRow[];
  entries: BatchEntry[];
  /** The whole list after the one write; every entry that is not touched is the very object that was read. */
  providers: readonly Provider[];
}

/**
 * Plans many keys as one change of the list: each is planned, by the planner of a single import, on what the ones before
 * it leave. So keys of one relay join one provider, and whatever holds for one import holds for all of them.
 */
export function planBatch(context: ProviderList, items: readonly BatchItem[]): BatchPlan {
  const entries = new Map<number, BatchEntry>();
  let { providers } = context;
  const rows = items.map(({ keyId, request }): BatchRow => {
    const plan = planImport({ ...context, providers }, request);
    if (!plan.ok) return { keyId, kind: 'skipped', failure: plan.failure };
    const { kind, index, before, after } = plan.value;
    providers = plan.value.providers;
    if (kind !== 'unchanged') {
      const entry = entries.get(index) ?? { kind, index, before, after, keyIds: [] };
      entries.set(index, { ...entry, after, keyIds: [...entry.keyIds, keyId] });
    }
    return { keyId, kind: 'planned', request, plan: plan.value };
  });
  return { list: context.list, rows, entries: [...entries.values()], providers };
}

/**
 * One plan for each list that keys go into, in the order in which the lists are written; each knows what the ones before
 * it will serve.
 */
export function planBatches(config: ProxyConfig, items: readonly BatchItem[]): BatchPlan[] {
  let now = config;
  return LIST_NAMES.flatMap((list) => {
    const own = items.filter((item) => item.list === list);
    if (own.length === 0) return [];
    const refused = listRefusal(list, config.version);
    const here = refused ? fail(refused) : selectList(now, list);
    if (!here.ok) return [skipped(now, list, own, here.failure)];
    const plan = planBatch(here.value, own);
    now = { ...now, lists: { ...now.lists, [list]: plan.providers } };
    return [plan];
  });
}

const skipped = (
  { lists }: ProxyConfig,
  list: ListName,
  items: readonly BatchItem[],
  failure: PlanFailure,
): BatchPlan => ({
  list,
  rows: items.map(({ keyId }) => ({ keyId, kind: 'skipped', failure })),
  entries: [],
  providers: lists[list] ?? [],
});

/** What becomes of several entries of a list; `providers`: the whole list after it. */
export interface ListChange extends Pick<ProviderList, 'list' | 'providers'> {
  entries: readonly Pick<EntryChange, 'kind' | 'before' | 'after'>[];
}

/** One change of the list for all entries; null: there is nothing to do. */
export function changeOf({ list, entries, providers }: ListChange): EntryChange | null {
  const [first] = entries;
  if (!first) return null;
  const { kind, before, after } = first;
  const one = entries.length === 1;
  const fields = one && before && after ? changedFields(before, after) : [];
  return { kind, list, before, after, providers, fields, whole: !one };
}

/** What the user was shown, as one text; contains keys: hash it before it leaves the worker. */
export const batchIdentity = ({ entries, rows }: BatchPlan): string =>
  canonicalJson([
    entries.map(({ kind, before, after, keyIds }) => ({ kind, before, after, keyIds })),
    rows.map((row) => [row.keyId, row.kind === 'planned' ? row.plan.kind : row.failure.code]),
  ]);
