import type { Card } from '../../core/cliproxyapi/card';
import type { Failure } from '../../core/failure';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { planBatches, type BatchItem, type BatchPlan, type BatchRow } from '../../core/import/plan-batch';
import { planImport } from '../../core/import/plan';
import { labelOf, servedModelsOf } from '../../core/cliproxyapi/provider';
import { fail, ok, type Result } from '../../core/result';
import { servedCount, type Proof } from '../../core/cliproxyapi/verdict';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { applyChange, applyOnceMore, lostSince } from '../cliproxyapi/apply-change';
import { changeOf, holdsAll, joining, recordsOf, requestsOf } from './batch-change';
import type { Applied, ApplyFailure, ChangeJob } from '../change-job';
import { fewAtOnce } from '../few-at-once';
import { cardOf, keepUndo, markOf } from './card';
import { openEntryRecords, secretsOnDevice, type NewRecord } from '../journal/entry-records';
import { updateRecord, updateRecords } from '../journal/journal';
import { batchHashes } from './open-batch';
import { selectList } from '../../core/cliproxyapi/provider-list';
import { type Management } from '../cliproxyapi/open-management';
import { prove, unasked } from '../cliproxyapi/prove';
import { restAfterWrite } from '../cliproxyapi/cooldown';
import type { Ports } from '../ports';
import type { BatchRun } from './batch-run';

/** Requests for the proofs that are in flight at once; each costs the proxy 70 ms. */
const PROOFS_AT_ONCE = 2;

