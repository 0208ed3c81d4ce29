import type { Stage } from '../../core/cliproxyapi/card';
import type { EntriesEdit } from '../../core/entries/entry-edit';
import type { Chosen } from './chosen';

export interface EntriesOrder {
  editId: string;
  chosen: Chosen;
  order: EntriesEdit;
  /** The plan that the user saw: a hash for each list, joined by dots. */
  hash: string;
  signal: AbortSignal;
}

/** A change of many under way. */
export interface EntriesRun extends EntriesOrder {
  started: number;
  /** Shows a stage on the cards of these keys; null clears them. */
  show(keyIds: readonly string[], stage: Stage | null): Promise<void>;
}
