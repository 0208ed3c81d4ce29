import * as v from 'valibot';
import { failureSchema } from '../core/failures/failure-schema';
import { ACCOUNT_FAMILIES } from '../core/accounts/relay-family';
import { syncSettingsSchema } from '../core/sync/run';

const newApiSchema = v.object({
  id: v.string(),
  name: v.string(),
  siteUrl: v.string(),
  /** Of an administrator; saved as those of accounts are. Empty where it is kept for the session only. */
  accessToken: v.string(),
  /** Absent: the token stays on the device. */
  remember: v.optional(v.literal('session')),
  userId: v.string(),
  /** As recognised last; null: never. */
  family: v.nullable(v.picklist(ACCOUNT_FAMILIES)),
  /** What the account may do with channels, as the last check found. */
  rights: v.nullable(v.object({ admin: v.boolean(), write: v.boolean(), sensitive: v.boolean() })),
  checkedAt: v.nullable(v.number()),
  /** After a refused token nothing is sent until it changes or Check is pressed. */
  halted: v.nullable(failureSchema),
  sync: syncSettingsSchema,
});
/** A New API (or one of its kin) whose channels are managed. */
export type NewApi = v.InferOutput<typeof newApiSchema>;

/** Which channel belongs to which key: no server tells. */
const channelLinkSchema = v.object({
  newApiId: v.string(),
  channelId: v.number(),
  keyId: v.string(),
  /** The channel was made for the key; otherwise the key's models joined a channel with a key of its own. */
  made: v.boolean(),
});
export type ChannelLink = v.InferOutput<typeof channelLinkSchema>;

/** The part of the saved document that is about New APIs. */
export const savedChannels = { newApis: v.array(newApiSchema), channelLinks: v.array(channelLinkSchema) };
