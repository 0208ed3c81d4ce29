import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Opened, PlanFlow, PlanState } from './plan-flow';

/** The flow of a dialog for as long as it is on screen. `first`: the opened state, if it need not be read. */
export function usePlanFlow<S, O, D, P>(
  make: () => PlanFlow<S, O, D, P>,
  start: S,
  first?: Opened<O, D, P>,
): [PlanState<S, O, D, P>, PlanFlow<S, O, D, P>] {
  const [flow] = useState(() => {
    const made = make();
    made.setState(
      first
        ? { kind: 'open', start, ...first, phase: 'ready', replanned: false, failure: null }
        : { kind: 'opening', start },
      true,
    );
    return made;
  });
  const [begun] = useState(start);
  useEffect(() => {
    if (flow.getState().kind !== 'open') void flow.open(begun);
    return flow.close;
  }, [flow, begun]);
  useLeaving(flow.close);
  return [useStore(flow), flow];
}

/** Closes dialogs with their page: React does not unmount it, and a popup closes at any click beside it. */
export function useLeaving(close: () => void): void {
  useEffect(() => {
    addEventListener('pagehide', close);
    return () => removeEventListener('pagehide', close);
  }, [close]);
}
