import * as v from 'valibot';
import { failureSchema } from '../failures/failure-schema';
import { LIST_NAMES } from './lists/list-traits';
import type { NotServedReason } from './verdict';

const why = {
  reason: v.custom<NotServedReason>((value) => typeof value === 'string'),
  by: v.optional(v.string()),
};
const tally = { served: v.number(), total: v.number() };
const outcome = { ...tally, importId: v.string() };
/** The CLIProxyAPI that a card is about: at another one it says nothing. */
const about = { root: v.string(), at: v.number() };

const chatTallySchema = v.object({
  tried: v.number(),
  answered: v.number(),
  /** Answered through the proxy, but by another key of the same pool. */
  byOther: v.number(),
  /** Answered, and the proxy did not say through which key (before 7.2.84). */
  byUnknown: v.number(),
  /** The first that failed: where, and with which status (0: no answer). */
  failed: v.nullable(v.object({ alias: v.string(), at: v.picklist(['relay', 'proxy']), status: v.number() })),
  /** Not tried: only the browser could have sent them, and it may not reach this host. */
  untried: v.optional(v.object({ count: v.number(), host: v.string() })),
});
export type ChatTally = v.InferOutput<typeof chatTallySchema>;

export const provedCardSchema = v.object({
  kind: v.literal('proved'),
  ...outcome,
  ...about,
  providerName: v.string(),
  list: v.picklist(LIST_NAMES),
  /** The fingerprint of the key as CLIProxyAPI has it. */
  print: v.optional(v.string()),
  basis: v.picklist(['registry', 'listed', 'none']),
  missing: v.array(v.object({ name: v.string(), alias: v.string(), ...why })),
  /** None of the chosen models was taken: the card is about those that the provider had already. */
  keyOnly: v.optional(v.boolean()),
  /** Whether the relay speaks the language of the list is not known: only a request proves more than the registry. */
  unsure: v.optional(v.boolean()),
  /** Real requests, when the user asked for them. */
  chats: v.optional(chatTallySchema),
});

/** How the last import of a key ended, as its card says it. */
export const cardSchema = v.union([
  provedCardSchema,
  v.object({ kind: v.literal('failed'), failure: failureSchema, importId: v.nullable(v.string()), ...about }),
  v.object({
    kind: v.literal('interrupted'),
    importId: v.string(),
    finding: v.picklist(['not-written', 'needs-look', 'unread']),
    ...about,
  }),
]);
export type Card = v.InferOutput<typeof cardSchema>;

export const runningSchema = v.object({
  importId: v.string(),
  stage: v.picklist(['listing', 'waiting', 'reading', 'writing', 'reading-back', 'asking', 'trying']),
  ...tally,
});
export type Running = v.InferOutput<typeof runningSchema>;
export type Stage = Running['stage'];

export const noticeSchema = v.object({
  /** Of the CLIProxyAPI where it happened. */
  proxyId: v.optional(v.string()),
  id: v.string(),
  at: v.number(),
  keyId: v.nullable(v.string()),
  keyName: v.string(),
  outcome: v.union([
    v.object({
      kind: v.literal('served'),
      ...outcome,
      keyOnly: v.optional(v.boolean()),
      /** Each model answered a real request. */
      byRequest: v.optional(v.boolean()),
    }),
    v.object({ kind: v.literal('partly'), ...outcome, ...why }),
    /** Many keys with one write: how many of them are served whole. The undo takes all of them back. */
    v.object({
      kind: v.literal('batch'),
      ...outcome,
      /** Real requests, when the user asked for them: for so many keys, of which so many answered. */
      requests: v.optional(v.object({ tried: v.number(), answered: v.number() })),
    }),
    v.object({
      kind: v.literal('undone'),
      providerName: v.string(),
      edit: v.optional(v.boolean()),
      /** What others changed there since stays. */
      oursOnly: v.optional(v.boolean()),
      /** Of several: so many of so many, and why the others were not. */
      count: v.optional(v.number()),
      of: v.optional(v.number()),
      failure: v.optional(failureSchema),
    }),
    /** A provider was changed, or is gone. */
    v.object({ kind: v.literal('edited'), importId: v.string(), removed: v.boolean() }),
    /** A scheduled sync found something: in so many channels; of `added` it added the new models. */
    v.object({
      kind: v.literal('synced'),
      newApiId: v.string(),
      channels: v.number(),
      failed: v.number(),
      added: v.number(),
    }),
    v.object({
      kind: v.literal('listed'),
      total: v.number(),
      importId: v.string(),
      /** The registry lists them for this key; whether the relay speaks the list's language is not known. */
      unsure: v.optional(v.boolean()),
    }),
    v.object({
      kind: v.literal('interrupted'),
      finding: v.picklist(['not-written', 'needs-look']),
      edit: v.optional(v.boolean()),
    }),
    v.object({ kind: v.literal('failed'), failure: failureSchema }),
  ]),
});
export type Notice = v.InferOutput<typeof noticeSchema>;
