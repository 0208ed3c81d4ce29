import { isServedWhole, keepUndo, recordedProof } from '../../core/cliproxyapi/proved-card';
import { planBatches, type BatchItem, type BatchPlan, type BatchRow } from '../../core/batch/plan-batch';
import { ok } from '../../core/failures/result';
import type { Applied } from '../cliproxyapi/change-job';
import { restAfterWrite } from '../cliproxyapi/cooldown';
import type { ListJob } from '../cliproxyapi/joint-job';
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
import type { ListWork } from './write-lists';

export interface ListDone {
  rows: BatchRow[];
  /** How many keys are served whole. */
  served: number;
  proved: ProvedRow[];
  wrote: boolean;
  /** Keys that storage has no room to record, so that nothing of them was sent. */
  unfit: string[];
}

/** The part of a batch that goes into one list. */
interface ListOrder {
  items: readonly BatchItem[];
  /** The plan that the user saw. */
  hash: string;
  /** Keys of that plan that are left out, since storage has no room for their records. */
  unfit?: string[];
}

/**
 * One list of a batch, from the agreed plan to the proofs. Where storage has no room for the records of all its keys, the
 * plan goes on without those that do not fit.
 */
export async function importList(
  ports: Ports,
  management: Management,
  batch: BatchRun,
  { items, hash, unfit = [] }: ListOrder,
): Promise<ListWork<ListDone>> {
  const agreed = agreedBatch(ports, items, hash);
  const run: ListRun = { ...batch, agreed, records: [] };
  const ids = items.map(({ keyId }) => keyId);
  const onDevice = await secretsOnDevice(ports, ids);
  const recordsFor = (plan: BatchPlan): BatchRecord[] =>
    recordsOf(ports, plan, run, { hash, proxyRoot: management.url.root });
  const drop = (records: readonly BatchRecord[]) =>
    dropRecords(ports, new Set(records.map(({ record }) => record.id)));
  const job: ListJob = {
    ports,
    management,
    ...agreed,
    journal() {
      run.records = recordsFor(agreed.plan());
      return openEntryRecords(ports, run.records, onDevice);
    },
    dropJournal: () => drop(run.records),
    setPhase: (phase, unseen) =>
      updateRecords(ports, new Map(run.records.map(({ record }) => [record.id, { phase, unseen }]))),
    showStage: (stage) => run.show(ids, stage),
    signal: run.signal,
  };
  let proved: ProvedRow[] = [];
  return {
    job,
    async prove(applied) {
      proved = await proveRows(job, run, applied);
    },
    conclude: async (applied) => ({ ...(await conclude(ports, run, applied, proved)), unfit }),
    async instead({ code }) {
      const config = agreed.config();
      if (code !== 'storage-full' || !config || unfit.length > 0) return undefined;
      const hasRoom = async (some: BatchItem[]): Promise<boolean> => {
        const records = planBatches(config, some).flatMap(recordsFor);
        const opened = await openEntryRecords(ports, records, onDevice);
        if (opened.ok) await drop(records);
        return opened.ok;
      };
      const fitting = await fittingKeys(items, agreed.plan(), hasRoom);
      const left = ids.filter((id) => !fitting.some(({ keyId }) => keyId === id));
      const [part] = planBatches(config, fitting);
      if (!part) return nothing(job, left);
      const order = { items: fitting, hash: await batchHash(ports, config, part), unfit: left };
      return importList(ports, management, batch, order);
    },
  };
}

/** Storage has room for none of the keys. */
const nothing = (job: ListJob, unfit: string[]): ListWork<ListDone> => ({
  job: { ...job, decide: async () => ok(null) },
  conclude: async () => ({ rows: [], served: 0, proved: [], wrote: false, unfit }),
});

async function conclude(
  ports: Ports,
  run: ListRun,
  { wroteAt }: Applied,
  proved: ProvedRow[],
): Promise<Omit<ListDone, 'unfit'>> {
  const cards = new Map(proved.map(({ keyId, card }) => [keyId, card]));
  await ports.saved.change((document) => {
    for (const [keyId, card] of cards) document.cards[keyId] = keepUndo(card, document.cards[keyId]);
  });
  const now = ports.clock.now();
  const told = new Map([...cards].map(([id, card]) => [id, toldCard(card, run.facts.get(id), now)]));
  const served = [...told.values()].filter(isServedWhole).length;
  if (wroteAt !== null) await closeRecords(ports, run, told, served > 0);
  return { rows: run.agreed.plan().rows, served, proved, wrote: wroteAt !== null };
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
