import * as v from 'valibot';
import {
  channelDraftSchema,
  channelEditSchema,
  exportOptionsSchema,
  type ChannelOutcome,
  type ChannelResult,
  type ChannelsView,
  type ChannelUndo,
  type ExportOutcome,
  type ExportView,
  type OpenedChannelImport,
  type PlannedChannel,
} from '../core/channels/view';
import type { CopyOutcome, CopyView } from '../core/channels/copy';
import { modelRulesSchema } from '../core/sync/model-rules';
import { ownRulesSchema, type SyncRun } from '../core/sync/run';
import type { NewApiView, NewApiReport } from '../core/new-api/view';
import { answers, done } from './answers';

/** Channels and their site as the page shows them: a channel that is another one by now is left alone. */
const shown = {
  siteUrl: v.string(),
  channels: v.array(v.object({ id: v.number(), name: v.string(), baseUrl: v.string() })),
};
const newApi = { newApiId: v.string() };
const ids = v.array(v.number());
/** The page chooses the id and follows and stops the work by it: `work.progress`, `work.stop`. */
const work = { ...newApi, workId: v.string() };
const choice = v.object({
  add: v.array(v.string()),
  remove: v.array(v.string()),
  rename: v.array(v.object({ name: v.string(), to: v.string() })),
});

const copy = { ...newApi, channelId: v.number(), targetId: v.string() };
const newChannel = { ...newApi, keyId: v.string(), draft: channelDraftSchema };
const exportPlan = { exportId: v.string(), options: exportOptionsSchema };

/**
 * Messages about New APIs and their channels. They name a New API, a key and a channel by id. A token or a key goes in
 * only where the user types it (`new-api.save`, `channels.edit`, `channels.copy`), and no secret comes out.
 */
export const CHANNEL_MESSAGES = {
  /** All saved New APIs, without their tokens. */
  'new-api.list': answers<NewApiView[]>()({}),
  /** Saves a New API (without `id` a new one) and answers with its id. Without a token the saved one stays. Sends nothing. */
  'new-api.save': answers<string>()({
    id: v.optional(v.string()),
    name: v.string(),
    siteUrl: v.string(),
    accessToken: v.optional(v.string()),
    userId: v.string(),
    remember: v.optional(v.picklist(['device', 'session'])),
  }),
  'new-api.forget': done(newApi),
  /** Checks what works. The page asks for the host first (`NewApiView.pattern`), from the click. */
  'new-api.check': answers<NewApiReport>()(newApi),

  /** All channels with our own record of their keys; reading a thousand takes ten requests. */
  'channels.list': answers<ChannelsView>()(newApi),
  'channels.groups': answers<string[]>()(newApi),
  /** What the relay behind a channel lists, asked with the key that the site has, or with that of ours it is made for. */
  'channels.upstream': answers<string[]>()({ ...work, channelId: v.number() }),
  /** `seen`: the same fields as the page showed them; a channel that differs now is left alone. */
  'channels.edit': answers<ChannelResult[]>()({ ...work, edits: v.array(channelEditSchema) }),
  'channels.switch': answers<ChannelResult[]>()({ ...work, ...shown, state: v.picklist(['on', 'off']) }),
  /** Cannot be undone, since only the server has the key. History keeps the names. */
  'channels.delete': answers<ChannelResult[]>()({ ...work, ...shown }),
  /** What a copy would be, on its own site or at another New API (`targetId`). Writes nothing. */
  'channels.plan-copy': answers<CopyView>()(copy),
  /** `key`: as it was typed, in place of the one that the channel has. */
  'channels.copy': answers<CopyOutcome>()({
    ...work,
    ...copy,
    key: v.optional(v.string()),
    planHash: v.string(),
  }),
  /** The server's own test: one real request for each channel. */
  'channels.test': answers<ChannelResult[]>()({ ...work, channelIds: ids, model: v.optional(v.string()) }),
  /**
   * Undoes one record of History (`undoable`), or all of one work by its `workId`. `confirmedLoss`: the hash of the loss
   * that was shown; of many, those that would lose something are left alone.
   */
  'channels.undo': answers<ChannelUndo>()({ importId: v.string(), confirmedLoss: v.optional(v.string()) }),

  'channel-import.open': answers<OpenedChannelImport>()({ ...newApi, keyId: v.string() }),
  /** Plans the draft on the list that the dialog was opened with; sends nothing. */
  'channel-import.plan': answers<PlannedChannel>()(newChannel),
  'channel-import.apply': answers<ChannelOutcome>()({ ...work, ...newChannel, planHash: v.string() }),

  /** Many keys at once; the page chooses `exportId`, which also stops it (`work.stop`). */
  'channel-export.open': answers<ExportView>()({ ...newApi, ...exportPlan, keyIds: v.array(v.string()) }),
  'channel-export.plan': answers<ExportView>()(exportPlan),
  'channel-export.apply': answers<ExportOutcome>()({ ...exportPlan, hash: v.string() }),

  /** Compares, writes nothing, keeps the run. `channelIds` null: all but the skipped ones. */
  'sync.run': answers<SyncRun>()({ ...work, channelIds: v.nullable(ids) }),
  /** Applies the choices of a run. `seen` is the run's (`SyncedChannel.seen`). */
  'sync.apply': answers<ChannelResult[]>()({
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
  'sync.save': done({
    ...newApi,
    settings: v.object({
      everyHours: v.pipe(v.number(), v.minValue(0), v.maxValue(720)),
      applyAdded: v.boolean(),
      rules: modelRulesSchema,
      skip: ids,
      /** Absent: as they are kept. */
      own: v.optional(ownRulesSchema),
    }),
  }),
  /** The kept runs, newest first. */
  'sync.runs': answers<SyncRun[]>()(newApi),
} as const;
