import { useEffect, useState } from 'react';
import { BATCH_DEFAULTS, type BatchOptions, type BatchView } from '../../core/batch';
import type { Failure } from '../../core/failure';
import { usePage } from '../page-context';

type BatchState =
  | { kind: 'opening' }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'open'; view: BatchView; planning: boolean; replanned: boolean };

export interface BatchControl {
  state: BatchState;
  options: BatchOptions;
  edit(options: BatchOptions): void;
  /** Asks everything anew, also the relays that failed. */
  again(): void;
  apply(): void;
  cancel(): void;
}

/** The batch behind an open dialog: asked for once, planned again with every change of the options. */
export function useBatch(order: {
  batchId: string;
  keyIds: readonly string[];
  onClose(): void;
  onImporting(): void;
}): BatchControl {
  const { ask, order: say } = usePage();
  const { batchId, keyIds, onClose, onImporting } = order;
  const [state, setState] = useState<BatchState>({ kind: 'opening' });
  const [options, setOptions] = useState(BATCH_DEFAULTS);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let here = true;
    void ask('batch.open', { batchId, keyIds: [...keyIds] }).then((reply) => {
      if (!here) return;
      setState(
        reply.ok
          ? { kind: 'open', view: reply.value, planning: false, replanned: false }
          : { kind: 'failed', failure: reply.failure },
      );
    });
    return () => void (here = false);
  }, [ask, batchId, keyIds, turn]);
  return {
    state,
    options,
    edit(next) {
      setOptions(next);
      if (state.kind !== 'open') return;
      setState({ ...state, planning: true });
      void ask('batch.plan', { batchId, options: next }).then((reply) =>
        setState(
          reply.ok
            ? { kind: 'open', view: reply.value, planning: false, replanned: false }
            : { kind: 'failed', failure: reply.failure },
        ),
      );
    },
    again() {
      setState({ kind: 'opening' });
      setOptions(BATCH_DEFAULTS);
      setTurn(turn + 1);
    },
    apply() {
      if (state.kind !== 'open') return;
      onImporting();
      // The dialog waits unseen: the cards show how far it is, and only a new plan brings it back.
      setState({ kind: 'opening' });
      void say('batch.apply', { batchId, options, hash: state.view.hash }).then((reply) => {
        if (!reply.ok || reply.value.kind !== 'replan') return onClose();
        setState({ kind: 'open', view: reply.value.view, planning: false, replanned: true });
      });
    },
    cancel() {
      void ask('import.cancel', { keyId: batchId });
      onClose();
    },
  };
}
