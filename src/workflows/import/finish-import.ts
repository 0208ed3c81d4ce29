import { planImport } from '../../core/import/plan';
import type { Failure } from '../../core/failure';
import { listNameOf, type ImportDraft } from '../../core/import/draft';
import type { ImportOutcome } from '../../core/import/opened';
import { findKey } from '../accounts/find-key';
import { importKey } from './import-key';
import { requestFrom } from './import-request';
import { selectList } from '../../core/cliproxyapi/provider-list';
import { openManagement } from '../cliproxyapi/open-management';
import { planForView, planHash } from './plan-view';
import { revealKey } from '../accounts/reveal-key';
import { announceFailure } from '../running';
import type { JournalRecord } from '../../storage/schema';
import type { Ports } from '../ports';

/**
 * Finishes an import that was cut off before it was written. If the list still gives the very plan that the user saw,
 * it is carried out; otherwise the new plan is shown.
 */
export async function finishImport(ports: Ports, importId: string, signal: AbortSignal): Promise<Finished> {
  const journal = await ports.journal.read();
  const record = journal.ok
    ? journal.value.records.find((candidate) => candidate.id === importId)
    : undefined;
  // One of a batch: its own import is shown anew.
  if (record?.batch)
    return { kind: 'replan', planned: { kind: 'failed', failure: { code: 'list-changed' } } };
  if (!record?.draft) {
    const failure: Failure = journal.ok ? { code: 'unknown-item' } : journal.failure;
    await announceFailure(ports, { keyId: record?.keyId ?? '', keyName: record?.keyName ?? '' }, failure);
    return { kind: 'failed', failure };
  }
  const prepared = await prepare(ports, record, record.draft, signal);
  if (prepared.kind === 'failed') {
    await announceFailure(ports, { keyId: record.keyId, keyName: record.keyName }, prepared.failure);
  }
  if (prepared.kind !== 'go') return prepared;
  return importKey(ports, { keyId: record.keyId, draft: record.draft, planHash: record.planHash, signal });
}

type Finished = ImportOutcome & { draft?: ImportDraft };

async function prepare(
  ports: Ports,
  record: JournalRecord,
  draft: ImportDraft,
  signal: AbortSignal,
): Promise<Exclude<Finished, { kind: 'proved' }> | { kind: 'go' }> {
  const key = await findKey(ports, record.keyId);
  if (!key.ok) return { kind: 'failed', failure: key.failure };
  const management = await openManagement(ports);
  if (!management.ok) return { kind: 'failed', failure: management.failure };
  const text = await revealKey(ports, key.value);
  if (!text.ok) return { kind: 'failed', failure: text.failure };
  const request = requestFrom(draft, key.value, text.value);
  if (!request.ok) return { kind: 'failed', failure: request.failure };
  const config = await management.value.read(signal);
  if (!config.ok) return { kind: 'failed', failure: config.failure };
  const list = selectList(config.value, listNameOf(draft));
  if (!list.ok) return { kind: 'failed', failure: list.failure };
  const plan = planImport(list.value, request.value);
  const same = plan.ok && !record.draftTrimmed && (await planHash(ports, plan.value)) === record.planHash;
  if (!same) {
    return { kind: 'replan', planned: await planForView(ports, list.value, request.value), draft };
  }
  return { kind: 'go' };
}
