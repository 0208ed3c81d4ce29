import type { Stage } from '../../core/cliproxyapi/card';
import type { ImportOutcome } from '../../core/import/opened';
import { ok } from '../../core/failures/result';
import { findKey } from '../accounts/find-key';
import { revealKey } from '../accounts/reveal-key';
import { applyAndProve } from '../cliproxyapi/apply-change';
import { journalOne, type ChangeJob } from '../cliproxyapi/change-job';
import { changeProxy } from '../cliproxyapi/change-proxy';
import type { Management } from '../connection/open-management';
import { secretsOnDevice, type NewRecord } from '../history/entry-records';
import type { Ports } from '../ports';
import { announceFailure, failed, stagesOf } from '../running';
import { agreedPlan } from './agreed-plan';
import { concludeImport } from './conclude-import';
import { importRecord, type ImportOrder, type ImportRun } from './import-record';
import { requestFrom } from './import-request';
import { planDraft } from './plan-view';
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
  if (!key.ok) return announceFailure(ports, { keyId, keyName: '' }, key.failure);
  const stages = stagesOf(ports, keyId, importId);
  const show = (stage: Stage | null, served = 0): Promise<void> => stages(stage, served, draft.models.length);
  return changeProxy<ImportOutcome>(
    ports,
    { show, signal, conclude: (outcome) => concludeImport(ports, key.value, importId, outcome) },
    (management) => runImport(ports, management, { ...order, importId, started, key: key.value, show }),
  );
}

async function runImport(ports: Ports, management: Management, run: ImportRun): Promise<ImportOutcome> {
  const { key, keyId, draft, importId, show: showStage, signal } = run;
  const text = await revealKey(ports, key);
  if (!text.ok) return failed(text.failure);
  const request = requestFrom(draft, key, text.value);
  if (!request.ok) return failed(request.failure);
  const agreed = agreedPlan(ports, draft.list, request.value, run.planHash);
  const record = (): NewRecord => importRecord(run, agreed.plan(), management.url.root);
  const onDevice = await secretsOnDevice(ports, [keyId]);
  const journal = journalOne(ports, importId, record, onDevice);
  const job: ChangeJob = { ports, management, ...agreed, ...journal, showStage, signal };
  const written = await applyAndProve<ImportOutcome>(job, async (applied) =>
    ok(await proveImport(job, run, { request: request.value, agreed: agreed.plan() }, applied)),
  );
  if (written.ok) return written.value;
  const { failure } = written.failure;
  const config = agreed.config();
  if (failure.code !== 'list-changed' || !config) return failed(failure);
  return { kind: 'replan', planned: await planDraft(ports, config, draft, key, text.value) };
}
