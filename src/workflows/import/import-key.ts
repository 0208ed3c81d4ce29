import type { Stage } from '../../core/cliproxyapi/card';
import type { ImportOutcome } from '../../core/import/opened';
import { ok } from '../../core/result';
import { findKey } from '../accounts/find-key';
import { revealKey } from '../accounts/reveal-key';
import type { ChangeJob } from '../change-job';
import { applyAndProve } from '../cliproxyapi/apply-and-prove';
import { changeProxy, failed } from '../cliproxyapi/change-proxy';
import type { Management } from '../cliproxyapi/open-management';
import { journalOne, secretsOnDevice } from '../journal/entry-records';
import type { Ports } from '../ports';
import { announceFailure, showRunning } from '../running';
import { agreedPlan } from './agreed-plan';
import { concludeImport } from './conclude-import';
import { importRecord } from './import-record';
import { requestFrom } from './import-request';
import type { ImportOrder, ImportRun } from './import-run';
import { planForView } from './plan-view';
import { proveImport } from './prove-import';

/**
 * One import, from the agreed plan to the proof. The card and a notice say how it ended; the reply is for the page that
 * is still open.
 */
export async function importKey(ports: Ports, order: ImportOrder): Promise<ImportOutcome> {
  const { keyId, draft, signal } = order;
  const importId = ports.ids.next();
  const started = ports.clock.now();
  const key = await findKey(ports, keyId);
  if (!key.ok) {
    await announceFailure(ports, { keyId, keyName: '' }, key.failure);
    return failed(key.failure);
  }
  const total = draft.models.length;
  const show = (stage: Stage | null, served = 0): Promise<void> =>
    showRunning(ports, keyId, stage && { importId, stage, served, total });
  return changeProxy<ImportOutcome>(
    ports,
    { show, signal, conclude: (outcome) => concludeImport(ports, key.value, importId, outcome) },
    (management) => runImport(ports, management, { ...order, importId, started, key: key.value, show }),
  );
}

async function runImport(ports: Ports, management: Management, run: ImportRun): Promise<ImportOutcome> {
  const text = await revealKey(ports, run.key);
  if (!text.ok) return failed(text.failure);
  const request = requestFrom(run.draft, run.key, text.value);
  if (!request.ok) return failed(request.failure);
  const agreed = agreedPlan(ports, run.draft.list, request.value, run.planHash);
  const record = (): ReturnType<typeof importRecord> => importRecord(run, agreed.plan(), management.url.root);
  const job: ChangeJob = {
    decide: agreed.decide,
    isApplied: agreed.isApplied,
    ...journalOne(ports, run.importId, record, await secretsOnDevice(ports, [run.keyId])),
    showStage: run.show,
    signal: run.signal,
  };
  const written = await applyAndProve<ImportOutcome>(ports, management, job, async (applied) =>
    ok(await proveImport(ports, management, run, agreed, job, applied)),
  );
  if (written.ok) return written.value;
  const { failure } = written.failure;
  const list = agreed.list();
  if (failure.code !== 'list-changed' || !list) return failed(failure);
  return { kind: 'replan', planned: await planForView(ports, list, request.value) };
}
