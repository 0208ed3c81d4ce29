import { keepUndo, recordedProof } from '../../core/cliproxyapi/proved-card';
import { isServedWhole } from '../../core/cliproxyapi/served-whole';
import type { BatchItem, BatchRow } from '../../core/batch/plan-batch';
import { fail, ok, type Result } from '../../core/failures/result';
import { applyAndProve, lostAfter, type Proved } from '../cliproxyapi/apply-change';
import type { Applied, ApplyFailure, ChangeJob } from '../cliproxyapi/change-job';
import { restAfterWrite } from '../cliproxyapi/cooldown';
import type { Management } from '../connection/open-management';
import { openEntryRecords, secretsOnDevice } from '../history/entry-records';
import { updateRecords } from '../history/journal';
import type { Ports } from '../ports';
import { toldCard } from '../view/told-card';
import { agreedBatch } from './agreed-batch';
import { recordsOf } from './batch-records';
import type { BatchRun } from './batch-run';
import { proveRows, type Cards, type ListRun } from './prove-rows';
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
  wrote: boolean;
}

/** One list of a batch, from the agreed plan to the proofs. Call it in `changeProxy`. */
export async function importList(
  ports: Ports,
  management: Management,
  batch: BatchRun,
  { items, hash }: ListOrder,
): Promise<Result<ListDone, ListFailure>> {
  const agreed = agreedBatch(ports, items, hash);
  const run: ListRun = { ...batch, agreed, records: [] };
  const ids = items.map(({ keyId }) => keyId);
  const onDevice = await secretsOnDevice(ports, ids);
  const job: ChangeJob = {
    ports,
    management,
    ...agreed,
    journal() {
      run.records = recordsOf(ports, agreed.plan(), run, { hash, proxyRoot: management.url.root });
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
  const moved = failure.code === 'list-changed' ? agreed.config() : undefined;
  return fail({ failure, ...(moved && { moved }) });
}

async function proveList(
  job: ChangeJob,
  run: ListRun,
  applied: Applied,
): Promise<Result<Proved<ListDone>, ApplyFailure>> {
  const cards = await proveRows(job, run, applied);
  const lost = await lostAfter(job, applied);
  if (!lost.ok) return lost;
  if (lost.value) return ok({ kind: 'lost', config: lost.value });
  return ok({ kind: 'stays', value: await conclude(job.ports, run, applied, cards) });
}

async function conclude(ports: Ports, run: ListRun, { wroteAt }: Applied, cards: Cards): Promise<ListDone> {
  await ports.saved.change((document) => {
    for (const [keyId, card] of cards) document.cards[keyId] = keepUndo(card, document.cards[keyId]);
  });
  const now = ports.clock.now();
  const told = new Map([...cards].map(([id, card]) => [id, toldCard(card, run.facts.get(id), now)]));
  const served = [...told.values()].filter(isServedWhole).length;
  if (wroteAt !== null) await closeRecords(ports, run, told, served > 0);
  return { rows: run.agreed.plan().rows, served, wrote: wroteAt !== null };
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
