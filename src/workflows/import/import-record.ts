import { shownUrl } from '../../core/base-url';
import type { Stage } from '../../core/cliproxyapi/card';
import { labelOf } from '../../core/cliproxyapi/provider';
import type { ImportDraft } from '../../core/import/draft';
import type { ImportPlan } from '../../core/import/plan';
import { keyRefOf, type KeyFacts } from '../accounts/find-key';
import { NEW_RECORD, type NewRecord } from '../history/entry-records';

export interface ImportOrder {
  keyId: string;
  draft: ImportDraft;
  /** The plan that the user saw. */
  planHash: string;
  /** Shared by what is sent to several CLIProxyAPIs at once. */
  together?: string | undefined;
  signal: AbortSignal;
}

/** One import under way. */
export interface ImportRun extends ImportOrder {
  importId: string;
  started: number;
  key: KeyFacts;
  show(stage: Stage | null, served?: number): Promise<void>;
}

/** The journal's record of an import of one key, without its secret options. */
export function importRecord(run: ImportRun, plan: ImportPlan, proxyRoot: string): NewRecord {
  const { importId, started, key, keyId, draft, planHash, together = null } = run;
  const { headers, proxyUrl, ...options } = draft.options;
  const baseUrl = shownUrl(draft.baseUrl);
  return {
    ...NEW_RECORD,
    id: importId,
    at: started,
    batch: together,
    action: 'import',
    key: keyRefOf(key),
    keyIds: [keyId],
    relayName: key.relayName,
    proxyRoot,
    providerName: labelOf(plan.after),
    list: draft.list,
    changes: plan.changes,
    planHash,
    draft: { ...draft, baseUrl, options },
    draftTrimmed: headers !== undefined || proxyUrl !== undefined || baseUrl !== draft.baseUrl,
    total: plan.expected.length,
  };
}
