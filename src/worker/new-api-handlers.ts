import { checkNewApi } from '../workflows/new-api/check-new-api';
import { forgetNewApi, readNewApis, saveNewApi } from '../workflows/new-api/keep-new-apis';
import { armSync } from '../workflows/sync/arm-sync';
import type { Ports } from '../workflows/ports';
import type { HandlersOf, WorkerHooks } from './hooks';

/** Messages about the New APIs that are kept. */
export const newApiHandlers = (ports: Ports, { plans }: WorkerHooks): HandlersOf<`new-api.${string}`> => ({
  'new-api.list': () => readNewApis(ports),
  'new-api.save': async (input) => {
    const saved = await saveNewApi(ports, input);
    if (input.id !== undefined) plans.dropServer(input.id);
    return saved;
  },
  'new-api.forget': async ({ newApiId }) => {
    const forgotten = await forgetNewApi(ports, newApiId);
    plans.dropServer(newApiId);
    await armSync(ports);
    return forgotten;
  },
  'new-api.check': ({ newApiId }) => checkNewApi(ports, newApiId),
});
