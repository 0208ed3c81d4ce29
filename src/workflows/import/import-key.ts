import { withoutUser } from '../../core/base-url';
import type { Running } from '../../core/cliproxyapi/card';
import type { Failure } from '../../core/failure';
import type { ImportDraft } from '../../core/import/draft';
import type { ImportOutcome } from '../../core/import/opened';
import { planImport, type ImportPlan } from '../../core/import/plan';
import { labelOf, servedModelsOf } from '../../core/cliproxyapi/provider';
import { fail, ok, type Result } from '../../core/result';
import { servedCount, type Proof } from '../../core/cliproxyapi/verdict';
import { agreedPlan, type AgreedPlan } from './agreed-plan';
import { applyChange, applyOnceMore, withProxyLock, lostSince } from '../cliproxyapi/apply-change';
import type { Applied, ApplyFailure, ChangeJob } from '../change-job';
import { findKey, keyRefOf, type KeyFacts } from '../accounts/find-key';
import { cardOf, concludeImport, markOf } from './card';
import { requestFrom } from './import-request';
import { NEW_RECORD, journalOne, secretsOnDevice, type NewRecord } from '../journal/entry-records';
import { updateRecord } from '../journal/journal';
import { selectList } from '../../core/cliproxyapi/provider-list';
import { openManagement, type Management } from '../cliproxyapi/open-management';
import { withoutCandidates, planForView } from './plan-view';
import { prove, unasked } from '../cliproxyapi/prove';
import { restAfterWrite } from '../cliproxyapi/cooldown';
import { revealKey } from '../accounts/reveal-key';
import { announceFailure, showRunning } from '../running';
import { tryChats } from '../cliproxyapi/try-chats';
import type { Ports } from '../ports';

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
export async function importKey(ports: Ports, order: ImportOrder): Promise<ImportOutcome> {
  const importId = ports.ids.next();
  const started = ports.clock.now();
  const key = await findKey(ports, order.keyId);
  if (!key.ok) {
    await announceFailure(ports, { keyId: order.keyId, keyName: '' }, key.failure);
    return failed(key.failure);
  }
  const show = (stage: Running['stage'], served = 0): Promise<void> =>
    showRunning(ports, order.keyId, { importId, stage, served, total: order.draft.models.length });
  await ports.keepAlive.set(true);
  await show('waiting');
  try {
    const outcome = await runImport(ports, { ...order, importId, started, key: key.value, show });
    await concludeImport(ports, key.value, importId, outcome);
    return outcome;
  } finally {
    await showRunning(ports, order.keyId, null);
    await ports.keepAlive.set(false);
  }
}

interface Run extends ImportOrder {
  importId: string;
  started: number;
  key: KeyFacts;
  show(stage: Running['stage'], served?: number): Promise<void>;
}

const failed = (failure: Failure): ImportOutcome => ({ kind: 'failed', failure });

async function runImport(ports: Ports, run: Run): Promise<ImportOutcome> {
  const management = await openManagement(ports);
  if (!management.ok) return failed(management.failure);
  const text = await revealKey(ports, run.key);
  if (!text.ok) return failed(text.failure);
  const request = requestFrom(run.draft, run.key, text.value);
  if (!request.ok) return failed(request.failure);
  const agreed = agreedPlan(ports, run.draft.list, request.value, run.planHash);
  const job: ChangeJob = {
    decide: agreed.decide,
    isApplied: async (config) => agreed.holds(config),
    ...journalOne(
      ports,
      run.importId,
      () => recordOf(run, agreed.plan(), management.value),
      await secretsOnDevice(ports, [run.keyId]),
    ),
    showStage: (stage) => run.show(stage),
    signal: run.signal,
  };
  const held = await withProxyLock(ports, management.value, run.signal, () =>
    importUnderLock(ports, management.value, run, agreed, job),
  );
  if (!held.ok) return failed(held.failure);
  if (held.value.ok) return held.value.value;
  const { failure } = held.value.failure;
  const list = agreed.list();
  if (failure.code !== 'list-changed' || !list) return failed(failure);
  return { kind: 'replan', planned: await planForView(ports, list, request.value) };
}

