import * as v from 'valibot';
import { LIST_NAMES, type ListName } from '../cliproxyapi/lists/list-traits';
import { mapOf } from '../shapes';

/** What the dialog asks for: everything of an import but the key itself. */
export const draftSchema = v.object({
  /** The list of CLIProxyAPI that the key goes into. */
  list: v.optional(v.picklist(LIST_NAMES)),
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
  nameModels: v.optional(v.boolean()),
  tryChat: v.boolean(),
});

export type ImportDraft = v.InferOutput<typeof draftSchema>;

/** The list that a draft is for; those of before there was a choice are for the common one. */
export const listNameOf = (draft: ImportDraft): ListName => draft.list ?? 'openai-compatibility';
