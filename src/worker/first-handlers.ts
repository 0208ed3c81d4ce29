import type { Handlers } from '../contract/router';
import { openImport, planDialog } from '../workflows/import/open-import';
import type { Ports } from '../workflows/ports';
import { done, type WorkerHooks } from './hooks';
import type { LaterName } from './later-handlers';
import { viewHandlers } from './view-handlers';

/** What the popup needs for its picture and for the plan of one key. */
export function firstHandlers(ports: Ports, hooks: WorkerHooks): Omit<Handlers, LaterName> {
  const { works, plans, lookAgain, lookAtGroups, loadLater } = hooks;
  return {
    ...viewHandlers(ports, hooks),
    'import.open': async ({ keyId }) => {
      lookAgain();
      const opened = await openImport(ports, plans.open('import', keyId), keyId, lookAtGroups);
      loadLater();
      return opened;
    },
    'import.plan': ({ keyId, draft }) =>
      done(planDialog(ports, plans.at('import', keyId), keyId, draft, lookAtGroups)),
    'plan.close': ({ dialog, id }) => {
      plans.drop(dialog, id);
      return done(true as const);
    },
    'work.stop': async ({ workId }) => {
      if (!works.stop(workId)) {
        // The card of a key in a batch stops the whole batch.
        const session = await ports.session.read();
        const importId = session.ok ? session.value.running[workId]?.importId : undefined;
        if (importId !== undefined) works.stop(importId);
      }
      return done(true as const);
    },
  };
}
