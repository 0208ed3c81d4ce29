import type { BatchOutcome } from '../../core/import/batch';
import type { Failure } from '../../core/failure';
import { groupBy } from '../../core/group-by';
import type { BatchItem } from '../../core/import/plan-batch';
import { LIST_NAMES } from '../../core/cliproxyapi/lists/list-traits';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { withProxyLock } from '../cliproxyapi/apply-change';
import { rootInUse } from './card';
import { importList, type ListDone } from './import-list';
import { itemsOf, viewBatch } from './open-batch';
import { openManagement, type Management } from '../cliproxyapi/open-management';
import { withoutCandidates } from './plan-view';
import { addNotice, announceFailure, showRunning } from '../running';
import type { Ports } from '../ports';
import type { BatchOrder } from './batch-run';
import type { BatchRun } from './batch-run';

/**
 * Many keys, one write for each list: read once, plan, write once, read back once, then every key is proved by itself.
 * Where there are several lists, each is written when the one before was seen served. Each card says how its key ended,
 * one notice how the batch did.
 */
export async function importBatch(ports: Ports, order: BatchOrder): Promise<BatchOutcome> {
  const { batchId, batch } = order;
  const run: BatchRun = {
    ...order,
    facts: new Map(batch.keys.map(({ facts }) => [facts.id, facts])),
    started: ports.clock.now(),
    show: (keyIds, running) => showRunning(ports, keyIds, running && { ...running, importId: batchId }),
  };
  const items = itemsOf(batch, batch.config, order.options);
  const ids = items.map(({ keyId }) => keyId);
  await ports.keepAlive.set(true);
  await run.show(ids, { stage: 'waiting', served: 0, total: 0 });
  try {
    return await runBatch(ports, run, items);
  } finally {
    await run.show(ids, null);
    await ports.keepAlive.set(false);
  }
}

async function runBatch(ports: Ports, run: BatchRun, items: readonly BatchItem[]): Promise<BatchOutcome> {
  const ids = items.map(({ keyId }) => keyId);
  const management = await openManagement(ports);
  if (!management.ok) return giveUp(ports, ids, management.failure);
  const held = await withProxyLock(ports, management.value, run.signal, () =>
    writeLists(ports, management.value, run, items),
  );
  if (!held.ok) return giveUp(ports, ids, held.failure);
  const { done, failed, moved } = held.value;
  // Nothing was written yet, so that the user is asked again; afterwards it is said.
  if (moved && done.length === 0) {
    run.batch.config = moved;
    const now = itemsOf(run.batch, moved, run.options);
    return { kind: 'replan', view: await viewBatch(ports, run.batch, moved, now) };
  }
  if (failed && done.length === 0) return giveUp(ports, ids, failed.failure);
  return conclude(ports, run, done, failed);
}

interface Lists {
  done: ListDone[];
  /** Why the rest was left, and which keys that are. */
  failed?: { failure: Failure; keyIds: string[] };
  /** The list on which the plan was no longer the one that was shown. */
  moved?: ProxyConfig;
}

/** One list after the other; the first that does not come about ends the run. */
async function writeLists(
  ports: Ports,
  management: Management,
  run: BatchRun,
  items: readonly BatchItem[],
): Promise<Lists> {
  const lists: Lists = { done: [] };
  const byList = groupBy(items, ({ list }) => list);
  const names = LIST_NAMES.filter((name) => byList.has(name));
  const hashes = run.hash.split('.');
  for (const [at, list] of names.entries()) {
    const left = names.slice(at).flatMap((name) => byList.get(name)!.map(({ keyId }) => keyId));
    const own = byList.get(list)!;
    const imported = await importList(ports, management, run, { list, items: own, hash: hashes[at] ?? '' });
    if (imported.ok) {
      lists.done.push(imported.value);
      continue;
    }
    const { failure, moved } = imported.failure;
    return { ...lists, failed: { failure, keyIds: left }, ...(moved && { moved }) };
  }
  return lists;
}

async function giveUp(ports: Ports, ids: readonly string[], failure: Failure): Promise<BatchOutcome> {
  // What was called off before it began leaves the cards as they are.
  const keys = failure.code === 'cancelled' ? [] : ids.map((keyId) => ({ keyId, failure }));
  await setFailed(ports, keys);
  await announceFailure(ports, { keyId: '', keyName: '' }, failure);
  return { kind: 'failed', failure };
}

async function conclude(
  ports: Ports,
  { batch, batchId }: BatchRun,
  done: readonly ListDone[],
  failed: Lists['failed'],
): Promise<BatchOutcome> {
  const rows = done.flatMap(({ rows: own }) => own);
  const left = failed?.keyIds ?? [];
  await setFailed(ports, [
    ...batch.failed.map(({ facts, failure }) => ({ keyId: facts.id, failure })),
    ...rows.flatMap((row) =>
      row.kind === 'skipped' ? [{ keyId: row.keyId, failure: withoutCandidates(row.failure) }] : [],
    ),
    ...left.map((keyId) => ({ keyId, failure: failed!.failure })),
  ]);
  const served = done.reduce((sum, { served: whole }) => sum + whole, 0);
  const total = batch.failed.length + rows.length + left.length;
  const importId = done.some(({ wrote }) => wrote) ? batchId : '';
  await addNotice(ports, { keyId: null, keyName: '', outcome: { kind: 'batch', served, total, importId } });
  return { kind: 'done', served, total };
}

/** The keys that could not go along, and why. */
async function setFailed(ports: Ports, keys: readonly { keyId: string; failure: Failure }[]): Promise<void> {
  const [root, at] = [await rootInUse(ports), ports.clock.now()];
  await ports.saved.change((document) => {
    for (const { keyId, failure } of keys) {
      // The same key twice: the card of the other one tells how it went.
      if (failure.code !== 'duplicate')
        document.cards[keyId] = { kind: 'failed', failure, importId: null, root, at };
    }
  });
}
