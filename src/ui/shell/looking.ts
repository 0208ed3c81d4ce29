import type { Client } from '../../contract/client';
import type { ViewStore } from '../view-store';

/** Of several CLIProxyAPIs a page looks at one, and all that it asks is about that one. */
export interface Looking {
  ask: Client;
  /** Empty: the first in the user's order. */
  lookAt(proxyId: string): void;
  /**
   * Keeps to the one that the first picture shows, since the order may change while something is under way; goes back to the
   * first where the one looked at is gone.
   */
  follow(view: ViewStore): void;
}

export function createLooking(send: Client): Looking {
  let at = '';
  return {
    ask: (name, input, proxyId = at) => send(name, input, proxyId),
    lookAt: (proxyId) => {
      at = proxyId;
    },
    follow(view) {
      const keep = (): void => {
        const state = view.getState();
        if (state.kind !== 'ready') return;
        const { connection } = state.view;
        // A picture of the one before may still be on its way.
        if (connection) at ||= connection.id;
        else if (at) {
          at = '';
          void view.load();
        }
      };
      keep();
      view.subscribe(keep);
    },
  };
}