/** Writes, proves, and writes once more if a reload took the write back between the two. */
async function importUnderLock(
  ports: Ports,
  management: Management,
  run: Run,
  agreed: AgreedPlan,
  job: ChangeJob,
): Promise<Result<ImportOutcome, ApplyFailure>> {
  const applied = await applyChange(ports, management, job);
  if (!applied.ok) return applied;
  const first = await proveImport(ports, management, run, agreed, job, applied.value);
  if (first.kind !== 'lost') return ok(first);
  const again = await applyOnceMore(ports, management, job, first.config);
  if (!again.ok) return again;
  const second = await proveImport(ports, management, run, agreed, job, again.value);
  if (second.kind !== 'lost') return ok(second);
  await updateRecord(ports, run.importId, { phase: 'not-written' });
  return fail({ failure: { code: 'not-saved' }, written: 'no' });
}

function recordOf(run: Run, plan: ImportPlan, management: Management): NewRecord {
  const { headers, proxyUrl, ...open } = run.draft.options;
  const baseUrl = withoutUser(run.draft.baseUrl);
  return {
    ...NEW_RECORD,
    id: run.importId,
    at: run.started,
    action: 'import',
    key: keyRefOf(run.key),
    keyIds: [run.keyId],
    relayName: run.key.relayName,
    proxyRoot: management.url.root,
    providerName: labelOf(plan.after),
    list: run.draft.list,
    changes: plan.changes,
    planHash: run.planHash,
    draft: { ...run.draft, baseUrl, options: open },
    draftTrimmed: headers !== undefined || proxyUrl !== undefined || baseUrl !== run.draft.baseUrl,
    total: plan.expected.length,
  };
}

type Proved = ImportOutcome | { kind: 'lost'; config: Applied['config'] };

async function proveImport(
  ports: Ports,
  management: Management,
  run: Run,
  agreed: AgreedPlan,
  job: ChangeJob,
  applied: Applied,
): Promise<Proved> {
  const { wroteAt } = applied;
  const list = selectList(applied.config, run.draft.list);
  if (!list.ok) return failed(list.failure);
  const plan = planImport(list.value, agreed.joining());
  if (!plan.ok) return failed(withoutCandidates(plan.failure));
  const { index, keyIndex, after } = plan.value;
  // A key that brings no model of its own is proved by what the provider serves.
  const keyOnly = plan.value.expected.length === 0;
  const expected = keyOnly ? servedModelsOf(after) : plan.value.expected;
  await run.show('asking');
  const place = { ...list.value, index, keyIndex };
  const { config } = applied;
  let last = config;
  const stays = async (since: number | null): Promise<Result<boolean>> => {
    const lost = await lostSince(ports, management, job, since);
    if (!lost.ok) return lost;
    last = lost.value ?? last;
    return ok(lost.value === undefined);
  };
  const asked = await prove(ports, management, {
    config,
    place,
    expected,
    signal: run.signal,
    progress: (served) => run.show('asking', served),
    stillThere: () => stays(0),
  });
  const stayed = asked.ok ? await stays(wroteAt) : asked;
  if (stayed.ok ? !stayed.value : stayed.failure.code === 'not-saved') return { kind: 'lost', config: last };
  const proof = stayed.ok ? asked : stayed;
  if (!proof.ok && proof.failure.code === 'collapsed') {
    await updateRecord(ports, run.importId, { phase: 'needs-look' });
    return failed(proof.failure);
  }
  // What was written is written, whatever kept the proxy from being asked: that is said, and can be asked again.
  const found: Proof = proof.ok ? proof.value : unasked(expected);
  const chats = run.draft.tryChat
    ? await tryChats(ports, management, { config, place, models: found.models, signal: run.signal })
    : undefined;
  if (wroteAt !== null) await closeRecord(ports, run, found);
  const card = cardOf(found, {
    importId: wroteAt !== null ? run.importId : '',
    providerName: labelOf(after),
    root: management.url.root,
    at: ports.clock.now(),
    ...(await markOf(ports, run.draft.list, after, keyIndex)),
    ...(keyOnly && { keyOnly }),
  });
  return { kind: 'proved', card: chats ? { ...card, chats } : card };
}

async function closeRecord(ports: Ports, run: Run, found: Proof): Promise<void> {
  const served = found.basis === 'registry' ? servedCount(found.models) : null;
  await restAfterWrite(ports, Boolean(served));
  const tookMs = ports.clock.now() - run.started;
  await updateRecord(ports, run.importId, { phase: 'done', served, total: found.models.length, tookMs });
}
