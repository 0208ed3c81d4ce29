import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { Failure } from '../../core/failures/failure';
import type { Settings } from '../../core/view/settings';
import type { BatchOptions } from '../../core/batch/batch';
import type { Stage } from '../../core/cliproxyapi/card';
import type { KeyFacts } from '../accounts/find-key';

/** A key of a batch, with its text and the models that its relay lists. */
export interface OpenedKey {
  facts: KeyFacts;
  text: string;
  names: string[];
  /** Listed too, but the relay does not let the key use them. */
  barred?: string[];
}

/** What the plans of an open batch rest on. */
export interface Batch {
  config: ProxyConfig;
  /** The alias rules that the user may choose, as they stood when it was opened. */
  settings: Settings | null;
  keys: OpenedKey[];
  /** Keys that cannot go along, and why. */
  failed: { facts: KeyFacts; failure: Failure }[];
}
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
  /** How many keys it is to write, in all lists. */
  planned: number;
  /** Shows a stage on the cards of these keys; null clears them. */
  show(keyIds: readonly string[], stage: Stage | null, done?: number, total?: number): Promise<void>;
}
