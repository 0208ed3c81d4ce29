import { readChannelGroups } from '../targets/new-api/read-rights';
import { copyChannel, planCopy } from '../workflows/channels/copy-channel';
import { deleteChannels } from '../workflows/channels/delete-channels';
import { editChannels } from '../workflows/channels/edit-channels';
import { listChannels } from '../workflows/channels/list-channels';
import { switchChannels } from '../workflows/channels/switch-channels';
import { testChannels } from '../workflows/channels/test-channels';
import { undoChannel } from '../workflows/channels/undo-channel';
import { readUpstream } from '../workflows/sync/upstream-of';
import { openNewApi } from '../workflows/new-api/new-api-client';
import type { Ports } from '../workflows/ports';
import { done, type HandlersOf, type WorkerHooks } from './hooks';

/** Messages about the channels of a New API. */
export const channelHandlers = (ports: Ports, { works }: WorkerHooks): HandlersOf<`channels.${string}`> => ({
  'channels.list': ({ newApiId }) => listChannels(ports, newApiId),
  'channels.groups': async ({ newApiId }) => {
    const client = await openNewApi(ports, newApiId);
    return client.ok ? client.value.call(readChannelGroups) : client;
  },
  'channels.upstream': ({ newApiId, workId, channelId }) =>
    works.run(workId, (signal) => readUpstream(ports, newApiId, channelId, signal)),
  'channels.edit': ({ newApiId, workId, edits }) =>
    works.run(workId, (signal, report) =>
      editChannels(ports, newApiId, edits, signal, { report, batch: workId }),
    ),
  'channels.switch': ({ newApiId, workId, state, ...shown }) =>
    works.run(workId, (signal) => switchChannels(ports, newApiId, shown, state, signal, workId)),
  'channels.delete': ({ newApiId, workId, ...shown }) =>
    works.run(workId, (signal) => deleteChannels(ports, newApiId, shown, signal)),
  'channels.plan-copy': (order) => planCopy(ports, order),
  'channels.copy': ({ workId, ...order }) =>
    done(works.run(workId, (signal) => copyChannel(ports, order, signal))),
  'channels.test': ({ newApiId, workId, channelIds, model }) =>
    works.run(workId, (signal, report) => testChannels(ports, newApiId, channelIds, model, signal, report)),
  'channels.undo': ({ importId, confirmedLoss }) =>
    done(works.run(importId, (signal) => undoChannel(ports, importId, confirmedLoss, signal))),
});
