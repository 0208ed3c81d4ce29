import * as v from 'valibot';
import {
  channelDraftSchema,
  channelEditSchema,
  exportOptionsSchema,
  type ChannelHistoryItem,
  type ChannelOutcome,
  type ChannelResult,
  type ChannelsView,
  type ChannelUndo,
  type ExportOutcome,
  type ExportView,
  type OpenedChannelImport,
  type PlannedChannel,
} from '../core/channels/view';
import { modelRulesSchema } from '../core/sync/model-rules';
import type { SyncRun } from '../core/sync/run';
import type { NewApiView, NewApiReport } from '../core/new-api/view';

/** Channels and their site as the page shows them: a channel that is another one by now is left alone. */
const shown = {
  siteUrl: v.string(),
  channels: v.array(v.object({ id: v.number(), name: v.string(), baseUrl: v.string() })),
};
const newApi = { newApiId: v.string() };
const ids = v.array(v.number());
/** The page chooses the id and follows and stops the work by it: `work.progress`, `work.stop`. */
const work = { workId: v.string() };
const choice = v.object({
  add: v.array(v.string()),
  remove: v.array(v.string()),
  rename: v.array(v.object({ name: v.string(), to: v.string() })),
});

/**
 * Messages about New APIs and their channels. They name a New API, a key and a channel by id. A token goes in only where
 * the user types it (`new-api.save`), and no secret comes out.
 */
export const CHANNEL_MESSAGES = {
  /** All saved New APIs, without their tokens. */
  'new-api.list': v.object({}),
  /** Saves a New API (without `id` a new one) and answers with its id. Without a token the saved one stays. Sends nothing. */
  'new-api.save': v.object({
    id: v.optional(v.string()),
    name: v.string(),
    siteUrl: v.string(),
    accessToken: v.optional(v.string()),
    userId: v.string(),
  }),
  'new-api.forget': v.object(newApi),
  /** Checks what works. The page asks for the host first (`NewApiView.pattern`), from the click. */
  'new-api.check': v.object(newApi),

  /** All channels with our own record of their keys; reading a thousand takes ten requests. */
  'channels.list': v.object(newApi),
  'channels.groups': v.object(newApi),
  /** `seen`: the same fields as the page showed them; a channel that differs now is left alone. */
  'channels.edit': v.object({ ...newApi, ...work, edits: v.array(channelEditSchema) }),
  'channels.switch': v.object({ ...newApi, ...work, ...shown, state: v.picklist(['on', 'off']) }),
  /** Cannot be undone, since only the server has the key. History keeps the names. */
  'channels.delete': v.object({ ...newApi, ...work, ...shown }),
  /** The server's own test: one real request for each channel. */
  'channels.test': v.object({ ...newApi, ...work, channelIds: ids, model: v.optional(v.string()) }),
  'channels.history': v.object({}),
  /** Undoes one record of History (`undoable`). `confirmedLoss`: the hash of the loss that was shown. */
  'channels.undo': v.object({ importId: v.string(), confirmedLoss: v.optional(v.string()) }),

  'channel-import.open': v.object({ ...newApi, keyId: v.string() }),
  /** Plans the draft on the list that the dialog was opened with; sends nothing. */
  'channel-import.plan': v.object({ ...newApi, keyId: v.string(), draft: channelDraftSchema }),
  'channel-import.apply': v.object({
    ...newApi,
    ...work,
    keyId: v.string(),
    draft: channelDraftSchema,
    planHash: v.string(),
  }),

  /** Many keys at once; the page chooses `exportId`, which also stops it (`work.stop`). */
  'channel-export.open': v.object({
    ...newApi,
    exportId: v.string(),
    keyIds: v.array(v.string()),
    options: exportOptionsSchema,
  }),
  'channel-export.plan': v.object({ exportId: v.string(), options: exportOptionsSchema }),
  'channel-export.apply': v.object({
    exportId: v.string(),
    options: exportOptionsSchema,
    hash: v.string(),
  }),

  /** Compares, writes nothing, keeps the run. `channelIds` null: all but the skipped ones. */
  'sync.run': v.object({ ...newApi, ...work, channelIds: v.nullable(ids) }),
  /** Applies the choices of a run. `seen` is the run's (`SyncedChannel.seen`). */
  'sync.apply': v.object({
    ...newApi,
    ...work,
    chosen: v.array(
      v.object({
        channelId: v.number(),
        name: v.string(),
        seen: v.object({ models: v.string(), mapping: v.string() }),
        choice,
      }),
    ),
  }),
  'sync.save': v.object({
    ...newApi,
    settings: v.object({
      everyHours: v.pipe(v.number(), v.minValue(0), v.maxValue(720)),
      applyAdded: v.boolean(),
      rules: modelRulesSchema,
      skip: ids,
    }),
  }),
  /** The kept runs, newest first. */
  'sync.runs': v.object(newApi),
} as const;

/** The answer of each message. */
export interface ChannelReplies {
  'new-api.list': NewApiView[];
  'new-api.save': string;
  'new-api.forget': true;
  'new-api.check': NewApiReport;
  'channels.list': ChannelsView;
  'channels.groups': string[];
  'channels.edit': ChannelResult[];
  'channels.switch': ChannelResult[];
  'channels.delete': ChannelResult[];
  'channels.test': ChannelResult[];
  'channels.history': ChannelHistoryItem[];
  'channels.undo': ChannelUndo;
  'channel-import.open': OpenedChannelImport;
  'channel-import.plan': PlannedChannel;
  'channel-import.apply': ChannelOutcome;
  'channel-export.open': ExportView;
  'channel-export.plan': ExportView;
  'channel-export.apply': ExportOutcome;
  'sync.run': SyncRun;
  'sync.apply': ChannelResult[];
  'sync.save': true;
  'sync.runs': SyncRun[];
}
