import type { Failure } from '../core/failure';
import { refOf } from '../core/find-provider';
import type { ImportOutcome } from '../core/opened-import';
import { planImport, type ImportPlan, type ImportRequest } from '../core/plan-import';
import { nameOf } from '../core/provider';
import { fail, ok, type Result } from '../core/result';
import { servedCount, type Proof } from '../core/verdict';
import type { Card, Running } from '../core/card';
import type { ImportDraft } from '../core/import-draft';
import type { JournalRecord } from '../storage/schema';
import type { ConfigRead } from '../targets/cliproxyapi/management';
import { applyChange, restAfterWrite, type EntryChange } from './apply-change';
import { findKey, type KeyFacts } from './find-key';
import { requestFrom } from './import-request';
import { recordAfter, updateRecord } from './journal';
import { openManagement, type Management } from './open-management';
import { asFailure, planForView, planHash } from './plan-view';
import { prove, unasked } from './prove';
import { revealKey } from './reveal-key';
import { addNotice, showRunning } from './running';
import { tryChats } from './try-chats';
import type { World } from './world';

export interface ImportOrder {
  keyId: string;
  draft: ImportDraft;
  /** The plan that the user saw. */
  planHash: string;
  signal: AbortSignal;
}

/**
 * One import, from the agreed plan to the proof. Every end is said by the card and by a notice; the reply is for the
 * page that is still open.
 */
export async function importKey(world: World, order: ImportOrder): Promise<ImportOutcome> {
  const importId = world.ids.next();
  const started = world.clock.now();
  const key = await findKey(world, order.keyId);
  if (!key.ok) return { kind: 'failed', failure: key.failure };
  const show = (stage: Running['stage'], served = 0): Promise<void> =>
    showRunning(world, order.keyId, { importId, stage, served, total: order.draft.models.length });
  await world.pulse.keepAwake(true);
  await show('waiting');
  try {
    const outcome = await runImport(world, { ...order, importId, started, key: key.value, show });
    await concludeImport(world, key.value, importId, outcome);
    return outcome;
  } finally {
    await showRunning(world, order.keyId, null);
    await world.pulse.keepAwake(false);
  }
}

interface Run extends ImportOrder {
  importId: string;
  started: number;
  key: KeyFacts;
  show(stage: Running['stage'], served?: number): Promise<void>;
}

async function runImport(world: World, run: Run): Promise<ImportOutcome> {
  const failed = (failure: Failure): ImportOutcome => ({ kind: 'failed', failure });
  const management = await openManagement(world);
  if (!management.ok) return failed(management.failure);
  const text = await revealKey(world, run.key);
  if (!text.ok) return failed(text.failure);
  const request = requestFrom(run.draft, run.key, text.value);
  if (!request.ok) return failed(request.failure);
  const planner = agreedPlanner(world, request.value, run.planHash);
  const applied = await applyChange(world, management.value, {
    id: run.importId,
    decide: planner.decide,
    holds: async (config) => isDone(config, joining(request.value, planner.last()!)),
    record: () => recordOf(run, planner.last()!, management.value),
    secretsOnDevice: await secretsOnDevice(world, run.key),
    stage: (stage) => run.show(stage),
    signal: run.signal,
  });
  if (!applied.ok) {
    const { failure } = applied.failure;
    if (failure.code !== 'list-changed' || !planner.fresh()) return failed(failure);
    return { kind: 'replan', planned: await planForView(world, planner.fresh()!, request.value) };
  }
  return proveImport(world, management.value, run, joining(request.value, planner.last()!), applied.value);
}

/** Plans on the list of the moment, and only passes a plan that is the one the user saw. */
function agreedPlanner(
  world: Pick<World, 'hash'>,
  request: ImportRequest,
  agreed: string,
): {
  decide(config: ConfigRead, placement: 'end' | 'start'): Promise<Result<EntryChange | null>>;
  last(): ImportPlan | undefined;
  fresh(): ConfigRead | undefined;
} {
  let last: ImportPlan | undefined;
  let fresh: ConfigRead | undefined;
  return {
    async decide(config, placement) {
      fresh = config;
      const plan = planImport(config, request);
      if (!plan.ok) {
        const shown = plan.failure.code === 'several-matches' || plan.failure.code === 'match-gone';
        return fail(shown ? { code: 'list-changed' } : asFailure(plan.failure));
      }
      if ((await planHash(world, plan.value)) !== agreed) return fail({ code: 'list-changed' });
      const placed = placement === 'end' ? plan : planImport(config, request, placement);
      last = placed.ok ? placed.value : plan.value;
      return ok(last.kind === 'unchanged' ? null : { ...last, kind: last.kind });
    },
    last: () => last,
    fresh: () => fresh,
  };
}

/** Planning again on what was read back must say that nothing is left to do. */
function isDone(config: ConfigRead, request: ImportRequest): boolean {
  const plan = planImport(config, request);
  return plan.ok && plan.value.kind === 'unchanged';
}

/** The same request, about the very provider that the plan made or joined. */
const joining = (request: ImportRequest, plan: ImportPlan): ImportRequest => ({
  ...request,
  target: { kind: 'join', ref: refOf(plan.after, plan.index) },
});

