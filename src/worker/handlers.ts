import { FIRST_MESSAGES } from '../contract/first-messages';
import { createRouter, proxyIdOf, type Handlers, type Route } from '../contract/router';
import { memo } from '../core/memo';
import { fail, type Result } from '../core/failures/result';
import { firstProxy } from '../storage/at-proxy';
import type { Ports } from '../workflows/ports';
import { firstHandlers } from './first-handlers';
import type { WorkerHooks } from './hooks';
import type { LaterHandlers, LaterName } from './later-handlers';
import { createLifeCycle, type LifeCycle } from './life-cycle';
import { createOpenDialogs } from './open-plans';
import { createPictures } from './pictures';
import { createWorks, type Works } from './works';

/** `handlers`: every message's, by its name. `route`: what a page's message goes through, which checks its input. */
interface Worker extends Omit<LifeCycle, 'startAgain'> {
  handlers: Handlers;
  route: Route;
}

/** The handlers at one CLIProxyAPI, with works and open dialogs of their own. */
interface Desk {
  handlers: Handlers;
  route(message: unknown): Promise<Result<unknown>>;
  later(): Promise<LaterHandlers>;
  works: Works;
  cancelAndDrain(): Promise<void>;
}

/**
 * What the popup's picture and the plan of one key need is here at once; the rest is loaded with the first message that
 * asks for it (scripts/worker-parts).
 */
export function createHandlers(ports: Ports): Worker {
  const pictures = createPictures();
  const desks = new Set<Desk>();
  const deskAt = memo((proxyId: string) => {
    const desk = createDesk(ports.at(proxyId), {
      ...life,
      start: () => life.startAt(proxyId),
      pictures,
      runAt,
      cancelAndDrain,
    });
    desks.add(desk);
    return desk;
  });
  const runAt: WorkerHooks['runAt'] = async (proxyId, id, whole, part) => {
    await life.startAt(proxyId);
    return deskAt(proxyId).works.run(id, (own) => part(AbortSignal.any([whole, own])));
  };
  const first = firstProxy(ports.everywhere.saved);
  const deskOf = async (proxyId: string): Promise<Desk> => deskAt(proxyId || (await first()));
  const life = createLifeCycle(ports, async (proxyId = '') => (await deskOf(proxyId)).later());
  const cancelAndDrain = async (): Promise<void> => {
    // While it is waited for one, work may begin at another.
    do await Promise.all([...desks].map((desk) => desk.cancelAndDrain()));
    while ([...desks].some((desk) => desk.works.isBusy()));
    pictures.clear();
  };
  const handlers = new Proxy({} as Handlers, {
    get: (_, name: keyof Handlers) => async (input: never) => (await deskOf('')).handlers[name](input),
  });
  const route: Route = (message) => {
    const proxyId = proxyIdOf(message);
    return proxyId === undefined ? undefined : deskOf(proxyId).then((desk) => desk.route(message));
  };
  return { handlers, route, ...life };
}

function createDesk(
  ports: Ports,
  shared: Omit<WorkerHooks, 'works' | 'plans' | 'loadLater' | 'lookAtGroups'>,
): Desk {
  const [works, plans] = [createWorks(), createOpenDialogs()];
  let loaded: LaterHandlers | undefined;
  const later = async (): Promise<LaterHandlers> => {
    const { createLaterHandlers } = await import('./later-handlers');
    loaded ??= createLaterHandlers(ports, hooks);
    return loaded;
  };
  const hooks: WorkerHooks = {
    ...shared,
    works,
    plans,
    // Should it fail, the message that needs it tries again, and says so.
    loadLater: () => void later().catch(() => undefined),
    lookAtGroups: async (...about) => (await later()).lookAtGroups(...about),
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
  return {
    handlers,
    route: (message) => routeFirst(message) ?? routeLater(message),
    later,
    works,
    async cancelAndDrain() {
      await works.drain();
      plans.clear();
    },
  };
}
