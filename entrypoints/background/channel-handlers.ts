import type { CHANNEL_MESSAGES } from '../../src/contract/channel-messages';
import type { Handlers } from '../../src/contract/router';
import type { ChannelEdit } from '../../src/core/channel-view';
import { fail, ok, type Result } from '../../src/core/result';
import { readChannelGroups } from '../../src/targets/new-api/read-rights';
import { armSync, SYNC_ALARM } from '../../src/workflows/arm-sync';
import { applySync } from '../../src/workflows/apply-sync';
import { readChannelHistory } from '../../src/workflows/channel-journal';
import { checkNewApi } from '../../src/workflows/check-new-api';
import { deleteChannels } from '../../src/workflows/delete-channels';
import { editChannels } from '../../src/workflows/edit-channels';
import { exportKeys } from '../../src/workflows/export-keys';
import { importChannel } from '../../src/workflows/import-channel';
import { forgetNewApi, readNewApis, saveNewApi } from '../../src/workflows/keep-new-apis';
import { listChannels } from '../../src/workflows/list-channels';
import { openNewApi } from '../../src/workflows/new-api-door';
import {
  openChannelImport,
  planChannelDialog,
  type ChannelLists,
} from '../../src/workflows/open-channel-import';
import { openExport, planExport, type Exports } from '../../src/workflows/open-export';
import { runDueSyncs, saveSync } from '../../src/workflows/schedule-sync';
import { switchChannels } from '../../src/workflows/switch-channels';
import { readSyncRuns, syncModels } from '../../src/workflows/sync-models';
import { testChannels } from '../../src/workflows/test-channels';
import { undoChannel } from '../../src/workflows/undo-channel';
import type { World } from '../../src/workflows/world';
import { stoppableWorks, type Cancellable } from './stoppable-works';

type ChannelMessage = keyof typeof CHANNEL_MESSAGES;

/**
 * Messages about New APIs and their channels, and what their alarm does. Everything that only they need is reached from
 * here alone, so that this part of the worker can be loaded by itself.
 */
export function channelHandlers(
  world: World,
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
    'new-api.list': () => readNewApis(world),
    'new-api.save': (input) => saveNewApi(world, input),
    'new-api.forget': async ({ newApiId }) => {
      const forgotten = await forgetNewApi(world, newApiId);
      await armSync(world);
      return forgotten;
    },
    'new-api.check': ({ newApiId }) => checkNewApi(world, newApiId),
    'channels.list': ({ newApiId }) => listChannels(world, newApiId),
    'channels.groups': async ({ newApiId }) => {
      const door = await openNewApi(world, newApiId);
      return door.ok ? door.value.call(readChannelGroups) : door;
    },
    'channels.edit': ({ newApiId, workId, edits }) =>
      stoppable(workId, (signal) => editChannels(world, newApiId, edits as ChannelEdit[], signal)),
    'channels.switch': ({ newApiId, workId, state, ...shown }) =>
      stoppable(workId, (signal) => switchChannels(world, newApiId, shown, state, signal)),
    'channels.delete': ({ newApiId, workId, ...shown }) =>
      stoppable(workId, (signal) => deleteChannels(world, newApiId, shown, signal)),
    'channels.test': ({ newApiId, workId, channelIds, model }) =>
      stoppable(workId, (signal, report) => testChannels(world, newApiId, channelIds, model, signal, report)),
    'channels.stop': ({ workId }) => {
      works.stop(workId);
      return done(true as const);
    },
    'channels.progress': ({ workId }) => done(works.progress(workId)),
    'channels.history': () => readChannelHistory(world),
    'channels.undo': ({ importId, evenIf }) =>
      done(stoppable(importId, (signal) => undoChannel(world, importId, evenIf, signal))),
    'channel-import.open': ({ newApiId, keyId }) => {
      // One dialog is open as a rule; another one reads its list again.
      lists.clear();
      return openChannelImport(world, lists, newApiId, keyId);
    },
    'channel-import.plan': ({ newApiId, keyId, draft }) =>
      planChannelDialog(world, lists, newApiId, keyId, draft),
    'channel-import.apply': ({ workId, ...order }) => {
      lists.clear();
      return done(stoppable(workId, (signal) => importChannel(world, { ...order, signal })));
    },
    'channel-export.open': (order) => {
      exports.clear();
      return stoppable(order.exportId, (signal) => openExport(world, exports, { ...order, signal }));
    },
    'channel-export.plan': ({ exportId, options }) => planExport(world, exports, exportId, options),
    'channel-export.apply': async ({ exportId, options, hash }) => {
      const opened = exports.get(exportId);
      if (!opened) return fail({ code: 'unknown-item' });
      return done(
        stoppable(exportId, (signal, report) =>
          exportKeys(world, { exportId, opened, options, hash, signal, report }),
        ),
      );
    },
    'sync.run': ({ workId, newApiId, channelIds }) =>
      stoppable(workId, (signal, report) =>
        syncModels(world, { runId: workId, newApiId, channelIds, by: 'user', signal, report }),
      ),
    'sync.apply': ({ workId, newApiId, chosen }) =>
      stoppable(workId, (signal, report) => applySync(world, newApiId, chosen, signal, report)),
    'sync.save': ({ newApiId, settings }) => saveSync(world, newApiId, settings),
    'sync.runs': ({ newApiId }) => readSyncRuns(world, newApiId),
  };

  const syncDue = (): Promise<void> => stoppable(SYNC_ALARM, (signal) => runDueSyncs(world, signal));

  const forget = (): void => {
    lists.clear();
    exports.clear();
  };

  return { handlers, syncDue, forget };
}
