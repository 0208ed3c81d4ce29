import * as v from 'valibot';
import { mapOf } from '../core/shapes';
import { cardSchema, noticeSchema, runningSchema } from '../core/cliproxyapi/card';
import { intentSchema } from '../core/view/intent';
import { COLOURS } from '../core/connection/colours';
import { failureSchema } from '../core/failures/failure-schema';
import { RELAY_FAMILIES } from '../core/accounts/relay-family';
import { settingsSchema } from '../core/view/settings';
import { savedChannels } from './channel-schema';

/** Raised with every change of a shape below; each raise is one file in `migrations/` and one frozen example. */
export const STORAGE_VERSION = 3;

const connectionSchema = v.object({
  /** What the user calls it; absent or empty: its host. */
  name: v.optional(v.string()),
  /** Absent: the first that no other has. */
  colour: v.optional(v.picklist(COLOURS)),
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
  /** The API that the group speaks, where the relay says so (Sub2API). */
  platform: v.optional(v.string()),
  status: v.number(),
  expiredTime: v.number(),
  remainQuota: v.number(),
  usedQuota: v.number(),
  unlimitedQuota: v.boolean(),
  /** The only models that the key may use; null: all. */
  models: v.nullable(v.array(v.string())),
});
export type ListedKey = v.InferOutput<typeof listedKeySchema>;

const accountSchema = v.object({
  id: v.string(),
  family: v.picklist(RELAY_FAMILIES),
  name: v.string(),
  siteUrl: v.string(),
  accessToken: v.string(),
  /** The token was taken from a page of the relay, and ends with its login. */
  shortLived: v.optional(v.boolean()),
  /** Empty until the user gave it, or the relay told it. */
  userId: v.string(),
  unit: v.object({
    perUnit: v.number(),
    symbol: v.string(),
    rate: v.number(),
    kind: v.picklist(['currency', 'points']),
  }),
  balance: v.nullable(v.number()),
  /** Spent since the account was made, where its relay tells. */
  used: v.nullish(v.number()),
  refreshedAt: v.nullable(v.number()),
  failure: v.nullable(failureSchema),
  keys: v.array(listedKeySchema),
  /** The relay has more keys than are listed here. */
  more: v.boolean(),
});
export type Account = v.InferOutput<typeof accountSchema>;

const manualKeySchema = v.object({
  id: v.string(),
  relayName: v.string(),
  baseUrl: v.string(),
  text: v.string(),
  /** The software of its relay, where that was recognised when the key was added. */
  relay: v.optional(v.picklist(RELAY_FAMILIES)),
  addedAt: v.number(),
});
export type ManualKey = v.InferOutput<typeof manualKeySchema>;

const labelSchema = v.object({ name: v.string(), note: v.string() });

/** One CLIProxyAPI of the user. */
const keptProxySchema = v.object({
  id: v.string(),
  /** Null: it is not connected yet, or was forgotten; only where there is no other. */
  connection: v.nullable(connectionSchema),
  /** How the imports of each key ended there. */
  cards: mapOf(cardSchema),
});
export type KeptProxy = v.InferOutput<typeof keptProxySchema>;

export const savedSchema = v.object({
  settings: settingsSchema,
  /** In the user's order; the first is the one that is meant where none is named. Never empty. */
  proxies: v.pipe(v.array(keptProxySchema), v.minLength(1)),
  accounts: v.array(accountSchema),
  keys: v.array(manualKeySchema),
  /** The user's own name and note of a key, by its id; the relay never learns them. */
  labels: mapOf(labelSchema),
  /** Host → when keys were revealed, which the relay counts (milliseconds since 1970). */
  reveals: mapOf(v.array(v.number())),
  /** What a relay asked to wait with (`workflows/accounts/relay-waits`) → until when. */
  waits: mapOf(v.number()),
  ...savedChannels,
});
/** Stays on the device: settings, connections, accounts, keys. */
export type StoredSaved = v.InferOutput<typeof savedSchema>;
/** The same as work at one CLIProxyAPI sees it (`storage/at-proxy`). */
export type Saved = Omit<StoredSaved, 'proxies'> &
  Omit<KeptProxy, 'id'> & {
    /** Which CLIProxyAPI that is. */
    readonly proxyId: string;
    /** The cards of the same keys at every other CLIProxyAPI: they go with their key. */
    elsewhere: KeptProxy['cards'][];
  };

/** What the calls to one CLIProxyAPI told since the browser was started. */
const toldSchema = v.object({
  /** Of which CLIProxyAPI. */
  root: v.string(),
  checkedAt: v.nullable(v.number()),
  trouble: v.nullable(failureSchema),
  checkingAt: v.nullable(v.number()),
  /** The keys in it, by host and mask; null: it was not read. */
  held: v.nullable(v.object({ marks: v.array(v.string()), whole: v.boolean() })),
  /** Where the layout of config.yaml is not shown: a hash of the lists that our last write left, in that of 8.x; empty: not read yet. */
  left: v.optional(v.string()),
});
export type Told = v.InferOutput<typeof toldSchema>;

const proxySessionSchema = v.object({
  managementKey: v.nullable(v.string()),
  running: mapOf(runningSchema),
  /** No write to the proxy before this time (milliseconds since 1970). */
  quietUntil: v.number(),
  told: v.nullish(toldSchema),
});
/** What of one CLIProxyAPI lives until the browser closes. */
export type ProxySession = v.InferOutput<typeof proxySessionSchema>;

/** config.yaml as it was before a change that may have converted it: the whole text, with every secret in it. */
const fileBeforeSchema = v.object({
  /** The import or edit that wrote, or its batch. */
  workId: v.string(),
  text: v.string(),
  /** The hash of the file as that change left it; null: the change is under way. */
  left: v.nullable(v.string()),
  /** The hash of the file right after its last write. */
  wrote: v.optional(v.string()),
});
export type FileBefore = v.InferOutput<typeof fileBeforeSchema>;

export const sessionSchema = v.object({
  /** By the id of the CLIProxyAPI. */
  proxies: mapOf(proxySessionSchema),
  /** Key id → text of keys that the relay lists masked. */
  revealed: mapOf(v.string()),
  secrets: mapOf(v.string()),
  notices: v.array(noticeSchema),
  intent: v.nullable(intentSchema),
  /** Id of a New API → its token, where that is kept for the session only; empty: it was said that it is gone. */
  siteTokens: v.optional(mapOf(v.string())),
  /** By the address of its CLIProxyAPI. */
  filesBefore: v.optional(mapOf(fileBeforeSchema)),
});
/** Lives until the browser closes. */
export type StoredSession = v.InferOutput<typeof sessionSchema>;
/** The same as work at one CLIProxyAPI sees it. */
export type Session = Omit<StoredSession, 'proxies'> & ProxySession;
