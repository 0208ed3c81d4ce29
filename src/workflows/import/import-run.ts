import type { Stage } from '../../core/cliproxyapi/card';
import type { ImportDraft } from '../../core/import/draft';
import type { KeyFacts } from '../accounts/find-key';

export interface ImportOrder {
  keyId: string;
  draft: ImportDraft;
  /** The plan that the user saw. */
  planHash: string;
  signal: AbortSignal;
}

/** One import under way. */
export interface ImportRun extends ImportOrder {
  importId: string;
  started: number;
  key: KeyFacts;
  show(stage: Stage | null, served?: number): Promise<void>;
}
