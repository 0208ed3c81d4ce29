import type { BatchItem, BatchPlan } from '../../core/batch/plan-batch';

/**
 * Of the keys of one list that storage has no room to record all at once, those that it has room for, in their order: as
 * many as possible, those that take least first. `hasRoom`: whether storage takes the records of a part of them.
 */
export async function fittingKeys(
  items: readonly BatchItem[],
  plan: BatchPlan,
  hasRoom: (items: BatchItem[]) => Promise<boolean>,
): Promise<BatchItem[]> {
  const sizes = sizesOf(items, plan);
  const bySize = items.toSorted((a, b) => (sizes.get(a.keyId) ?? 0) - (sizes.get(b.keyId) ?? 0));
  const first = (count: number): BatchItem[] => {
    const taken = new Set(bySize.slice(0, count));
    return items.filter((item) => taken.has(item));
  };
  let fit = 0;
  for (let most = items.length - 1; fit < most;) {
    const half = Math.ceil((fit + most) / 2);
    if (await hasRoom(first(half))) fit = half;
    else most = half - 1;
  }
  return first(fit);
}

/** What a key takes: its provider before and after it, and of two keys of a provider what it brings itself. */
function sizesOf(items: readonly BatchItem[], { entries }: BatchPlan): Map<string, number> {
  const recorded = new Map(
    entries.flatMap(({ before, after, keyIds }) => {
      const { length } = JSON.stringify([before, after]);
      return keyIds.map((id) => [id, length] as const);
    }),
  );
  return new Map(
    items.map(({ keyId, request: { models } }) => [
      keyId,
      (recorded.get(keyId) ?? 0) + JSON.stringify(models).length,
    ]),
  );
}
