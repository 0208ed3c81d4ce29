import type { CHANNEL_MESSAGES } from '../contract/channel-messages';
import type { Handlers } from '../contract/router';
import type { ChannelEdit } from '../core/channels/view';
import { fail, ok, type Result } from '../core/result';
import { readChannelGroups } from '../targets/new-api/read-rights';
import { armSync, SYNC_ALARM } from '../workflows/sync/arm-sync';
import { applySync } from '../workflows/sync/apply-sync';
import { checkNewApi } from '../workflows/new-api/check-new-api';
import { deleteChannels } from '../workflows/channels/delete-channels';
import { editChannels } from '../workflows/channels/edit-channels';
import { exportKeys } from '../workflows/channel-import/export-keys';
import { importChannel } from '../workflows/channel-import/import-channel';
import { forgetNewApi, readNewApis, saveNewApi } from '../workflows/new-api/keep-new-apis';
import { listChannels } from '../workflows/channels/list-channels';
import { openNewApi } from '../workflows/new-api/new-api-client';
import {
  openChannelImport,
  planChannelDialog,
  type ChannelLists,
} from '../workflows/channel-import/open-channel-import';
import { openExport, planExport, type Exports } from '../workflows/channel-import/open-export';
import { runDueSyncs, saveSync } from '../workflows/sync/schedule-sync';
import { switchChannels } from '../workflows/channels/switch-channels';
import { readSyncRuns, syncModels } from '../workflows/sync/sync-models';
import { testChannels } from '../workflows/channels/test-channels';
import { undoChannel } from '../workflows/channels/undo-channel';
import type { Ports } from '../workflows/ports';
import { stoppableWorks, type Cancellable } from './works';

type ChannelMessage = keyof typeof CHANNEL_MESSAGES;

/**
 * Messages about New APIs and their channels, and what their alarm does. Everything that only they need is reached from
 * here alone, so that this part of the worker can be loaded by itself.
 */
export function channelHandlers(
  ports: Ports,
  cancellable: Cancellable,
): {
  handlers: Pick<Handlers, ChannelMessage>;
  /** The schedule's alarm rang. */
  syncDue(): Promise<void>;
  /** Lets go of what open pages work on: the lock is closed. */
  forget(): void;
} {
  const lists: ChannelLists = new Map();
  const exports: Exports = new Map();
  const done = async <T>(value: T | Promise<T>): Promise<Result<T>> => ok(await value);

  const works = stoppableWorks(cancellable);
  const stoppable = works.run;

  const handlers: Pick<Handlers, ChannelMessage> = {
    'new-api.list': () => readNewApis(ports),
    'new-api.save': (input) => saveNewApi(ports, input),
    'new-api.forget': async ({ newApiId }) => {
      const forgotten = await forgetNewApi(ports, newApiId);
      await armSync(ports);
      return forgotten;
    },
    'new-api.check': ({ newApiId }) => checkNewApi(ports, newApiId),
    'channels.list': ({ newApiId }) => listChannels(ports, newApiId),
    'channels.groups': async ({ newApiId }) => {
      const door = await openNewApi(ports, newApiId);
      return door.ok ? door.value.call(readChannelGroups) : door;
    },
    'channels.edit': ({ newApiId, workId, edits }) =>
      stoppable(workId, (signal) => editChannels(ports, newApiId, edits as ChannelEdit[], signal)),
    'channels.switch': ({ newApiId, workId, state, ...shown }) =>
      stoppable(workId, (signal) => switchChannels(ports, newApiId, shown, state, signal)),
    'channels.delete': ({ newApiId, workId, ...shown }) =>
      stoppable(workId, (signal) => deleteChannels(ports, newApiId, shown, signal)),
    'channels.test': ({ newApiId, workId, channelIds, model }) =>
      stoppable(workId, (signal, report) => testChannels(ports, newApiId, channelIds, model, signal, report)),
    'channels.stop': ({ workId }) => {
      works.stop(workId);
      return done(true as const);
    },
    'channels.progress': ({ workId }) => done(works.progress(workId)),
    'channels.undo': ({ importId, confirmedLoss }) =>
      done(stoppable(importId, (signal) => undoChannel(ports, importId, confirmedLoss, signal))),
    'channel-import.open': ({ newApiId, keyId }) => {
      // One dialog is open as a rule; another one reads its list again.
      lists.clear();
      return openChannelImport(ports, lists, newApiId, keyId);
    },
    'channel-import.plan': ({ newApiId, keyId, draft }) =>
      planChannelDialog(ports, lists, newApiId, keyId, draft),
    'channel-import.apply': ({ workId, ...order }) => {
      lists.clear();
      return done(stoppable(workId, (signal) => importChannel(ports, { ...order, signal })));
    },
    'channel-export.open': (order) => {
      exports.clear();
      return stoppable(order.exportId, (signal) => openExport(ports, exports, { ...order, signal }));
    },
    'channel-export.plan': ({ exportId, options }) => planExport(ports, exports, exportId, options),
    'channel-export.apply': async ({ exportId, options, hash }) => {
      const opened = exports.get(exportId);
      if (!opened) return fail({ code: 'unknown-item' });
      return done(
        stoppable(exportId, (signal, report) =>
          exportKeys(ports, { exportId, opened, options, hash, signal, report }),
        ),
      );
    },
    'sync.run': ({ workId, newApiId, channelIds }) =>
      stoppable(workId, (signal, report) =>
        syncModels(ports, { runId: workId, newApiId, channelIds, by: 'user', signal, report }),
      ),
    'sync.apply': ({ workId, newApiId, chosen }) =>
      stoppable(workId, (signal, report) => applySync(ports, newApiId, chosen, signal, report)),
    'sync.save': ({ newApiId, settings }) => saveSync(ports, newApiId, settings),
    'sync.runs': ({ newApiId }) => readSyncRuns(ports, newApiId),
  };

  const syncDue = (): Promise<void> => stoppable(SYNC_ALARM, (signal) => runDueSyncs(ports, signal));

  const forget = (): void => {
    lists.clear();
    exports.clear();
  };

  return { handlers, syncDue, forget };
}
