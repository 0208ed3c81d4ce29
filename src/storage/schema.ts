import * as v from 'valibot';
import { mapOf } from '../core/shapes';
import { cardSchema, intentSchema, noticeSchema, runningSchema } from '../core/cliproxyapi/card';
import { failureSchema } from '../core/failure-schema';
import { LIST_NAMES } from '../core/cliproxyapi/lists/list-traits';
import { draftSchema } from '../core/import/draft';
import { ACCOUNT_FAMILIES } from '../core/accounts/relay-family';
import { settingsSchema } from '../core/view/settings';
import { journalChannels, keptChannels } from './channel-schema';
import type { Change } from '../core/import/change';

/** Raised with every change of a shape below; each raise is one file in `migrations/` and one frozen example. */
export const STORAGE_VERSION = 1;

const connectionSchema = v.object({
  /** As the user typed it. */
  address: v.string(),
  remember: v.picklist(['device', 'session']),
  /** Only with `remember: 'device'`. */
  managementKey: v.optional(v.string()),
  /** Refused keys since the last accepted one, as far as we sent them; the proxy bans at five. */
  refusals: v.object({ count: v.number(), at: v.number() }),
  /** After a 401 or 403 nothing is sent until the user changes the key or presses Test. */
  halted: v.nullable(failureSchema),
  /** What the last accepted look showed, to recognise a proxy that has lost its configuration. */
  seen: v.nullable(v.object({ proxyKeys: v.boolean(), entries: v.boolean() })),
  version: v.nullable(v.string()),
});
export type Connection = v.InferOutput<typeof connectionSchema>;

const listedKeySchema = v.object({
  remoteId: v.number(),
  name: v.string(),
  mask: v.string(),
  group: v.string(),
  /** What the group speaks, where the relay says so (Sub2API). */
  platform: v.optional(v.string()),
  status: v.number(),
  expiredTime: v.number(),
  remainQuota: v.number(),
  usedQuota: v.number(),
  unlimitedQuota: v.boolean(),
  /** The only models that it may use; null: all. */
  models: v.optional(v.nullable(v.array(v.string()))),
});
export type ListedKey = v.InferOutput<typeof listedKeySchema>;

const accountSchema = v.object({
  id: v.string(),
  family: v.picklist(ACCOUNT_FAMILIES),
  name: v.string(),
  siteUrl: v.string(),
  accessToken: v.string(),
  userId: v.string(),
  unit: v.object({
    perUnit: v.number(),
    symbol: v.string(),
    rate: v.number(),
    kind: v.picklist(['currency', 'points']),
  }),
  balance: v.nullable(v.number()),
  refreshedAt: v.nullable(v.number()),
  failure: v.nullable(failureSchema),
  keys: v.array(listedKeySchema),
  /** The relay has more keys than are listed here. */
  more: v.optional(v.boolean()),
});
export type Account = v.InferOutput<typeof accountSchema>;

const manualKeySchema = v.object({
  id: v.string(),
  relayName: v.string(),
  baseUrl: v.string(),
  text: v.string(),
  addedAt: v.number(),
});
export type ManualKey = v.InferOutput<typeof manualKeySchema>;

const labelSchema = v.object({ name: v.string(), note: v.string() });

export const savedSchema = v.object({
  settings: settingsSchema,
  connection: v.nullable(connectionSchema),
  accounts: v.array(accountSchema),
  keys: v.array(manualKeySchema),
  /** What the user calls a key and notes about it, by its id; the relay is not told. */
  labels: v.optional(mapOf(labelSchema)),
  /** Host → times of the reveals that the relay counts (milliseconds since 1970). */
  reveals: v.optional(mapOf(v.array(v.number()))),
  /** What a relay asked to wait for, by `relayWaits` name → until when. */
  waits: v.optional(mapOf(v.number())),
  cards: mapOf(cardSchema),
  ...keptChannels,
});
/** Kept on the device: settings, connection, accounts, keys. */
export type Saved = v.InferOutput<typeof savedSchema>;

const journalRecordSchema = v.object({
  id: v.string(),
  at: v.number(),
  action: v.picklist(['import', 'undo', 'edit']),
  /** The import that an undo takes back. */
  undoes: v.nullable(v.string()),
  /** `writing` and `written` are open: the next start of the worker looks at what became of them. */
  phase: v.picklist(['writing', 'written', 'done', 'not-written', 'needs-look', 'undone']),
  keyId: v.string(),
  /** All keys that one write brought, where there were several; they share the id of their batch. */
  keyIds: v.optional(v.array(v.string())),
  batch: v.optional(v.string()),
  keyName: v.string(),
  mask: v.string(),
  relayName: v.string(),
  proxyRoot: v.string(),
  providerName: v.string(),
  /** Where in its list the entry stood that was taken out, and how many were equal to it. */
  place: v.optional(v.number()),
  alike: v.optional(v.number()),
  /** The list that it stands in; absent: the common one. */
  list: v.optional(v.picklist(LIST_NAMES)),
  /** JSON texts of the entry with its secrets replaced by fingerprints; null: there was none. */
  before: v.nullable(v.string()),
  after: v.nullable(v.string()),
  changes: v.array(v.custom<Change>((value) => typeof value === 'object' && value !== null)),
  planHash: v.string(),
  draft: v.nullable(draftSchema),
  /** The draft held secrets (headers, a proxy) that were left out here. */
  draftTrimmed: v.boolean(),
  served: v.nullable(v.number()),
  total: v.nullable(v.number()),
  tookMs: v.nullable(v.number()),
  undoneAt: v.nullable(v.number()),
});
export type JournalRecord = v.InferOutput<typeof journalRecordSchema>;

export const journalSchema = v.object({
  /** Makes fingerprints of this installation unlike those of any other. */
  salt: v.string(),
  records: v.array(journalRecordSchema),
  /** Fingerprint → secret, where the user lets keys live on the device. */
  secrets: mapOf(v.string()),
  ...journalChannels,
});
export type Journal = v.InferOutput<typeof journalSchema>;

export const sessionSchema = v.object({
  managementKey: v.nullable(v.string()),
  /** Key id → text of keys that the relay lists masked. */
  revealed: mapOf(v.string()),
  secrets: mapOf(v.string()),
  running: mapOf(runningSchema),
  notices: v.array(noticeSchema),
  intent: v.nullable(intentSchema),
  /** No write to the proxy before this time (milliseconds since 1970). */
  quietUntil: v.number(),
});
/** Lives until the browser closes. */
export type Session = v.InferOutput<typeof sessionSchema>;
