import { MESSAGES } from '../contract/messages';
import type { Handlers } from '../contract/router';
import type { Ports } from '../workflows/ports';
import { firstHandlers } from './first-handlers';
import type { WorkerHooks } from './hooks';
import type { LaterHandlers, LaterName } from './later-handlers';
import { createLifeCycle, type LifeCycle } from './life-cycle';
import { createOpenDialogs } from './open-plans';
import { createWorks } from './works';

/**
 * Every message with its handler. What the popup's picture and the import of one key need is here at once; the rest is
 * loaded with the first message that asks for it (scripts/worker-parts).
 */
export function createHandlers(ports: Ports): Omit<LifeCycle, 'startAgain'> & { handlers: Handlers } {
  const [works, plans] = [createWorks(), createOpenDialogs()];
  let loaded: LaterHandlers | undefined;
  const later = async (): Promise<LaterHandlers> => {
    const { createLaterHandlers } = await import('./later-handlers');
    loaded ??= createLaterHandlers(ports, hooks);
    return loaded;
  };
  const life = createLifeCycle(ports, later);
  const hooks: WorkerHooks = {
    ...life,
    works,
    plans,
    async cancelAndDrain() {
      await works.drain();
      plans.clear();
    },
  };
  const first = firstHandlers(ports, hooks);
  const names = Object.keys(MESSAGES).filter((name): name is LaterName => !(name in first));
  const answerLater = (name: LaterName) => async (input: never) => (await later()).handlers[name](input);
  const handlers = {
    ...first,
    ...Object.fromEntries(names.map((name) => [name, answerLater(name)])),
  } as Handlers;
  return { handlers, ...life };
}
