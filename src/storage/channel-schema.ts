import * as v from 'valibot';
import { channelFieldsSchema } from '../core/channels/channel';
import type { FieldChange } from '../core/channels/plan';
import { failureSchema } from '../core/failure-schema';
import { ACCOUNT_FAMILIES } from '../core/accounts/relay-family';
import { syncRunSchema, syncSettingsSchema } from '../core/sync/run';

const newApiSchema = v.object({
  id: v.string(),
  name: v.string(),
  siteUrl: v.string(),
  /** Of an administrator; kept as accounts keep theirs. */
  accessToken: v.string(),
  userId: v.string(),
  /** As it was recognised last; null: never. */
  family: v.nullable(v.picklist(ACCOUNT_FAMILIES)),
  /** What the account may do with channels, as the last check found. */
  rights: v.nullable(v.object({ admin: v.boolean(), write: v.boolean(), sensitive: v.boolean() })),
  checkedAt: v.nullable(v.number()),
  /** After a refused token nothing is sent until it changes or Test is pressed. */
  halted: v.nullable(failureSchema),
  sync: v.optional(syncSettingsSchema),
});
/** A New API (or one of its kin) whose channels are managed. */
export type NewApi = v.InferOutput<typeof newApiSchema>;

/** Which channel stands for which key: what no server tells. */
const channelLinkSchema = v.object({
  newApiId: v.string(),
  channelId: v.number(),
  keyId: v.string(),
  /** The channel was made for the key; else the key's models joined one that was there, with a key of its own. */
  made: v.optional(v.boolean()),
});
export type ChannelLink = v.InferOutput<typeof channelLinkSchema>;

/** What is kept for New APIs, beside the rest. Absent in documents of before there were any. */
export const keptChannels = {
  newApis: v.optional(v.array(newApiSchema)),
  channelLinks: v.optional(v.array(channelLinkSchema)),
};

const channelRecordSchema = v.object({
  id: v.string(),
  at: v.number(),
  action: v.picklist(['create', 'update', 'edit', 'sync', 'delete', 'undo']),
  /** Those of one export share the id of it. */
  batch: v.optional(v.string()),
  /** `writing` for minutes: the worker was stopped meanwhile. */
  phase: v.picklist(['writing', 'done', 'not-written', 'needs-look', 'undone']),
  newApiId: v.string(),
  siteUrl: v.string(),
  keyId: v.nullable(v.string()),
  keyName: v.string(),
  mask: v.string(),
  /** Null: it was made, and is not found yet. */
  channelId: v.nullable(v.number()),
  channelName: v.string(),
  /** The highest number before; a channel that was made lies above it. */
  above: v.number(),
  /** Only the fields that were touched; never a key. Null: there was no channel. */
  before: v.nullable(v.partial(channelFieldsSchema)),
  after: v.partial(channelFieldsSchema),
  changes: v.array(v.custom<FieldChange>((value) => typeof value === 'object' && value !== null)),
  undoneAt: v.nullable(v.number()),
  /** A channel whose making was not answered: it was found in a list by what it holds, and may be somebody else's. */
  foundBy: v.optional(v.literal('list')),
  /** The write brought the link of key and channel with it; undoing it takes that away again. */
  linked: v.optional(v.boolean()),
});
/** What was written to a channel. Apart from the records of CLIProxyAPI, which hold entries and secrets. */
export type ChannelRecord = v.InferOutput<typeof channelRecordSchema>;

export const journalChannels = {
  channels: v.optional(v.array(channelRecordSchema)),
  syncRuns: v.optional(v.array(syncRunSchema)),
};
