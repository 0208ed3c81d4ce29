import { keepUndo, recordedProof } from '../../core/cliproxyapi/proved-card';
import { isServedWhole } from '../../core/cliproxyapi/proved-card';
import { planBatches, type BatchItem, type BatchPlan, type BatchRow } from '../../core/batch/plan-batch';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { fail, ok, type Result } from '../../core/failures/result';
import { applyAndProve, lostAfter, type Proved } from '../cliproxyapi/apply-change';
import type { Applied, ApplyFailure, ChangeJob } from '../cliproxyapi/change-job';
import { restAfterWrite } from '../cliproxyapi/cooldown';
import type { Management } from '../connection/open-management';
import { openEntryRecords, secretsOnDevice } from '../history/entry-records';
import { dropRecords, updateRecords } from '../history/journal';
import type { Ports } from '../ports';
import { toldCard } from '../view/told-card';
import { agreedBatch } from './agreed-batch';
import { recordsOf, type BatchRecord } from './batch-records';
import type { BatchRun } from './batch-run';
import { batchHash } from './batch-view';
import { fittingKeys } from './fitting-keys';
import { proveRows, type Cards, type ListRun, type ProvedRow } from './prove-rows';
import type { ListFailure } from './write-lists';

/** The part of a batch that goes into one list. */
interface ListOrder {
  items: readonly BatchItem[];
  /** The plan that the user saw. */
  hash: string;
}

export interface ListDone {
  rows: BatchRow[];
  /** How many keys are served whole. */
  served: number;
  proved: ProvedRow[];
  wrote: boolean;
  /** Keys that storage has no room to record, so that nothing of them was sent. */
  unfit: string[];
}

/**
 * One list of a batch, from the agreed plan to the proofs. Where storage has no room for the records of all its keys, the
 * plan goes on without those that do not fit. Call it in `changeProxy`.
 */
export async function importList(
  ports: Ports,
  management: Management,
  batch: BatchRun,
  order: ListOrder,
): Promise<Result<ListDone, ListFailure>> {
  const first = await importPart(ports, management, batch, order);
  if (first.ok || !first.failure.unrecorded) return first;
  const { plan, config, hasRoom } = first.failure.unrecorded;
  const items = await fittingKeys(order.items, plan, hasRoom);
  const unfit = order.items.flatMap((item) => (items.includes(item) ? [] : [item.keyId]));
  const [part] = planBatches(config, items);
  if (!part) return ok({ rows: [], served: 0, proved: [], wrote: false, unfit });
  const hash = await batchHash(ports, config, part);
  const done = await importPart(ports, management, batch, { items, hash });
  return done.ok ? ok({ ...done.value, unfit }) : done;
}

/** A list of which nothing was sent, since storage has no room for its records. */
interface Unrecorded {
  plan: BatchPlan;
  config: ProxyConfig;
  hasRoom(items: BatchItem[]): Promise<boolean>;
}

async function importPart(
  ports: Ports,
  management: Management,
  batch: BatchRun,
  { items, hash }: ListOrder,
): Promise<Result<ListDone, ListFailure & { unrecorded?: Unrecorded }>> {
  const agreed = agreedBatch(ports, items, hash);
  const run: ListRun = { ...batch, agreed, records: [] };
  const ids = items.map(({ keyId }) => keyId);
  const onDevice = await secretsOnDevice(ports, ids);
  const recordsFor = (plan: BatchPlan): BatchRecord[] =>
    recordsOf(ports, plan, run, { hash, proxyRoot: management.url.root });
  const job: ChangeJob = {
    ports,
    management,
    ...agreed,
    journal() {
      run.records = recordsFor(agreed.plan());
      return openEntryRecords(ports, run.records, onDevice);
    },
    setPhase: (phase, unseen) =>
      updateRecords(ports, new Map(run.records.map(({ record }) => [record.id, { phase, unseen }]))),
    showStage: (stage) => run.show(ids, stage),
    signal: run.signal,
  };
  const written = await applyAndProve<ListDone>(job, (applied) => proveList(job, run, applied));
  if (written.ok) return written;
  const { failure } = written.failure;
  const config = agreed.config();
  if (config && failure.code === 'storage-full') {
    const hasRoom = async (some: BatchItem[]): Promise<boolean> => {
      const records = planBatches(config, some).flatMap(recordsFor);
      const opened = await openEntryRecords(ports, records, onDevice);
      if (opened.ok) await dropRecords(ports, new Set(records.map(({ record }) => record.id)));
      return opened.ok;
    };
    return fail({ failure, unrecorded: { plan: agreed.plan(), config, hasRoom } });
  }
  const moved = failure.code === 'list-changed' ? config : undefined;
  return fail({ failure, ...(moved && { moved }) });
}

async function proveList(
  job: ChangeJob,
  run: ListRun,
  applied: Applied,
): Promise<Result<Proved<ListDone>, ApplyFailure>> {
  const proved = await proveRows(job, run, applied);
  const lost = await lostAfter(job, applied);
  if (!lost.ok) return lost;
  if (lost.value) return ok({ kind: 'lost', config: lost.value });
  return ok({ kind: 'stays', value: await conclude(job.ports, run, applied, proved) });
}

async function conclude(
  ports: Ports,
  run: ListRun,
  { wroteAt }: Applied,
  proved: ProvedRow[],
): Promise<ListDone> {
  const cards = new Map(proved.map(({ keyId, card }) => [keyId, card]));
  await ports.saved.change((document) => {
    for (const [keyId, card] of cards) document.cards[keyId] = keepUndo(card, document.cards[keyId]);
  });
  const now = ports.clock.now();
  const told = new Map([...cards].map(([id, card]) => [id, toldCard(card, run.facts.get(id), now)]));
  const served = [...told.values()].filter(isServedWhole).length;
  if (wroteAt !== null) await closeRecords(ports, run, told, served > 0);
  return { rows: run.agreed.plan().rows, served, proved, wrote: wroteAt !== null, unfit: [] };
}

async function closeRecords(ports: Ports, run: ListRun, cards: Cards, anyServed: boolean): Promise<void> {
  await restAfterWrite(ports, anyServed);
  const tookMs = ports.clock.now() - run.started;
  await updateRecords(
    ports,
    new Map(
      run.records.map(({ record: { id, keyIds } }) => {
        const mine = keyIds.flatMap((keyId) => cards.get(keyId) ?? []);
        return [id, { phase: 'done', ...recordedProof(mine), tookMs }];
      }),
    ),
  );
}