async function secretsOnDevice(world: World, key: KeyFacts): Promise<boolean> {
  const kept = await world.kept.read();
  return kept.ok && kept.value.connection?.remember === 'device' && key.source.kind === 'manual';
}

function recordOf(
  run: Run,
  plan: ImportPlan,
  management: Management,
): Omit<JournalRecord, 'before' | 'after'> {
  const { headers, proxyUrl, ...open } = run.draft.options;
  return {
    id: run.importId,
    at: run.started,
    action: 'import',
    phase: 'writing',
    keyId: run.keyId,
    keyName: run.key.name,
    mask: run.key.mask,
    relayName: run.key.relayName,
    proxyRoot: management.url.root,
    providerName: nameOf(plan.after),
    changes: plan.changes,
    planHash: run.planHash,
    draft: { ...run.draft, options: open },
    draftTrimmed: headers !== undefined || proxyUrl !== undefined,
    served: null,
    total: plan.expected.length,
    tookMs: null,
    undoneAt: null,
  };
}

async function proveImport(
  world: World,
  management: Management,
  run: Run,
  request: ImportRequest,
  applied: { config: ConfigRead; wrote: boolean },
): Promise<ImportOutcome> {
  const { config, wrote } = applied;
  const plan = planImport(config, request);
  if (!plan.ok) return { kind: 'failed', failure: asFailure(plan.failure) };
  if (wrote) await recordAfter(world, run.importId, plan.value.after);
  await run.show('asking');
  const proof = await prove(world, management, {
    config,
    index: plan.value.index,
    keyIndex: plan.value.keyIndex,
    expected: plan.value.expected,
    signal: run.signal,
    progress: (served) => run.show('asking', served),
  });
  if (!proof.ok && proof.failure.code === 'collapsed') return { kind: 'failed', failure: proof.failure };
  // What was written is written, whatever kept the proxy from being asked: that is said, and can be asked again.
  const found: Proof = proof.ok ? proof.value : unasked(plan.value.expected);
  const served = found.basis === 'registry' ? servedCount(found.models) : null;
  const chats = run.draft.tryChat
    ? await tryChats(world, management, {
        config,
        place: plan.value,
        models: found.models,
        signal: run.signal,
      })
    : undefined;
  if (wrote) {
    await restAfterWrite(world, Boolean(served));
    const tookMs = world.clock.now() - run.started;
    await updateRecord(world, run.importId, {
      phase: 'done',
      served,
      total: plan.value.expected.length,
      tookMs,
    });
  }
  const card = cardOf(found, wrote ? run.importId : '', nameOf(plan.value.after), world.clock.now());
  return { kind: 'proved', card: chats && card.kind === 'proved' ? { ...card, chats } : card };
}

/** At most so many models that are not served are named on a card. */
const MOST_MISSING = 50;

export function cardOf(proof: Proof, importId: string, providerName: string, at: number): Card {
  const missing = proof.models.filter((model) => !model.served);
  return {
    kind: 'proved',
    importId,
    providerName,
    served: proof.models.length - missing.length,
    total: proof.models.length,
    basis: proof.basis,
    missing: missing.slice(0, MOST_MISSING).map(({ name, alias, reason = 'unknown', by }) => ({
      name,
      alias,
      reason,
      ...(by !== undefined && { by }),
    })),
    at,
  };
}

/** Puts the end on the card and into a notice. A new plan is shown, not announced: nothing has ended. */
async function concludeImport(
  world: World,
  key: KeyFacts,
  importId: string,
  outcome: ImportOutcome,
): Promise<void> {
  if (outcome.kind === 'replan') return;
  const at = world.clock.now();
  const card: Card =
    outcome.kind === 'proved'
      ? await keepUndo(world, key.id, outcome.card)
      : { kind: 'failed', failure: outcome.failure, importId, at };
  await world.kept.change((document) => {
    document.cards[key.id] = card;
  });
  await addNotice(world, { keyId: key.id, keyName: key.name, outcome: noticeOf(outcome, importId) });
}

/** An import that had nothing to write leaves the earlier one to be undone. */
async function keepUndo(world: World, keyId: string, card: Card): Promise<Card> {
  if (card.kind !== 'proved' || card.importId) return card;
  const kept = await world.kept.read();
  const before = kept.ok ? kept.value.cards[keyId] : undefined;
  return { ...card, importId: before?.kind === 'proved' ? before.importId : '' };
}

function noticeOf(
  outcome: Exclude<ImportOutcome, { kind: 'replan' }>,
  importId: string,
): Parameters<typeof addNotice>[1]['outcome'] {
  if (outcome.kind === 'failed') {
    const written = outcome.failure.code === 'outcome-unknown' || outcome.failure.code === 'save-failed';
    return { kind: 'failed', failure: outcome.failure, written };
  }
  const { card } = outcome;
  if (card.kind !== 'proved') throw new Error('a proved import has a proved card');
  const { served, total, missing, basis } = card;
  const [first] = missing;
  if (first) {
    const { reason, by } = first;
    return { kind: 'partly', served, total, importId, reason, ...(by !== undefined && { by }) };
  }
  return basis === 'registry'
    ? { kind: 'served', served, total, importId }
    : { kind: 'listed', total, importId };
}
