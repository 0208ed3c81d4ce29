import * as v from 'valibot';
import type { BatchOptions } from '../batch/batch';
import type { ImportDraft } from '../import/draft';

/** What was chosen in an import before it is opened (again). */
export interface ImportChoice {
  full?: boolean;
  change?: Partial<ImportDraft>;
  /** The other CLIProxyAPIs that are ticked, by their ids. */
  also?: readonly string[];
}

/** The same for an import of many keys. */
export interface BatchChoice {
  keyIds: readonly string[];
  options: BatchOptions;
  also: readonly string[];
}

/** Only pages look into it. The worker keeps it as it came, and checks drafts and options when they are sent to it. */
const kept = <T>() => v.optional(v.custom<T>(() => true));

/** What a page says of a step that it may not live to take. */
export const INTENT = {
  kind: v.picklist(['import', 'test', 'account', 'channel']),
  /** Key or account; for `channel` the key that is to become one; empty where `batch` names many. */
  id: v.string(),
  /** The host that was asked for, as a match pattern; empty when the user was sent to the settings. */
  pattern: v.string(),
  chosen: kept<ImportChoice>(),
  batch: kept<BatchChoice>(),
};

export const intentSchema = v.object({
  ...INTENT,
  /** Of the CLIProxyAPI that the page looked at; absent: the first. */
  proxyId: v.optional(v.string()),
  at: v.number(),
});
export type Intent = v.InferOutput<typeof intentSchema>;
