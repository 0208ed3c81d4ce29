import type { BatchOutcome } from '../../core/import/batch';
import type { Failure } from '../../core/failure';
import { groupBy } from '../../core/group-by';
import type { BatchItem } from '../../core/import/plan-batch';
import { PROVIDER_FAMILIES } from '../../core/cliproxyapi/lists/list-traits';
import type { ConfigRead } from '../../targets/cliproxyapi/management';
import { holdProxy } from '../cliproxyapi/apply-change';
import { rootInUse } from './card';
import { importList, type ListDone } from './import-list';
import { itemsOf, viewBatch } from './open-batch';
import { openManagement, type Management } from '../cliproxyapi/open-management';
import { asFailure } from './plan-view';
import { addNotice, announceFailure, showRunning } from '../running';
import type { World } from '../ports';
import type { BatchOrder } from './batch-run';
import type { BatchRun } from './batch-run';

/**
 * Many keys, one write for each list: read once, plan, write once, read back once, then every key is proved by itself.
 * Where there are several lists, each is written when the one before was seen served. Each card says how its key ended,
 * one notice how the batch did.
 */
export async function importBatch(world: World, order: BatchOrder): Promise<BatchOutcome> {
  const { batchId, batch } = order;
  const run: BatchRun = {
    ...order,
    facts: new Map(batch.keys.map(({ facts }) => [facts.id, facts])),
    started: world.clock.now(),
    show: (keyIds, running) => showRunning(world, keyIds, running && { ...running, importId: batchId }),
  };
  const items = itemsOf(batch, batch.config, order.options);
  const ids = items.map(({ keyId }) => keyId);
  await world.pulse.keepAwake(true);
  await run.show(ids, { stage: 'waiting', served: 0, total: 0 });
  try {
    return await runBatch(world, run, items);
  } finally {
    await run.show(ids, null);
    await world.pulse.keepAwake(false);
  }
}

async function runBatch(world: World, run: BatchRun, items: readonly BatchItem[]): Promise<BatchOutcome> {
  const ids = items.map(({ keyId }) => keyId);
  const management = await openManagement(world);
  if (!management.ok) return giveUp(world, ids, management.failure);
  const held = await holdProxy(world, management.value, run.signal, () =>
    writeLists(world, management.value, run, items),
  );
  if (!held.ok) return giveUp(world, ids, held.failure);
  const { done, failed, moved } = held.value;
  // Nothing was written yet, so that the user is asked again; afterwards it is said.
  if (moved && done.length === 0) {
    run.batch.config = moved;
    const now = itemsOf(run.batch, moved, run.options);
    return { kind: 'replan', view: await viewBatch(world, run.batch, moved, now) };
  }
  if (failed && done.length === 0) return giveUp(world, ids, failed.failure);
  return conclude(world, run, done, failed);
}

interface Lists {
  done: ListDone[];
  /** Why the rest was left, and which keys that are. */
  failed?: { failure: Failure; keyIds: string[] };
  /** The list on which the plan was no longer the one that was shown. */
  moved?: ConfigRead;
}

/** One list after the other; the first that does not come about ends the run. */
async function writeLists(
  world: World,
  management: Management,
  run: BatchRun,
  items: readonly BatchItem[],
): Promise<Lists> {
  const lists: Lists = { done: [] };
  const byFamily = groupBy(items, ({ family }) => family);
  const families = PROVIDER_FAMILIES.filter((family) => byFamily.has(family));
  const hashes = run.hash.split('.');
  for (const [at, family] of families.entries()) {
    const left = families.slice(at).flatMap((name) => byFamily.get(name)!.map(({ keyId }) => keyId));
    const own = byFamily.get(family)!;
    const list = await importList(world, management, run, { family, items: own, hash: hashes[at] ?? '' });
    if (list.ok) {
      lists.done.push(list.value);
      continue;
    }
    const { failure, moved } = list.failure;
    return { ...lists, failed: { failure, keyIds: left }, ...(moved && { moved }) };
  }
  return lists;
}

async function giveUp(world: World, ids: readonly string[], failure: Failure): Promise<BatchOutcome> {
  // What was called off before it began leaves the cards as they are.
  const keys = failure.code === 'cancelled' ? [] : ids.map((keyId) => ({ keyId, failure }));
  await setFailed(world, keys);
  await announceFailure(world, { keyId: '', keyName: '' }, failure);
  return { kind: 'failed', failure };
}

async function conclude(
  world: World,
  { batch, batchId }: BatchRun,
  done: readonly ListDone[],
  failed: Lists['failed'],
): Promise<BatchOutcome> {
  const rows = done.flatMap(({ rows: own }) => own);
  const left = failed?.keyIds ?? [];
  await setFailed(world, [
    ...batch.failed.map(({ facts, failure }) => ({ keyId: facts.id, failure })),
    ...rows.flatMap((row) =>
      row.kind === 'skipped' ? [{ keyId: row.keyId, failure: asFailure(row.failure) }] : [],
    ),
    ...left.map((keyId) => ({ keyId, failure: failed!.failure })),
  ]);
  const served = done.reduce((sum, { served: whole }) => sum + whole, 0);
  const total = batch.failed.length + rows.length + left.length;
  const importId = done.some(({ wrote }) => wrote) ? batchId : '';
  await addNotice(world, { keyId: null, keyName: '', outcome: { kind: 'batch', served, total, importId } });
  return { kind: 'done', served, total };
}

/** The keys that could not go along, and why. */
async function setFailed(world: World, keys: readonly { keyId: string; failure: Failure }[]): Promise<void> {
  const [root, at] = [await rootInUse(world), world.clock.now()];
  await world.kept.change((document) => {
    for (const { keyId, failure } of keys) {
      // The same key twice: the card of the other one tells how it went.
      if (failure.code !== 'duplicate')
        document.cards[keyId] = { kind: 'failed', failure, importId: null, root, at };
    }
  });
}
