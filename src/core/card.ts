import { z } from 'zod/mini';
import { failureSchema } from './failure-schema';
import type { NotServedReason } from './verdict';

const missingModelSchema = z.object({
  name: z.string(),
  alias: z.string(),
  reason: z.custom<NotServedReason>((value) => typeof value === 'string'),
  by: z.optional(z.string()),
});

const chatTallySchema = z.object({
  tried: z.number(),
  answered: z.number(),
  /** Answered through the proxy, but by another key of the same pool. */
  byOther: z.number(),
  /** Answered, and the proxy did not say through which key (before 7.2.84). */
  byUnknown: z.number(),
  /** The first that failed: where, and with which status (0: no answer). */
  failed: z.nullable(z.object({ alias: z.string(), at: z.enum(['relay', 'proxy']), status: z.number() })),
});
export type ChatTally = z.infer<typeof chatTallySchema>;

/** How the last import of a key ended, as its card says it. */
export const cardSchema = z.union([
  z.object({
    kind: z.literal('proved'),
    importId: z.string(),
    providerName: z.string(),
    served: z.number(),
    total: z.number(),
    basis: z.enum(['registry', 'listed', 'none']),
    missing: z.array(missingModelSchema),
    /** None of the chosen models was taken: it is about those that the provider had already. */
    keyOnly: z.optional(z.boolean()),
    /** Real requests, when the user asked for them. */
    chats: z.optional(chatTallySchema),
    /** The CLIProxyAPI that it is about: at another one it says nothing. */
    root: z.string(),
    at: z.number(),
  }),
  z.object({
    kind: z.literal('failed'),
    failure: failureSchema,
    importId: z.nullable(z.string()),
    root: z.string(),
    at: z.number(),
  }),
  z.object({
    kind: z.literal('interrupted'),
    importId: z.string(),
    finding: z.enum(['not-written', 'needs-look', 'unread']),
    root: z.string(),
    at: z.number(),
  }),
]);
export type Card = z.infer<typeof cardSchema>;

export const runningSchema = z.object({
  importId: z.string(),
  stage: z.enum(['listing', 'waiting', 'reading', 'writing', 'reading-back', 'asking']),
  served: z.number(),
  total: z.number(),
});
export type Running = z.infer<typeof runningSchema>;

export const noticeSchema = z.object({
  id: z.string(),
  at: z.number(),
  keyId: z.nullable(z.string()),
  keyName: z.string(),
  outcome: z.union([
    z.object({
      kind: z.literal('served'),
      served: z.number(),
      total: z.number(),
      importId: z.string(),
      keyOnly: z.optional(z.boolean()),
    }),
    z.object({
      kind: z.literal('partly'),
      served: z.number(),
      total: z.number(),
      importId: z.string(),
      reason: z.custom<NotServedReason>((value) => typeof value === 'string'),
      by: z.optional(z.string()),
    }),
    /** Many keys with one write: how many of them are served whole. The undo takes all of them back. */
    z.object({ kind: z.literal('batch'), served: z.number(), total: z.number(), importId: z.string() }),
    z.object({ kind: z.literal('undone'), providerName: z.string() }),
    z.object({ kind: z.literal('listed'), total: z.number(), importId: z.string() }),
    z.object({ kind: z.literal('interrupted'), finding: z.enum(['not-written', 'needs-look']) }),
    z.object({ kind: z.literal('failed'), failure: failureSchema }),
  ]),
});
export type Notice = z.infer<typeof noticeSchema>;

export const intentSchema = z.object({
  kind: z.enum(['import', 'test', 'account']),
  /** Key or account. */
  id: z.string(),
  /** The host that was asked for, as a match pattern; empty when the user was sent to the settings. */
  pattern: z.string(),
  at: z.number(),
});
export type Intent = z.infer<typeof intentSchema>;