/** The part of a batch that goes into one list. */
export interface ListOrder {
  list: ListName;
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

interface Run extends BatchRun, ListOrder {
  /** The plan that passed last, and the records of its entries. */
  plan: BatchPlan;
  records: NewRecord[];
}

/** One list of a batch, from the agreed plan to the proofs. Call it under `holdProxy`. */
export async function importList(
  ports: Ports,
  management: Management,
  batch: BatchRun,
  order: ListOrder,
): Promise<Result<ListDone, ListFailure>> {
  const { list: name, items } = order;
  const run: Run = {
    ...batch,
    ...order,
    plan: { list: name, rows: [], entries: [], providers: [] },
    records: [],
  };
  let last: ProxyConfig | undefined;
  const ids = items.map(({ keyId }) => keyId);
  const onDevice = await secretsOnDevice(ports, ids);
  const job: ChangeJob = {
    async decide(config) {
      last = config;
      const [plan] = planBatches(config, items);
      const [hash] = await batchHashes(ports, plan ? [plan] : []);
      if (!plan || hash !== run.hash) return fail({ code: 'list-changed' });
      run.plan = plan;
      return ok(changeOf(plan));
    },
    isApplied: async (config) => {
      const here = selectList(config, name);
      return here.ok && holdsAll(run.plan, items, here.value);
    },
    async journal() {
      const { batchId, hash, started: at, facts } = run;
      run.records = recordsOf(ports, run.plan, { batchId, hash, at, root: management.url.root, facts });
      const opened = run.plan.entries.map(({ before, after }, index) => ({
        record: run.records[index]!,
        before,
        after,
      }));
      return openEntryRecords(ports, opened, onDevice);
    },
    setPhase: (phase) => updateRecords(ports, new Map(run.records.map(({ id }) => [id, { phase }]))),
    showStage: (stage) => run.show(ids, { stage, served: 0, total: 0 }),
    signal: run.signal,
  };
  const written = await writeAndProve(ports, management, run, job);
  if (written.ok) return written;
  const { failure } = written.failure;
  return fail({ failure, ...(failure.code === 'list-changed' && last && { moved: last }) });
}

async function writeAndProve(
  ports: Ports,
  management: Management,
  run: Run,
  job: ChangeJob,
): Promise<Result<ListDone, ApplyFailure>> {
  let applied = await applyChange(ports, management, job);
  for (let turn = 0; applied.ok; turn++) {
    const proofs = await proveAll(ports, management, run, applied.value);
    const lost = await lostSince(ports, management, job, applied.value.wroteAt);
    if (!lost.ok) {
      await job.setPhase('needs-look');
      return fail({ failure: lost.failure, written: 'maybe' });
    }
    if (!lost.value) return ok(await conclude(ports, management, run, applied.value, proofs));
    if (turn > 0) {
      await job.setPhase('not-written');
      return fail({ failure: { code: 'not-saved' }, written: 'no' });
    }
    applied = await applyOnceMore(ports, management, job, lost.value);
  }
  return applied;
}

type Proofs = Map<string, Proof & { keyOnly: boolean }>;

/** Asks for every key by itself, a few at a time. What could not be asked is known as that, and can be asked again. */
async function proveAll(ports: Ports, management: Management, run: Run, applied: Applied): Promise<Proofs> {
  const proofs: Proofs = new Map();
  const planned = run.plan.rows.flatMap((row) => (row.kind === 'planned' ? [row] : []));
  const requests = requestsOf(run.items);
  await run.show(
    planned.map(({ keyId }) => keyId),
    { stage: 'asking', served: 0, total: 0 },
  );
  const list = selectList(applied.config, run.list);
  await fewAtOnce(planned, PROOFS_AT_ONCE, async ({ keyId, plan }) => {
    // Where the provider stands now: others may have put theirs before it, or taken them away.
    const now = list.ok ? planImport(list.value, joining(requests.get(keyId)!, plan)) : list;
    const keyOnly = plan.expected.length === 0;
    const expected = now.ok && keyOnly ? servedModelsOf(now.value.after) : plan.expected;
    const proof =
      now.ok && list.ok
        ? await prove(ports, management, {
            config: applied.config,
            place: { ...list.value, index: now.value.index, keyIndex: now.value.keyIndex },
            expected,
            signal: run.signal,
            progress: async () => undefined,
          })
        : fail(undefined);
    proofs.set(keyId, { ...(proof.ok ? proof.value : unasked(expected)), keyOnly });
    await run.show([keyId], null);
  });
  return proofs;
}

async function conclude(
  ports: Ports,
  management: Management,
  run: Run,
  { wroteAt }: Applied,
  proofs: Proofs,
): Promise<ListDone> {
  const recordOfKey = new Map(
    run.records.flatMap((record) => record.keyIds.map((keyId) => [keyId, record] as const)),
  );
  const cards = new Map<string, Card & { kind: 'proved' }>();
  for (const row of run.plan.rows) {
    if (row.kind === 'skipped') continue;
    const proof = proofs.get(row.keyId)!;
    const card = cardOf(proof, {
      importId: (wroteAt !== null && recordOfKey.get(row.keyId)?.id) || '',
      providerName: labelOf(row.plan.after),
      root: management.url.root,
      at: ports.clock.now(),
      ...(await markOf(ports, run.list, row.plan.after, row.plan.keyIndex)),
      ...(proof.keyOnly && { keyOnly: true }),
    });
    cards.set(row.keyId, await keepUndo(ports, row.keyId, card));
  }
  await ports.saved.change((document) => {
    for (const [keyId, card] of cards) document.cards[keyId] = card;
  });
  const served = [...cards.values()].filter(
    (card) => card.basis === 'registry' && card.served === card.total && card.total > 0 && !card.keyOnly,
  ).length;
  if (wroteAt !== null) await closeRecords(ports, run, proofs, served > 0);
  return { rows: run.plan.rows, served, wrote: wroteAt !== null };
}

async function closeRecords(ports: Ports, run: Run, proofs: Proofs, anyServed: boolean): Promise<void> {
  await restAfterWrite(ports, anyServed);
  const tookMs = ports.clock.now() - run.started;
  for (const { id, keyIds = [] } of run.records) {
    const mine = keyIds.flatMap((keyId) => proofs.get(keyId) ?? []);
    const models = mine.flatMap((proof) => proof.models);
    await updateRecord(ports, id, {
      phase: 'done',
      served: mine.every(({ basis }) => basis === 'registry') ? servedCount(models) : null,
      total: models.length,
      tookMs,
    });
  }
}
