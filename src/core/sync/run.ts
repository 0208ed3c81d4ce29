import * as v from 'valibot';
import { failureSchema } from '../failures/failure-schema';
import { ANY_MODEL, modelRulesSchema } from './model-rules';

/** Rules that one channel has in the place of the site's. */
export const ownRulesSchema = v.array(v.object({ channelId: v.number(), rules: modelRulesSchema }));

export const syncSettingsSchema = v.object({
  /** 0: only by hand. */
  everyHours: v.number(),
  /** The schedule adds what it finds. It never removes and never renames. */
  applyAdded: v.boolean(),
  rules: modelRulesSchema,
  /** Channels that are passed over. */
  skip: v.array(v.number()),
  /** Channels with rules of their own; absent: none. */
  own: v.optional(ownRulesSchema),
  /** When the schedule ran last; milliseconds since 1970. */
  lastAt: v.nullable(v.number()),
});
export type SyncSettings = v.InferOutput<typeof syncSettingsSchema>;

export const NO_SYNC: SyncSettings = {
  everyHours: 0,
  applyAdded: false,
  rules: ANY_MODEL,
  skip: [],
  lastAt: null,
};

const foundSchema = v.object({
  added: v.array(v.string()),
  removed: v.array(v.object({ name: v.string(), upstream: v.string() })),
  renamed: v.array(v.object({ name: v.string(), from: v.string(), to: v.string() })),
});

const syncedChannelSchema = v.object({
  channelId: v.number(),
  name: v.string(),
  /** What the channel held when it was compared: a choice is only applied to that. */
  seen: v.object({ models: v.string(), mapping: v.string() }),
  found: foundSchema,
  failure: v.nullable(failureSchema),
  /** Names that the schedule added. */
  applied: v.array(v.string()),
});
/** One channel of a run that has something to say; those in order are only counted. */
export type SyncedChannel = v.InferOutput<typeof syncedChannelSchema>;

export const syncRunSchema = v.object({
  id: v.string(),
  newApiId: v.string(),
  at: v.number(),
  tookMs: v.number(),
  by: v.picklist(['user', 'schedule']),
  /** Channels that were asked for, and of these those in order. */
  total: v.number(),
  inOrder: v.number(),
  skipped: v.number(),
  /** Not asked, since the server refused all. */
  notTried: v.number(),
  /** The run was ended by the user before all were asked. */
  cancelled: v.boolean(),
  /** The list of channels could not be read. */
  failure: v.nullable(failureSchema),
  channels: v.array(syncedChannelSchema),
});
export type SyncRun = v.InferOutput<typeof syncRunSchema>;
