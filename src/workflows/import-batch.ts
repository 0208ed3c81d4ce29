import type { BatchOptions, BatchOutcome } from '../core/batch';
import type { Card, Running } from '../core/card';
import type { Failure } from '../core/failure';
import { planBatch, type BatchItem, type BatchPlan } from '../core/plan-batch';
import { nameOf, servedModelsOf } from '../core/provider';
import { fail, ok, type Result } from '../core/result';
import { servedCount, type Proof } from '../core/verdict';
import type { JournalRecord } from '../storage/schema';
import type { ConfigRead } from '../targets/cliproxyapi/management';
import { applyChange, applyOnceMore, holdProxy, lostSince } from './apply-change';
import { changeOf, holdsAll, joining, recordsOf, requestsOf } from './batch-change';
import { planImport } from '../core/plan-import';
import type { Applied, ApplyFailure, ChangeJob } from './change-job';
import { fewAtOnce } from './few-at-once';
import type { KeyFacts } from './find-key';
import { cardOf, keepUndo, rootInUse } from './import-card';
import { asFailure } from './plan-view';
import { openRecords, secretsOnDevice, updateRecord } from './journal';
import { batchHash, itemsOf, viewBatch, type Batch } from './open-batch';
import { openManagement, type Management } from './open-management';
import { prove, unasked } from './prove';
import { restAfterWrite } from './quiet';
import { addNotice, announceFailure, showRunning } from './running';
import type { World } from './world';

/** Requests for the proofs that are in flight at once; each costs the proxy 70 ms. */
const PROOFS_AT_ONCE = 2;

export interface BatchOrder {
  batchId: string;
  batch: Batch;
  options: BatchOptions;
  /** The plan that the user saw. */
  hash: string;
  signal: AbortSignal;
}

interface Run extends BatchOrder {
  facts: ReadonlyMap<string, KeyFacts>;
  started: number;
  /** The plan that passed last, and the records of its entries. */
  plan: BatchPlan;
  records: Omit<JournalRecord, 'before' | 'after'>[];
  show(keyIds: readonly string[], running: Omit<Running, 'importId'> | null): Promise<void>;
}

/**
 * Many keys, one write: read once, plan, write once, read back once, then every key is proved by itself. Each card says
 * how its key ended, one notice how the batch did.
 */
export async function importBatch(world: World, order: BatchOrder): Promise<BatchOutcome> {
  const { batchId, batch } = order;
  const run: Run = {
    ...order,
    facts: new Map(batch.keys.map(({ facts }) => [facts.id, facts])),
    started: world.clock.now(),
    plan: { rows: [], entries: [], providers: [] },
    records: [],
    show: (keyIds, running) => showRunning(world, keyIds, running && { ...running, importId: batchId }),
  };
  const ids = itemsOf(batch, batch.config, order.options).map(({ keyId }) => keyId);
  await world.pulse.keepAwake(true);
  await run.show(ids, { stage: 'waiting', served: 0, total: 0 });
  try {
    const outcome = await runBatch(world, run, ids);
    if (outcome.kind === 'failed') {
      const { failure } = outcome;
      const root = await rootInUse(world);
      await setFailed(
        world,
        root,
        ids.map((keyId) => ({ keyId, failure })),
      );
      await announceFailure(world, { keyId: '', keyName: '' }, failure);
    }
    return outcome;
  } finally {
    await run.show(ids, null);
    await world.pulse.keepAwake(false);
  }
}

const failed = (failure: Failure): BatchOutcome => ({ kind: 'failed', failure });

async function runBatch(world: World, run: Run, ids: readonly string[]): Promise<BatchOutcome> {
  const management = await openManagement(world);
  if (!management.ok) return failed(management.failure);
  let list: ConfigRead | undefined;
  const onDevice = await Promise.all(ids.map((id) => secretsOnDevice(world, id)));
  const itemsOn = (config: ConfigRead): BatchItem[] => itemsOf(run.batch, config, run.options);
  const job: ChangeJob = {
    async decide(config) {
      list = config;
      const plan = planBatch(config, itemsOn(config));
      if ((await batchHash(world, plan)) !== run.hash) return fail({ code: 'list-changed' });
      run.plan = plan;
      return ok(changeOf(plan));
    },
    holds: async (config) => holdsAll(run.plan, itemsOn(run.batch.config), config),
    async journal() {
      const { batchId, hash, started: at, facts } = run;
      run.records = recordsOf(world, run.plan, { batchId, hash, at, root: management.value.url.root, facts });
      const opened = run.plan.entries.map(({ before, after }, index) => ({
        record: run.records[index]!,
        before,
        after,
      }));
      return openRecords(world, opened, onDevice.every(Boolean));
    },
    mark: (phase) => Promise.all(run.records.map(({ id }) => updateRecord(world, id, { phase }))),
    stage: (stage) => run.show(ids, { stage, served: 0, total: 0 }),
    signal: run.signal,
  };
  const held = await holdProxy(world, management.value, run.signal, () =>
    writeAndProve(world, management.value, run, job),
  );
  if (!held.ok) return failed(held.failure);
  if (held.value.ok) return held.value.value;
  const { failure } = held.value.failure;
  if (failure.code !== 'list-changed' || !list) return failed(failure);
  run.batch.config = list;
  return { kind: 'replan', view: await viewBatch(world, run.batch, list, itemsOn(list)) };
}

