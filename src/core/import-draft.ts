import { z } from 'zod/mini';
import { mapOf } from './map-of';

/** What the dialog asks for: everything of an import but the key itself. */
export const draftSchema = z.object({
  models: z.array(z.object({ name: z.string(), alias: z.string(), typed: z.boolean() })),
  baseUrl: z.string(),
  baseUrlTyped: z.boolean(),
  providerName: z.string(),
  target: z.union([
    z.object({ kind: z.literal('auto') }),
    z.object({ kind: z.literal('create') }),
    z.object({
      kind: z.literal('join'),
      ref: z.object({ index: z.number(), name: z.string(), baseUrl: z.string() }),
    }),
  ]),
  options: z.object({
    prefix: z.optional(z.string()),
    /** As typed; the planner refuses what is no whole number. */
    priority: z.optional(z.string()),
    proxyUrl: z.optional(z.string()),
    headers: z.optional(mapOf(z.string())),
  }),
  enable: z.boolean(),
  correctBaseUrl: z.boolean(),
  tryChat: z.boolean(),
});

export type ImportDraft = z.infer<typeof draftSchema>;
