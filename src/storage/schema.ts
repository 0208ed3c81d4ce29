import { z } from 'zod/mini';
import { mapOf } from '../core/map-of';
import { cardSchema, intentSchema, noticeSchema, runningSchema } from '../core/card';
import { failureSchema } from '../core/failure-schema';
import { draftSchema } from '../core/import-draft';
import type { Change } from '../core/plan-changes';
import { ACCOUNT_FAMILIES } from '../core/relay-family';
import { settingsSchema } from '../core/settings';

/** Raised with every change of a shape below; each raise is one file in `migrations/` and one frozen example. */
export const STORAGE_VERSION = 1;

const connectionSchema = z.object({
  /** As the user typed it. */
  address: z.string(),
  remember: z.enum(['device', 'session']),
  /** Only with `remember: 'device'`. */
  managementKey: z.optional(z.string()),
  /** Refused keys since the last accepted one, as far as we sent them; the proxy bans at five. */
  refusals: z.object({ count: z.number(), at: z.number() }),
  /** After a 401 or 403 nothing is sent until the user changes the key or presses Test. */
  halted: z.nullable(failureSchema),
  /** What the last accepted look showed, to recognise a proxy that has lost its configuration. */
  seen: z.nullable(z.object({ proxyKeys: z.boolean(), entries: z.boolean() })),
  version: z.nullable(z.string()),
});
export type Connection = z.infer<typeof connectionSchema>;

const listedKeySchema = z.object({
  remoteId: z.number(),
  name: z.string(),
  mask: z.string(),
  group: z.string(),
  status: z.number(),
  expiredTime: z.number(),
  remainQuota: z.number(),
  usedQuota: z.number(),
  unlimitedQuota: z.boolean(),
  /** The only models that it may use; null: all. */
  models: z.optional(z.nullable(z.array(z.string()))),
});
export type ListedKey = z.infer<typeof listedKeySchema>;

const accountSchema = z.object({
  id: z.string(),
  family: z.enum(ACCOUNT_FAMILIES),
  name: z.string(),
  siteUrl: z.string(),
  accessToken: z.string(),
  userId: z.string(),
  unit: z.object({
    perUnit: z.number(),
    symbol: z.string(),
    rate: z.number(),
    kind: z.enum(['currency', 'points']),
  }),
  balance: z.nullable(z.number()),
  refreshedAt: z.nullable(z.number()),
  failure: z.nullable(failureSchema),
  keys: z.array(listedKeySchema),
  /** The relay has more keys than are listed here. */
  more: z.optional(z.boolean()),
});
export type Account = z.infer<typeof accountSchema>;

const manualKeySchema = z.object({
  id: z.string(),
  relayName: z.string(),
  baseUrl: z.string(),
  text: z.string(),
  addedAt: z.number(),
});
export type ManualKey = z.infer<typeof manualKeySchema>;

const labelSchema = z.object({ name: z.string(), note: z.string() });

export const keptSchema = z.object({
  settings: settingsSchema,
  connection: z.nullable(connectionSchema),
  accounts: z.array(accountSchema),
  keys: z.array(manualKeySchema),
  /** What the user calls a key and notes about it, by its id; the relay is not told. */
  labels: z.optional(mapOf(labelSchema)),
  cards: mapOf(cardSchema),
});
/** Kept on the device: settings, connection, accounts, keys. */
export type Kept = z.infer<typeof keptSchema>;

const journalRecordSchema = z.object({
  id: z.string(),
  at: z.number(),
  action: z.enum(['import', 'undo']),
  /** The import that an undo takes back. */
  undoes: z.nullable(z.string()),
  /** `writing` and `written` are open: the next start of the worker looks at what became of them. */
  phase: z.enum(['writing', 'written', 'done', 'not-written', 'needs-look', 'undone']),
  keyId: z.string(),
  /** All keys that one write brought, where there were several; they share the id of their batch. */
  keyIds: z.optional(z.array(z.string())),
  batch: z.optional(z.string()),
  keyName: z.string(),
  mask: z.string(),
  relayName: z.string(),
  proxyRoot: z.string(),
  providerName: z.string(),
  /** JSON texts of the entry with its secrets replaced by fingerprints; null: there was none. */
  before: z.nullable(z.string()),
  after: z.nullable(z.string()),
  changes: z.array(z.custom<Change>((value) => typeof value === 'object' && value !== null)),
  planHash: z.string(),
  draft: z.nullable(draftSchema),
  /** The draft held secrets (headers, a proxy) that were left out here. */
  draftTrimmed: z.boolean(),
  served: z.nullable(z.number()),
  total: z.nullable(z.number()),
  tookMs: z.nullable(z.number()),
  undoneAt: z.nullable(z.number()),
});
export type JournalRecord = z.infer<typeof journalRecordSchema>;

export const journalSchema = z.object({
  /** Makes fingerprints of this installation unlike those of any other. */
  salt: z.string(),
  records: z.array(journalRecordSchema),
  /** Fingerprint → secret, where the user lets keys live on the device. */
  secrets: mapOf(z.string()),
});
export type Journal = z.infer<typeof journalSchema>;

export const passingSchema = z.object({
  managementKey: z.nullable(z.string()),
  /** Key id → text of keys that the relay lists masked. */
  revealed: mapOf(z.string()),
  secrets: mapOf(z.string()),
  running: mapOf(runningSchema),
  /** Host → times of the reveals that the relay counts (milliseconds since 1970). */
  reveals: z.optional(mapOf(z.array(z.number()))),
  /** What a relay asked to wait for, by `relayWaits` name → until when. */
  waits: z.optional(mapOf(z.number())),
  notices: z.array(noticeSchema),
  intent: z.nullable(intentSchema),
  /** No write to the proxy before this time (milliseconds since 1970). */
  quietUntil: z.number(),
});
/** Lives until the browser closes. */
export type Passing = z.infer<typeof passingSchema>;
