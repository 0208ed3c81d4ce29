import { withoutUser } from '../../core/base-url';
import { labelOf } from '../../core/cliproxyapi/provider';
import { listNameOf } from '../../core/import/draft';
import type { ImportPlan } from '../../core/import/plan';
import { NEW_RECORD, type NewRecord } from '../journal/journal';
import type { ImportRun } from './import-run';

/** What the journal says of an import of one key. Of its options the secret ones are left out. */
export function importRecord(run: ImportRun, plan: ImportPlan, proxyRoot: string): NewRecord {
  const { headers, proxyUrl, ...options } = run.draft.options;
  const baseUrl = withoutUser(run.draft.baseUrl);
  return {
    ...NEW_RECORD,
    id: run.importId,
    at: run.started,
    action: 'import',
    keyId: run.keyId,
    keyName: run.key.name,
    mask: run.key.mask,
    relayName: run.key.relayName,
    proxyRoot,
    providerName: labelOf(plan.after),
    list: listNameOf(run.draft),
    changes: plan.changes,
    planHash: run.planHash,
    draft: { ...run.draft, baseUrl, options },
    draftTrimmed: headers !== undefined || proxyUrl !== undefined || baseUrl !== run.draft.baseUrl,
    total: plan.expected.length,
  };
}
