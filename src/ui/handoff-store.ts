import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChannelUndo } from '../core/channels/view';
import type { TargetId } from '../core/handoff/targets';

/** Undoing a write to a channel would lose what somebody did to it since. */
export interface ConflictWith extends Pick<
  ChannelUndo & { kind: 'changed' },
  'channelName' | 'lost' | 'hash' | 'unsure'
> {
  importId: string;
}

/** The question before a key is sent or a channel is put back; never holds a key itself. */
export type HandoffState =
  | { kind: 'closed' }
  | { kind: 'asking'; keyId: string; target: TargetId }
  | ({ kind: 'lost' } & ConflictWith);

export interface HandoffStore extends StoreApi<HandoffState> {
  open(keyId: string, target: TargetId): void;
  /** Shows what would be lost, and asks. */
  askAboutConflict(by: ConflictWith): void;
  close(): void;
  /** Runs one sending at a time: a second click would open a second question of the browser. */
  alone(send: () => Promise<void>): Promise<void>;
}

export function createHandoffStore(): HandoffStore {
  const store = createStore<HandoffState>(() => ({ kind: 'closed' }));
  let sending = false;
  return Object.assign(store, {
    open: (keyId: string, target: TargetId) => store.setState({ kind: 'asking', keyId, target }, true),
    askAboutConflict: ({ importId, channelName, lost, hash, unsure = false }: ConflictWith) =>
      store.setState({ kind: 'lost', importId, channelName, lost, hash, unsure }, true),
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
