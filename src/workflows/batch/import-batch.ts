import type { Failure } from '../../core/failures/failure';
import { groupBy } from '../../core/group-by';
import { LIST_NAMES } from '../../core/cliproxyapi/lists/list-traits';
import type { BatchOutcome } from '../../core/batch/batch';
import { planBatches, type BatchItem } from '../../core/batch/plan-batch';
import { changeProxy } from '../cliproxyapi/change-proxy';
import type { Management } from '../connection/open-management';
import type { Ports } from '../ports';
import { addNotice, announceFailure, failed, stagesOf } from '../running';
import type { BatchOrder, BatchRun } from './batch-run';
import { setFailed } from '../import/conclude-import';
import { importList, type ListDone } from './import-list';
import { isServedWhole } from '../../core/cliproxyapi/proved-card';
import { sum } from '../../core/sum';
import { toldCard } from '../view/told-card';
import type { Cards } from './prove-rows';
import { itemsOf } from './batch-items';
import { viewBatch } from './batch-view';
import { tryKeys } from './try-keys';
import { writeLists, type Lists } from './write-lists';
import { withoutCandidates } from '../import/plan-view';

/**
 * Many keys, one write for each list, or for all where CLIProxyAPI takes them so: read once, plan, write once, read back
 * once, then every key is proved by itself. Else a list is written when the one before was seen served. Real requests, if
 * the user asked for them, come last. Each card says how its key ended, one notice how the batch did.
 */
export function importBatch(ports: Ports, order: BatchOrder): Promise<BatchOutcome> {
  const { batchId, batch, signal } = order;
  const items = itemsOf(batch, batch.config, order.options);
  const run: BatchRun = {
    ...order,
    facts: new Map(batch.keys.map(({ facts }) => [facts.id, facts])),
    started: ports.clock.now(),
    planned: sum(
      planBatches(batch.config, items).flatMap(({ entries }) => entries.map(({ keyIds }) => keyIds.length)),
    ),
    show: (keyIds, ...stage) => stagesOf(ports, keyIds, batchId)(...stage),
  };
  const ids = items.map(({ keyId }) => keyId);
  return changeProxy<BatchOutcome>(
    ports,
    {
      show: (stage) => run.show(ids, stage),
      signal,
      conclude: async (outcome) =>
        outcome.kind === 'failed' ? concludeFailed(ports, ids, outcome.failure) : undefined,
    },
    (management) => runBatch(ports, management, run, items),
  );
}

async function runBatch(
  ports: Ports,
  management: Management,
  run: BatchRun,
  items: readonly BatchItem[],
): Promise<BatchOutcome> {
  const { done, left, moved } = await writeLists(partsOf(items), run.hash, (own, hash) =>
    importList(ports, management, run, { items: own, hash }),
  );
  // Nothing was written yet, so that the user is asked again; afterwards it is said.
  if (moved && done.length === 0) {
    run.batch.config = moved;
    const now = itemsOf(run.batch, moved, run.options);
    return { kind: 'replan', view: await viewBatch(ports, run.batch, moved, now) };
  }
  if (left && done.length === 0) return failed(left.failure);
  if (done.length > 0 && done.every(({ rows }) => rows.length === 0)) return failed({ code: 'storage-full' });
  const tried =
    run.options.tryChat &&
    !run.signal.aborted &&
    (await tryKeys(
      ports,
      management,
      run,
      done.flatMap(({ proved }) => proved),
    ));
  return conclude(ports, run, { done, left, ...(tried && { tried }) });
}

/** The keys of each list, in the order in which the lists are written. */
function partsOf(items: readonly BatchItem[]): BatchItem[][] {
  const byList = groupBy(items, ({ list }) => list);
  return LIST_NAMES.flatMap((name) => {
    const own = byList.get(name);
    return own ? [own] : [];
  });
}

async function concludeFailed(ports: Ports, ids: readonly string[], failure: Failure): Promise<void> {
  // What was called off before it began leaves the cards as they are.
  if (failure.code !== 'cancelled')
    await setFailed(
      ports,
      ids.map((keyId) => ({ keyId, failure })),
      null,
    );
  await announceFailure(ports, { keyId: '', keyName: '' }, failure);
}

async function conclude(
  ports: Ports,
  run: BatchRun,
  { done, left, tried }: Pick<Lists<BatchItem[], ListDone>, 'done' | 'left'> & { tried?: Cards },
): Promise<BatchOutcome> {
  const { batch, batchId } = run;
  const rows = done.flatMap(({ rows: own }) => own);
  const unfit = done.flatMap((list) => list.unfit);
  const keyIds = (left?.parts ?? []).flatMap((own) => own.map(({ keyId }) => keyId));
  const failure = left?.failure;
  const unsent = [
    ...batch.failed.map(({ facts, failure: own }) => ({ keyId: facts.id, failure: own })),
    ...rows.flatMap((row) =>
      row.kind === 'skipped' ? [{ keyId: row.keyId, failure: withoutCandidates(row.failure) }] : [],
    ),
    ...unfit.map((keyId) => ({ keyId, failure: { code: 'storage-full' } as const })),
    ...keyIds.flatMap((keyId) => (failure ? [{ keyId, failure }] : [])),
  ];
  // The same key twice: the card of the other one tells how it went.
  const told = unsent.filter(({ failure: { code } }) => code !== 'duplicate');
  await setFailed(ports, told, null);
  const served = tried ? wholeOf(ports, run, tried) : sum(done.map((list) => list.served));

  const total = batch.failed.length + rows.length + unfit.length + keyIds.length;
  const importId = done.some(({ wrote }) => wrote) ? batchId : '';
  const requests = tried && requestsOf(tried);
  const outcome = { kind: 'batch', served, total, importId, ...(requests && { requests }) } as const;
  await addNotice(ports, { keyId: null, keyName: '', outcome });
  return { kind: 'done', served, total, importId };
}

/** How many keys are served whole, as far as anybody knows. */
function wholeOf(ports: Ports, { facts }: BatchRun, cards: Cards): number {
  const now = ports.clock.now();
  return [...cards].filter(([id, card]) => isServedWhole(toldCard(card, facts.get(id), now))).length;
}

/** For how many keys a request was sent, and for how many it was answered through the key. */
function requestsOf(cards: Cards): { tried: number; answered: number } {
  const tallies = [...cards.values()].flatMap(({ chats }) => (chats && chats.tried > 0 ? [chats] : []));
  return { tried: tallies.length, answered: tallies.filter(({ answered }) => answered > 0).length };
}
