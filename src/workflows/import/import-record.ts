import { withoutUser } from '../../core/base-url';
import { labelOf } from '../../core/cliproxyapi/provider';
import type { ImportPlan } from '../../core/import/plan';
import { NEW_RECORD, type NewRecord } from '../journal/entry-records';
import { keyRefOf } from '../accounts/find-key';
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
    key: keyRefOf(run.key),
    keyIds: [run.keyId],
    relayName: run.key.relayName,
    proxyRoot,
    providerName: labelOf(plan.after),
    list: run.draft.list,
    changes: plan.changes,
    planHash: run.planHash,
    draft: { ...run.draft, baseUrl, options },
    draftTrimmed: headers !== undefined || proxyUrl !== undefined || baseUrl !== run.draft.baseUrl,
    total: plan.expected.length,
  };
}
