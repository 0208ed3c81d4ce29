import type { BatchOptions } from '../../core/import/batch';
import type { Stage } from '../../core/cliproxyapi/card';
import type { KeyFacts } from '../accounts/find-key';
import type { Batch } from './open-batch';

export interface BatchOrder {
  batchId: string;
  batch: Batch;
  options: BatchOptions;
  /** The plan that the user saw: a hash for each list, joined by dots. */
  hash: string;
  signal: AbortSignal;
}

/** One batch under way. */
export interface BatchRun extends BatchOrder {
  facts: ReadonlyMap<string, KeyFacts>;
  started: number;
  /** Shows a stage on the cards of these keys; null clears them. */
  show(keyIds: readonly string[], stage: Stage | null): Promise<void>;
}
