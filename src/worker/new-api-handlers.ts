import type { Handlers } from '../contract/router';
import { checkNewApi } from '../workflows/new-api/check-new-api';
import { forgetNewApi, readNewApis, saveNewApi } from '../workflows/new-api/keep-new-apis';
import { armSync } from '../workflows/sync/arm-sync';
import type { Ports } from '../workflows/ports';
import type { WorkerHooks } from './hooks';

type NewApi = Extract<keyof Handlers, `new-api.${string}`>;

/** Messages about the New APIs that are kept. */
export function newApiHandlers(ports: Ports, { plans }: WorkerHooks): Pick<Handlers, NewApi> {
  return {
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
  };
}
