import type { Card } from '../../core/cliproxyapi/card';
import type { Failure } from '../../core/failure';
import type { ProviderFamily } from '../../core/cliproxyapi/lists/list-traits';
import { planBatches, type BatchItem, type BatchPlan, type BatchRow } from '../../core/import/plan-batch';
import { planImport } from '../../core/import/plan';
import { labelOf, servedModelsOf } from '../../core/cliproxyapi/provider';
import { fail, ok, type Result } from '../../core/result';
import { servedCount, type Proof } from '../../core/cliproxyapi/verdict';
import type { ConfigRead } from '../../targets/cliproxyapi/management';
import { applyChange, applyOnceMore, lostSince } from '../cliproxyapi/apply-change';
import { changeOf, holdsAll, joining, recordsOf, requestsOf } from './batch-change';
import type { Applied, ApplyFailure, ChangeJob } from '../change-job';
import { fewAtOnce } from '../few-at-once';
import { cardOf, keepUndo, markOf } from './card';
import { openRecords, secretsOnDevice, updateRecord, type NewRecord } from '../journal/journal';
import { batchHashes } from './open-batch';
import { listOf, type Management } from '../cliproxyapi/open-management';
import { prove, unasked } from '../cliproxyapi/prove';
import { restAfterWrite } from '../cliproxyapi/cooldown';
import type { World } from '../ports';
import type { BatchRun } from './batch-run';

/** Requests for the proofs that are in flight at once; each costs the proxy 70 ms. */
const PROOFS_AT_ONCE = 2;

/** The part of a batch that goes into one list. */
export interface ListOrder {
  family: ProviderFamily;
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
  moved?: ConfigRead;
}

interface Run extends BatchRun, ListOrder {
  /** The plan that passed last, and the records of its entries. */
  plan: BatchPlan;
  records: NewRecord[];
}

/** One list of a batch, from the agreed plan to the proofs. Call it under `holdProxy`. */
export async function importList(
  world: World,
  management: Management,
  batch: BatchRun,
  order: ListOrder,
): Promise<Result<ListDone, ListFailure>> {
  const { family, items } = order;
  const run: Run = {
    ...batch,
    ...order,
    plan: { family, rows: [], entries: [], providers: [] },
    records: [],
  };
  let list: ConfigRead | undefined;
  const ids = items.map(({ keyId }) => keyId);
  const onDevice = await Promise.all(ids.map((id) => secretsOnDevice(world, id)));
  const job: ChangeJob = {
    async decide(config) {
      list = config;
      const [plan] = planBatches(config, items);
      const [hash] = await batchHashes(world, plan ? [plan] : []);
      if (!plan || hash !== run.hash) return fail({ code: 'list-changed' });
      run.plan = plan;
      return ok(changeOf(plan));
    },
    holds: async (config) => {
      const here = listOf(config, family);
      return here.ok && holdsAll(run.plan, items, here.value);
    },
    async journal() {
      const { batchId, hash, started: at, facts } = run;
      run.records = recordsOf(world, run.plan, { batchId, hash, at, root: management.url.root, facts });
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
  const written = await writeAndProve(world, management, run, job);
  if (written.ok) return written;
  const { failure } = written.failure;
  return fail({ failure, ...(failure.code === 'list-changed' && list && { moved: list }) });
}

async function writeAndProve(
  world: World,
  management: Management,
  run: Run,
  job: ChangeJob,
): Promise<Result<ListDone, ApplyFailure>> {
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
async function proveAll(world: World, management: Management, run: Run, applied: Applied): Promise<Proofs> {
  const proofs: Proofs = new Map();
  const planned = run.plan.rows.flatMap((row) => (row.kind === 'planned' ? [row] : []));
  const requests = requestsOf(run.items);
  await run.show(
    planned.map(({ keyId }) => keyId),
    { stage: 'asking', served: 0, total: 0 },
  );
  const list = listOf(applied.config, run.family);
  await fewAtOnce(planned, PROOFS_AT_ONCE, async ({ keyId, plan }) => {
    // Where the provider stands now: others may have put theirs before it, or taken them away.
    const now = list.ok ? planImport(list.value, joining(requests.get(keyId)!, plan)) : list;
    const keyOnly = plan.expected.length === 0;
    const expected = now.ok && keyOnly ? servedModelsOf(now.value.after) : plan.expected;
    const proof =
      now.ok && list.ok
        ? await prove(world, management, {
            config: list.value,
            index: now.value.index,
            keyIndex: now.value.keyIndex,
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
  world: World,
  management: Management,
  run: Run,
  { wroteAt }: Applied,
  proofs: Proofs,
): Promise<ListDone> {
  const recordOfKey = new Map(
    run.records.flatMap((record) => (record.keyIds ?? []).map((keyId) => [keyId, record] as const)),
  );
  const cards = new Map<string, Card & { kind: 'proved' }>();
  for (const row of run.plan.rows) {
    if (row.kind === 'skipped') continue;
    const proof = proofs.get(row.keyId)!;
    const card = cardOf(proof, {
      importId: (wroteAt !== null && recordOfKey.get(row.keyId)?.id) || '',
      providerName: labelOf(row.plan.after),
      root: management.url.root,
      at: world.clock.now(),
      ...(await markOf(world, run.family, row.plan.after, row.plan.keyIndex)),
      ...(proof.keyOnly && { keyOnly: true }),
    });
    cards.set(row.keyId, await keepUndo(world, row.keyId, card));
  }
  await world.kept.change((document) => {
    for (const [keyId, card] of cards) document.cards[keyId] = card;
  });
  const served = [...cards.values()].filter(
    (card) => card.basis === 'registry' && card.served === card.total && card.total > 0 && !card.keyOnly,
  ).length;
  if (wroteAt !== null) await closeRecords(world, run, proofs, served > 0);
  return { rows: run.plan.rows, served, wrote: wroteAt !== null };
}

async function closeRecords(world: World, run: Run, proofs: Proofs, anyServed: boolean): Promise<void> {
  await restAfterWrite(world, anyServed);
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
