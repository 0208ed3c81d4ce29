import type { Failure } from '../../core/failures/failure';
import { keepUndo, recordedProof, type ProvedCard } from '../../core/cliproxyapi/proved-card';
import { isServedWhole } from '../../core/cliproxyapi/served-whole';
import { selectList } from '../../core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { planImport } from '../../core/import/plan';
import type { BatchItem, BatchPlan, BatchRow } from '../../core/batch/plan-batch';
import { joining } from '../../core/import/planned-again';
import { provedBy } from '../../core/import/proved-by';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Agreed } from '../cliproxyapi/agreed';
import { applyAndProve, lostAfter, type Proved } from '../cliproxyapi/apply-change';
import type { Applied, ApplyFailure, ChangeJob } from '../cliproxyapi/change-job';
import { restAfterWrite } from '../cliproxyapi/cooldown';
import type { Management } from '../connection/open-management';
import { proveKey, unprovedCard } from '../cliproxyapi/prove-key';
import { fewAtOnce } from '../few-at-once';
import { openEntryRecords, secretsOnDevice } from '../history/entry-records';
import { updateRecord, updateRecords } from '../history/journal';
import type { Ports } from '../ports';
import { toldCard } from '../view/told-card';
import { agreedBatch } from './agreed-batch';
import { recordsOf, type BatchRecord } from './batch-records';
import type { BatchRun } from './batch-run';

/** Requests for the proofs that are in flight at once; each costs the proxy 70 ms. */
const PROOFS_AT_ONCE = 2;

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

interface ListFailure {
  failure: Failure;
  /** The list as it is now, if it is why. */
  moved?: ProxyConfig;
}

interface Run extends BatchRun {
  agreed: Agreed<BatchPlan>;
  /** Of the last try: opened when its plan had passed. */
  records: BatchRecord[];
}

/** One list of a batch, from the agreed plan to the proofs. Call it in `changeProxy`. */
export async function importList(
  ports: Ports,
  management: Management,
  batch: BatchRun,
  { items, hash }: ListOrder,
): Promise<Result<ListDone, ListFailure>> {
  const agreed = agreedBatch(ports, items, hash);
  const run: Run = { ...batch, agreed, records: [] };
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
  run: Run,
  applied: Applied,
): Promise<Result<Proved<ListDone>, ApplyFailure>> {
  const cards = await proveAll(job, run, applied);
  const lost = await lostAfter(job, applied);
  if (!lost.ok) return lost;
  if (lost.value) return ok({ kind: 'lost', config: lost.value });
  return ok({ kind: 'stays', value: await conclude(job.ports, run, applied, cards) });
}

type Cards = ReadonlyMap<string, ProvedCard>;
type PlannedRow = Extract<BatchRow, { kind: 'planned' }>;

/** Asks about every key by itself, a few at a time. A key that could not be asked about can be asked about again. */
async function proveAll(job: ChangeJob, run: Run, applied: Applied): Promise<Cards> {
  const cards = new Map<string, ProvedCard>();
  const rows = run.agreed.plan().rows.filter((row): row is PlannedRow => row.kind === 'planned');
  await run.show(
    rows.map(({ keyId }) => keyId),
    'asking',
  );
  await fewAtOnce(rows, PROOFS_AT_ONCE, async (row) => {
    cards.set(row.keyId, await proveRow(job, run, applied, row));
    await run.show([row.keyId], null);
  });
  return cards;
}

async function proveRow(
  { ports, management }: ChangeJob,
  run: Run,
  { config, wroteAt }: Applied,
  { keyId, request, plan }: PlannedRow,
): Promise<ProvedCard> {
  const { list: name, providers } = run.agreed.plan();
  const mine = run.records.find(({ record }) => record.keyIds.includes(keyId));
  const importId = wroteAt !== null && mine ? mine.record.id : '';
  const list = selectList(config, name);
  // Where the provider is now: others may have put theirs before it, or taken them away.
  const now = list.ok ? planImport(list.value, joining(request, plan)) : list;
  if (list.ok && now.ok) {
    const { index, keyIndex, after } = now.value;
    const place = { ...list.value, index, keyIndex };
    const key = { place, ...provedBy(plan, after), key: run.facts.get(keyId), importId };
    const asked = { ...key, config, signal: run.signal, progress: async (): Promise<void> => undefined };
    const card = await proveKey(ports, management, asked);
    return card.ok ? card.value : unprovedCard(ports, management, key);
  }
  const place = { list: name, providers, index: plan.index, keyIndex: plan.keyIndex };
  return unprovedCard(ports, management, { place, expected: plan.expected, importId });
}

async function conclude(ports: Ports, run: Run, { wroteAt }: Applied, cards: Cards): Promise<ListDone> {
  await ports.saved.change((document) => {
    for (const [keyId, card] of cards) document.cards[keyId] = keepUndo(card, document.cards[keyId]);
  });
  const now = ports.clock.now();
  const told = new Map([...cards].map(([id, card]) => [id, toldCard(card, run.facts.get(id), now)]));
  const served = [...told.values()].filter(isServedWhole).length;
  if (wroteAt !== null) await closeRecords(ports, run, told, served > 0);
  return { rows: run.agreed.plan().rows, served, wrote: wroteAt !== null };
}

async function closeRecords(ports: Ports, run: Run, cards: Cards, anyServed: boolean): Promise<void> {
  await restAfterWrite(ports, anyServed);
  const tookMs = ports.clock.now() - run.started;
  for (const { record } of run.records) {
    const { id, keyIds } = record;
    const mine = keyIds.flatMap((keyId) => cards.get(keyId) ?? []);
    await updateRecord(ports, id, { phase: 'done', ...recordedProof(mine), tookMs });
  }
}