async function writeAndProve(
  world: World,
  management: Management,
  run: Run,
  job: ChangeJob,
): Promise<Result<BatchOutcome, ApplyFailure>> {
  let applied = await applyChange(world, management, job);
  for (let turn = 0; applied.ok; turn++) {
    const proofs = await proveAll(world, management, run, applied.value);
    const lost = await lostSince(world, management, job, applied.value.wroteAt);
    if (!lost.ok) {
      await job.mark('needs-look');
      return fail({ failure: lost.failure, written: 'maybe' });
    }
    if (!lost.value) return ok(await conclude(world, management, run, applied.value, proofs));
    if (turn > 0) {
      await job.mark('not-written');
      return fail({ failure: { code: 'not-saved' }, written: 'no' });
    }
    applied = await applyOnceMore(world, management, job, lost.value);
  }
  return applied;
}

type Proofs = Map<string, Proof & { keyOnly: boolean }>;

/** Asks for every key by itself, a few at a time. What could not be asked is known as that, and can be asked again. */
async function proveAll(
  world: World,
  management: Management,
  run: Run,
  { config }: Applied,
): Promise<Proofs> {
  const proofs: Proofs = new Map();
  const planned = run.plan.rows.flatMap((row) => (row.kind === 'planned' ? [row] : []));
  const requests = requestsOf(itemsOf(run.batch, run.batch.config, run.options));
  await run.show(
    planned.map(({ keyId }) => keyId),
    { stage: 'asking', served: 0, total: 0 },
  );
  await fewAtOnce(planned, PROOFS_AT_ONCE, async ({ keyId, plan }) => {
    // Where the provider stands now: others may have put theirs before it, or taken them away.
    const now = planImport(config, joining(requests.get(keyId)!, plan));
    const keyOnly = plan.expected.length === 0;
    const expected = now.ok && keyOnly ? servedModelsOf(now.value.after) : plan.expected;
    const proof = now.ok
      ? await prove(world, management, {
          config,
          index: now.value.index,
          keyIndex: now.value.keyIndex,
          expected,
          signal: run.signal,
          progress: async () => undefined,
        })
      : now;
    proofs.set(keyId, { ...(proof.ok ? proof.value : unasked(expected)), keyOnly });
    await run.show([keyId], null);
  });
  return proofs;
}

async function conclude(
  world: World,
  management: Management,
  run: Run,
  { wroteAt }: Applied,
  proofs: Proofs,
): Promise<BatchOutcome> {
  const recordOfKey = new Map(
    run.records.flatMap((record) => (record.keyIds ?? []).map((keyId) => [keyId, record] as const)),
  );
  const cards = new Map<string, Card & { kind: 'proved' }>();
  for (const row of run.plan.rows) {
    if (row.kind === 'skipped') continue;
    cards.set(
      row.keyId,
      cardOf(proofs.get(row.keyId)!, {
        importId: (wroteAt !== null && recordOfKey.get(row.keyId)?.id) || '',
        providerName: nameOf(row.plan.after),
        root: management.url.root,
        at: world.clock.now(),
        ...(proofs.get(row.keyId)!.keyOnly && { keyOnly: true }),
      }),
    );
  }
  for (const [keyId, card] of cards) cards.set(keyId, await keepUndo(world, keyId, card));
  await world.kept.change((document) => {
    for (const [keyId, card] of cards) document.cards[keyId] = card;
  });
  await setFailed(world, management.url.root, skippedOf(run));
  const whole = [...cards.values()].filter(
    ({ served, total, basis, keyOnly }) => basis === 'registry' && served === total && total > 0 && !keyOnly,
  ).length;
  if (wroteAt !== null) {
    await restAfterWrite(world, whole > 0);
    const tookMs = world.clock.now() - run.started;
    for (const { id, keyIds = [] } of run.records) {
      const mine = keyIds.flatMap((keyId) => proofs.get(keyId) ?? []);
      const models = mine.flatMap((proof) => proof.models);
      await updateRecord(world, id, {
        phase: 'done',
        served: mine.every(({ basis }) => basis === 'registry') ? servedCount(models) : null,
        total: models.length,
        tookMs,
      });
    }
  }
  const total = run.batch.failed.length + run.plan.rows.length;
  const importId = wroteAt === null ? '' : run.batchId;
  await addNotice(world, {
    keyId: null,
    keyName: '',
    outcome: { kind: 'batch', served: whole, total, importId },
  });
  return { kind: 'done', served: whole, total };
}

/** The keys that could not go along, and why. */
const skippedOf = ({ batch, plan }: Run): { keyId: string; failure: Failure }[] => [
  ...batch.failed.map(({ facts, failure }) => ({ keyId: facts.id, failure })),
  ...plan.rows.flatMap((row) =>
    row.kind === 'skipped' ? [{ keyId: row.keyId, failure: asFailure(row.failure) }] : [],
  ),
];

async function setFailed(
  world: World,
  root: string,
  keys: readonly { keyId: string; failure: Failure }[],
): Promise<void> {
  const at = world.clock.now();
  await world.kept.change((document) => {
    for (const { keyId, failure } of keys) {
      // The same key twice: the card of the other one tells how it went.
      if (failure.code !== 'duplicate')
        document.cards[keyId] = { kind: 'failed', failure, importId: null, root, at };
    }
  });
}
