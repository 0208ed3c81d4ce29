import * as v from 'valibot';
import { channelFieldsSchema, channelStateSchema } from '../core/channels/channel';
import type { FieldChange } from '../core/channels/plan';
import { CHANNEL_ACTIONS } from '../core/channels/actions';
import { provedCardSchema } from '../core/cliproxyapi/card';
import { LIST_NAMES } from '../core/cliproxyapi/lists/list-traits';
import type { Change } from '../core/import/change';
import { draftSchema } from '../core/import/draft';
import { mapOf } from '../core/shapes';
import { syncRunSchema } from '../core/sync/run';

const linesOf = <T extends object>() =>
  v.array(v.custom<T>((value) => typeof value === 'object' && value !== null));

/** What every record says, whatever was written. */
const envelope = {
  id: v.string(),
  /** When the write began; milliseconds since 1970. */
  at: v.number(),
  /** Records of one batch or export share its id. */
  batch: v.nullable(v.string()),
  /** The key that the write was for, as it was called then; `id` null: it was for none. */
  key: v.object({ id: v.nullable(v.string()), name: v.string(), mask: v.string() }),
  undoneAt: v.nullable(v.number()),
};

/** A change of one entry of CLIProxyAPI. */
const providerRecordSchema = v.object({
  about: v.literal('provider'),
  ...envelope,
  action: v.picklist(['import', 'undo', 'edit']),
  /** `writing` and `written` are open: the next start of the worker looks up how they ended. */
  phase: v.picklist(['writing', 'written', 'done', 'not-written', 'needs-look', 'undone']),
  /** `not-written` because no list showed it: what lies between us and the server may deliver it yet. */
  unseen: v.optional(v.boolean()),
  changes: linesOf<Change>(),
  /** The import that an undo takes back. */
  undoes: v.nullable(v.string()),
  /** Every key that the write brought; none for an edit that was begun from the list of entries. */
  keyIds: v.array(v.string()),
  /** How many keys its whole batch was to write; absent: not known. */
  batchKeys: v.optional(v.number()),
  relayName: v.string(),
  proxyRoot: v.string(),
  /** The root of the CLIProxyAPI that it was carried over from; absent: it was not. */
  from: v.optional(v.string()),
  list: v.picklist(LIST_NAMES),
  providerName: v.string(),
  /** Where in its list an entry was that was taken out; null: none was. */
  place: v.nullable(v.number()),
  /** The name of the group of CLIProxyAPI 8 that went with it. */
  group: v.optional(v.string()),
  /** How many entries were equal to it, itself included. */
  alike: v.number(),
  /** JSON texts of the entry with fingerprints in place of its secrets; null: there was none. */
  before: v.nullable(v.string()),
  after: v.nullable(v.string()),
  planHash: v.string(),
  draft: v.nullable(draftSchema),
  /** The draft held secrets (headers, a proxy) that were left out here. */
  draftTrimmed: v.boolean(),
  /** Cards that went with this change, by key: undoing it brings them back. */
  cards: v.optional(mapOf(provedCardSchema)),
  served: v.nullable(v.number()),
  total: v.nullable(v.number()),
  tookMs: v.nullable(v.number()),
  /** Undone but for what others changed in the entry since. */
  oursOnly: v.optional(v.boolean()),
});
export type ProviderRecord = v.InferOutput<typeof providerRecordSchema>;

/** A change of one channel of a New API. It holds fields only, never a key. */
const channelRecordSchema = v.object({
  about: v.literal('channel'),
  ...envelope,
  action: v.picklist(CHANNEL_ACTIONS),
  /** `writing` for minutes: the worker was stopped meanwhile. */
  phase: v.picklist(['writing', 'done', 'not-written', 'needs-look', 'undone']),
  changes: linesOf<FieldChange>(),
  newApiId: v.string(),
  siteUrl: v.string(),
  /** Null: the channel was made, and is not found yet. */
  channelId: v.nullable(v.number()),
  channelName: v.string(),
  /** The highest number before the write; a channel that was made has a higher one. */
  above: v.number(),
  /** Only the touched fields; null: there was no channel. */
  before: v.nullable(v.partial(channelFieldsSchema)),
  after: v.partial(channelFieldsSchema),
  /** Of a switch: the state before and after, in place of fields. */
  switched: v.optional(v.object({ from: channelStateSchema, to: channelStateSchema })),
  /** `list`: the server did not answer, and a list showed a channel with these fields. It may be somebody else's. */
  foundBy: v.nullable(v.literal('list')),
  /** The write linked key and channel; undoing it unlinks them. */
  linked: v.boolean(),
  /** It took the place of something that nobody can read, a key: it cannot be undone. */
  final: v.optional(v.boolean()),
});
export type ChannelRecord = v.InferOutput<typeof channelRecordSchema>;

export type JournalRecord = ProviderRecord | ChannelRecord;

export const journalSchema = v.object({
  /** Makes fingerprints of this installation unlike those of any other. */
  salt: v.string(),
  /** Newest first. */
  records: v.array(v.variant('about', [providerRecordSchema, channelRecordSchema])),
  /** Fingerprint → secret, where the user lets keys live on the device. */
  secrets: mapOf(v.string()),
  syncRuns: v.array(syncRunSchema),
});
/** What was written, so that it can be shown, recovered and undone. */
export type Journal = v.InferOutput<typeof journalSchema>;
