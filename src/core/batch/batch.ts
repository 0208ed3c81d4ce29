import type * as v from 'valibot';
import type { FileNotice } from '../connection/file-notice';
import type { Failure } from '../failures/failure';
import type { ListName } from '../cliproxyapi/lists/list-traits';
import type { PlanSum } from '../import/plan-sum';
import type { batchOptionsSchema } from './batch-options';

/** Only the type: pages know the options without the checker. */
export type BatchOptions = v.InferOutput<typeof batchOptionsSchema>;
/** What is set for one key; absent: as for all. */
export type BatchRowOptions = BatchOptions['rows'][string];

export const BATCH_DEFAULTS: BatchOptions = {
  perKey: false,
  apart: false,
  priority: '',
  prefix: '',
  proxyUrl: '',
  rows: {},
  tryChat: false,
  without: [],
};

export interface BatchKey {
  keyId: string;
  name: string;
  mask: string;
  isNew: boolean;
}

/** One provider of the plan, without any key text. */
export interface BatchProvider {
  kind: 'create' | 'update' | 'unchanged';
  list: ListName;
  name: string;
  baseUrl: string;
  keys: BatchKey[];
  /** Models that are added to it. */
  models: number;
  /** Its keys are not offered the same models: some will be refused for some of them. */
  differs: boolean;
  /** Switched off, so that nothing of it is served. */
  disabled: boolean;
}

/** What a batch will do, as pages see it. */
export interface BatchView {
  providers: BatchProvider[];
  /** Keys of one relay may have one name: the mask tells them apart. */
  skipped: { keyId: string; name: string; mask: string; failure: Failure }[];
  /** Names that requests will be shared for, with which providers. */
  pooled: { names: number; others: string[] };
  /** Chosen models that were left out, since requests for them would go elsewhere. */
  leftOut: number;
  /** Models that the alias rules drop. */
  dropped: number;
  /** Models that are not taken, since one key brings no more, and the keys that list them. */
  beyond: { models: number; names: string[] };
  /** Models that a relay lists and does not let a key use. */
  barred: string[];
  /** Lists whose language the relays of these keys do not speak, or may not speak. */
  languages?: { kind: 'unspoken' | 'unsure'; list: ListName; names: string[] }[];
  /** What to know of config.yaml; absent: nothing. */
  file?: FileNotice[];
  /** What it comes to, over all lists that it is about. */
  sum: PlanSum;
  /** Keys that will be written or are there already. */
  keys: number;
  /** Nothing has to be written. */
  unchanged: boolean;
  hash: string;
}

export type BatchOutcome =
  /** `importId`: undoes all of it; empty where nothing was written. */
  | { kind: 'done'; served: number; total: number; importId: string }
  /** The list changed since: nothing was written, this is the new plan. */
  | { kind: 'replan'; view: BatchView }
  | { kind: 'failed'; failure: Failure };

/** How an order ended, once the plan was agreed to. */
export type BatchEnd = Exclude<BatchOutcome, { kind: 'replan' }>;
