import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PlanFlow, PlanState } from './plan-flow';

/** An order at one more CLIProxyAPI. `D`: what the user sets; `P`: the plan of that there; `E`: how it ended there. */
export interface There<D, P, E> {
  state: PlanState<D, null, D, P>;
  /** Null: it was not sent there, or is under way. */
  end: E | null;
}

/** By the id of the CLIProxyAPI: those that were ticked. */
export type Places<D, P, E> = ReadonlyMap<string, There<D, P, E>>;

/** The CLIProxyAPIs that an order also goes to, beside the one that the page looks at. */
export interface Also<D, P, E> extends StoreApi<Places<D, P, E>> {
  /** What is sent to several shares this id, by which one undo takes it back. */
  together: string;
  /** Ticked: plans there what the user has set. */
  tick(proxyId: string, on: boolean, draft: D): void;
  /** Plans anew wherever it was not sent to. */
  edit(draft: D): void;
  /** Sends each plan that is on screen, side by side; what is still being planned stays where it is. */
  apply(): void;
  applyAt(proxyId: string): void;
  /** Reads and plans there once more. */
  again(proxyId: string): void;
  /** Forgets all plans; what was sent goes on. */
  close(): void;
}

/**
 * Each place has a flow of its own, so that one that is down holds up none of the others: late replies are dropped there, and
 * a new plan there is asked about there. `makeFlow` tells `onEnd` how the order ended while the dialog is open.
 */
export function createAlso<D, P, E>(
  together: string,
  makeFlow: (proxyId: string, onEnd: (end: E) => void) => PlanFlow<D, null, D, P>,
): Also<D, P, E> {
  const store = createStore<Places<D, P, E>>(() => new Map());
  const flows = new Map<string, PlanFlow<D, null, D, P>>();
  let wanted: D | undefined;
  const show = (proxyId: string, change: Partial<There<D, P, E>>): void => {
    const there = store.getState().get(proxyId);
    if (there) store.setState(new Map(store.getState()).set(proxyId, { ...there, ...change }), true);
  };
  const begin = (proxyId: string, draft: D): void => {
    const flow = makeFlow(proxyId, (end) => show(proxyId, { end }));
    flows.set(proxyId, flow);
    store.setState(new Map(store.getState()).set(proxyId, { state: flow.getState(), end: null }), true);
    flow.subscribe((state) => {
      const isSent = state.kind === 'open' && state.phase === 'applying';
      show(proxyId, { state, ...(isSent && { end: null }) });
      // Edited while this place was still being read.
      const isReady = state.kind === 'open' && state.phase === 'ready';
      if (isReady && wanted !== undefined && state.draft !== wanted) flow.edit(wanted);
    });
    void flow.open(draft);
  };
  const end = (proxyId: string): void => {
    const places = new Map(store.getState());
    places.delete(proxyId);
    store.setState(places, true);
    flows.get(proxyId)?.close();
    flows.delete(proxyId);
  };
  return Object.assign(store, {
    together,
    tick(proxyId: string, on: boolean, draft: D) {
      wanted = draft;
      if (!on) end(proxyId);
      else if (!flows.has(proxyId)) begin(proxyId, draft);
    },
    edit(draft: D) {
      wanted = draft;
      for (const flow of flows.values()) {
        const { kind } = flow.getState();
        if (kind === 'open') flow.edit(draft);
        else if (kind === 'failed') void flow.open(draft);
      }
    },
    apply() {
      for (const flow of flows.values()) void flow.apply();
    },
    applyAt: (proxyId: string) => void flows.get(proxyId)?.apply(),
    again(proxyId: string) {
      if (wanted !== undefined) void flows.get(proxyId)?.open(wanted);
    },
    close() {
      for (const proxyId of flows.keys()) end(proxyId);
    },
  });
}

/** Whether the order is under way there: an undo would not know of what is written later. */
export const isUnderWay = ({ state }: There<unknown, unknown, unknown>): boolean =>
  state.kind === 'open' && state.phase === 'applying';

/** Whether the order was sent there, and not refused for a newer plan. */
export const isSent = ({ state }: There<unknown, unknown, unknown>): boolean =>
  state.kind === 'open' && (state.phase === 'applying' || state.phase === 'done');
