import { selectList } from '../../core/cliproxyapi/provider-list';
import type { ImportDraft } from '../../core/import/draft';
import type { ImportOutcome } from '../../core/import/opened';
import { planIdentity, planImport } from '../../core/import/plan';
import { ok, type Result } from '../../core/failures/result';
import type { ProviderRecord } from '../../storage/journal-schema';
import { findKey } from '../accounts/find-key';
import { revealKey } from '../accounts/reveal-key';
import { planHash } from '../cliproxyapi/plan-hash';
import { lookAtGroups } from '../connection/look-at-groups';
import { openManagement } from '../connection/open-management';
import { readPlannable } from '../connection/read-writable';
import { readProviderRecords } from '../history/journal';
import type { Ports } from '../ports';
import { announceFailure, failed } from '../running';
import { importKey } from './import-key';
import { requestFrom } from './import-request';
import { planForView } from './plan-view';

type Finished = ImportOutcome & { draft?: ImportDraft };

/**
 * Finishes an import that was cut off before it was written. If the list still gives the very plan that the user saw,
 * it is carried out; otherwise the new plan is shown.
 */
export async function finishImport(ports: Ports, importId: string, signal: AbortSignal): Promise<Finished> {
  const records = await readProviderRecords(ports);
  const record = records.ok ? records.value.find(({ id }) => id === importId) : undefined;
  // One of a batch: its own import is shown anew.
  if (record?.batch) return { kind: 'replan', planned: failed({ code: 'list-changed' }) };
  const [keyId, keyName] = [record?.key.id ?? '', record?.key.name ?? ''];
  const draft = record?.draft;
  if (!draft)
    return announceFailure(
      ports,
      { keyId, keyName },
      records.ok ? { code: 'unknown-item' } : records.failure,
    );
  const replan = await planAgain(ports, record, draft, signal);
  if (!replan.ok) return announceFailure(ports, { keyId, keyName }, replan.failure);
  return replan.value ?? importKey(ports, { keyId, draft, planHash: record.planHash, signal });
}

/** The new plan for the dialog; undefined: it is the one that the user saw. */
async function planAgain(
  ports: Ports,
  record: ProviderRecord,
  draft: ImportDraft,
  signal: AbortSignal,
): Promise<Result<Finished | undefined>> {
  const key = await findKey(ports, record.key.id ?? '');
  if (!key.ok) return key;
  const management = await openManagement(ports);
  if (!management.ok) return management;
  const text = await revealKey(ports, key.value);
  if (!text.ok) return text;
  const request = requestFrom(draft, key.value, text.value);
  if (!request.ok) return request;
  const config = await readPlannable(management.value, lookAtGroups, signal);
  if (!config.ok) return config;
  const list = selectList(config.value, draft.list);
  if (!list.ok) return list;
  const plan = planImport(list.value, request.value);
  const isSame =
    plan.ok &&
    !record.draftTrimmed &&
    (await planHash(ports, config.value, planIdentity(plan.value))) === record.planHash;
  if (isSame) return ok(undefined);
  return ok({
    kind: 'replan',
    planned: await planForView(ports, config.value, list.value, request.value),
    draft,
  });
}
