import type { Handlers } from '../contract/router';
import { importKey } from '../workflows/import/import-key';
import { openImport, planDialog } from '../workflows/import/open-import';
import { readView } from '../workflows/view/read-view';
import type { Ports } from '../workflows/ports';
import { done, type WorkerHooks } from './hooks';
import type { LaterName } from './later-handlers';

/** What the popup needs for its picture and for importing one key. */
export function firstHandlers(
  ports: Ports,
  { works, plans, pictures, start, lookAgain }: WorkerHooks,
): Omit<Handlers, LaterName> {
  return {
    view: async () => {
      lookAgain();
      return pictures.keep(await readView(ports));
    },
    'import.open': ({ keyId }) => {
      lookAgain();
      return openImport(ports, plans.open('import', keyId), keyId);
    },
    'import.plan': ({ keyId, draft }) => done(planDialog(ports, plans.at('import', keyId), keyId, draft)),
    'import.apply': async ({ keyId, draft, planHash }) => {
      await start();
      plans.drop('import', keyId);
      return done(works.run(keyId, (signal) => importKey(ports, { keyId, draft, planHash, signal })));
    },
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
