import { applySync } from '../workflows/sync/apply-sync';
import { saveSync } from '../workflows/sync/schedule-sync';
import { readSyncRuns, syncModels } from '../workflows/sync/sync-models';
import type { Ports } from '../workflows/ports';
import type { HandlersOf, WorkerHooks } from './hooks';

/** Messages about the model sync of a New API. */
export const syncHandlers = (ports: Ports, { works }: WorkerHooks): HandlersOf<`sync.${string}`> => ({
  'sync.run': ({ workId, newApiId, channelIds }) =>
    works.run(workId, (signal, report) =>
      syncModels(ports, { runId: workId, newApiId, channelIds, by: 'user', signal, report }),
    ),
  'sync.apply': ({ workId, newApiId, chosen }) =>
    works.run(workId, (signal, report) => applySync(ports, newApiId, chosen, signal, report)),
  'sync.save': ({ newApiId, settings }) => saveSync(ports, newApiId, settings),
  'sync.runs': ({ newApiId }) => readSyncRuns(ports, newApiId),
});
