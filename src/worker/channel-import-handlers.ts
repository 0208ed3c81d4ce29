import { fail, ok } from '../core/failures/result';
import { exportKeys } from '../workflows/channel-import/export-keys';
import { importChannel } from '../workflows/channel-import/import-channel';
import { openChannelImport, planChannelDialog } from '../workflows/channel-import/open-channel-import';
import { openExport, planExport } from '../workflows/channel-import/open-export';
import type { Ports } from '../workflows/ports';
import { done, type HandlersOf, type WorkerHooks } from './hooks';

/** Messages about keys that become channels: one, whose dialog is known by its New API, or many. */
export const channelImportHandlers = (
  ports: Ports,
  { works, plans }: WorkerHooks,
): HandlersOf<`channel-${'import' | 'export'}.${string}`> => ({
  'channel-import.open': ({ newApiId, keyId }) =>
    openChannelImport(ports, plans.open('channel-import', newApiId, newApiId), newApiId, keyId),
  'channel-import.plan': ({ newApiId, keyId, draft }) =>
    planChannelDialog(ports, plans.at('channel-import', newApiId, newApiId), newApiId, keyId, draft),
  'channel-import.apply': ({ workId, ...order }) => {
    plans.drop('channel-import', order.newApiId);
    return done(works.run(workId, (signal) => importChannel(ports, { ...order, signal })));
  },
  'channel-export.open': (order) => {
    const opened = plans.open('channel-export', order.exportId, order.newApiId);
    return works.run(order.exportId, (signal) => openExport(ports, opened, { ...order, signal }));
  },
  'channel-export.plan': ({ exportId, options }) =>
    planExport(ports, plans.at('channel-export', exportId), exportId, options),
  'channel-export.apply': async ({ exportId, options, hash }) => {
    const opened = plans.at('channel-export', exportId).get(exportId);
    if (!opened) return fail({ code: 'unknown-item' });
    const outcome = await works.run(exportId, (signal, report) =>
      exportKeys(ports, { exportId, opened, options, hash, signal, report }),
    );
    // The dialog comes back with a new plan of the same keys.
    if (outcome.kind !== 'replan') plans.drop('channel-export', exportId);
    return ok(outcome);
  },
});
