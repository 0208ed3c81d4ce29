import { FIRST_MESSAGES } from '../contract/first-messages';
import { createRouter, isMessage, type Handlers, type Route } from '../contract/router';
import { fail, type Result } from '../core/failures/result';
import type { Ports } from '../workflows/ports';
import { firstHandlers } from './first-handlers';
import type { WorkerHooks } from './hooks';
import type { LaterHandlers, LaterName } from './later-handlers';
import { createLifeCycle, type LifeCycle } from './life-cycle';
import { createOpenDialogs } from './open-plans';
import { createPictures } from './pictures';
import { createWorks } from './works';

/** `handlers`: every message's, by its name. `route`: what a page's message goes through, which checks its input. */
interface Worker extends Omit<LifeCycle, 'startAgain'> {
  handlers: Handlers;
  route: Route;
}

/**
 * What the popup's picture and the plan of one key need is here at once; the rest is loaded with the first message that
 * asks for it (scripts/worker-parts).
 */
export function createHandlers(ports: Ports): Worker {
  const [works, plans, pictures] = [createWorks(), createOpenDialogs(), createPictures()];
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
    // Should it fail, the message that needs it tries again, and says so.
    loadLater: () => void later().catch(() => undefined),
    pictures,
    async cancelAndDrain() {
      await works.drain();
      plans.clear();
      pictures.clear();
    },
  };
  const first = firstHandlers(ports, hooks);
  const handlers = new Proxy(first, {
    get: (_, name: keyof Handlers) =>
      Object.hasOwn(first, name)
        ? first[name as keyof typeof first]
        : async (input: never) => (await later()).handlers[name as LaterName](input),
  }) as Handlers;
  const routeFirst = createRouter(first, FIRST_MESSAGES);
  const routeLater = async (message: unknown): Promise<Result<unknown>> =>
    (await later()).route(message) ?? fail({ code: 'unknown-item' });
  const route: Route = (message) =>
    routeFirst(message) ?? (isMessage(message) ? routeLater(message) : undefined);
  return { handlers, route, ...life };
}
