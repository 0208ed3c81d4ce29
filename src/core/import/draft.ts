import * as v from 'valibot';
import { LIST_NAMES } from '../cliproxyapi/lists/list-traits';
import { mapOf } from '../shapes';

/** What the dialog asks for: everything of an import but the key itself. */
export const draftSchema = v.object({
  /** The list of CLIProxyAPI that the key goes into. */
  list: v.picklist(LIST_NAMES),
  models: v.array(v.object({ name: v.string(), alias: v.string(), typed: v.boolean() })),
  baseUrl: v.string(),
  baseUrlTyped: v.boolean(),
  providerName: v.string(),
  target: v.union([
    v.object({ kind: v.literal('auto') }),
    v.object({ kind: v.literal('create') }),
    v.object({
      kind: v.literal('join'),
      ref: v.object({ index: v.number(), name: v.string(), baseUrl: v.string() }),
    }),
  ]),
  options: v.object({
    prefix: v.optional(v.string()),
    /** As typed; the planner refuses what is no whole number. */
    priority: v.optional(v.string()),
    proxyUrl: v.optional(v.string()),
    headers: v.optional(mapOf(v.string())),
  }),
  enable: v.boolean(),
  correctBaseUrl: v.boolean(),
  nameModels: v.boolean(),
  tryChat: v.boolean(),
});

export type ImportDraft = v.InferOutput<typeof draftSchema>;
