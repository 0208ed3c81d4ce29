import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TargetId } from '../../core/handoff/targets';

/** What is asked before a key is sent; the key itself is never in here. */
export type HandoffState = { kind: 'closed' } | { kind: 'asking'; keyId: string; target: TargetId };

export interface HandoffStore extends StoreApi<HandoffState> {
  open(keyId: string, target: TargetId): void;
  close(): void;
  /** Runs one sending at a time: a second click would open a second question of the browser. */
  alone(send: () => Promise<void>): Promise<void>;
}

export function createHandoffStore(): HandoffStore {
  const store = createStore<HandoffState>(() => ({ kind: 'closed' }));
  let sending = false;
  return Object.assign(store, {
    open: (keyId: string, target: TargetId) => store.setState({ kind: 'asking', keyId, target }, true),
    close: () => store.setState({ kind: 'closed' }, true),
    async alone(send: () => Promise<void>) {
      if (sending) return;
      sending = true;
      try {
        await send();
      } finally {
        sending = false;
      }
    },
  });
}
