import { useCallback, useEffect, useState } from 'react';
import { BATCH_DEFAULTS, type BatchOptions, type BatchView } from '../../core/import/batch';
import type { Failure } from '../../core/failure';
import type { Result } from '../../core/result';
import { rememberRules } from '../../core/aliases/rules-for';
import { usePage } from '../page-context';
import { useView } from '../use-view';

type BatchState =
  | { kind: 'opening' }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'open'; view: BatchView; planning: boolean; replanned: boolean };

export interface BatchControl {
  state: BatchState;
  options: BatchOptions;
  edit(options: BatchOptions): void;
  /** Asks once more what failed; what is set stays. */
  again(): void;
  apply(): void;
  cancel(): void;
}

const stateOf = (reply: Result<BatchView>): BatchState =>
  reply.ok
    ? { kind: 'open', view: reply.value, planning: false, replanned: false }
    : { kind: 'failed', failure: reply.failure };

/** The batch behind an open dialog: asked for once, planned again with every change of the options. */
export function useBatch(order: {
  batchId: string;
  keyIds: readonly string[];
  onClose(): void;
  onImporting(): void;
}): BatchControl {
  const { ask, order: say, view } = usePage();
  const { settings, keys } = useView();
  const { batchId, keyIds, onClose, onImporting } = order;
  const [state, setState] = useState<BatchState>({ kind: 'opening' });
  const [options, setOptions] = useState(BATCH_DEFAULTS);
  const open = useCallback(
    () => ask('batch.open', { batchId, keyIds: [...keyIds] }).then(stateOf),
    [ask, batchId, keyIds],
  );
  useEffect(() => {
    let here = true;
    void open().then((opened) => here && setState(opened));
    return () => void (here = false);
  }, [open]);
  return {
    state,
    options,
    edit(next) {
      setOptions(next);
      if (state.kind !== 'open') return;
      setState({ ...state, planning: true });
      void ask('batch.plan', { batchId, options: next }).then((reply) => setState(stateOf(reply)));
    },
    again() {
      setState({ kind: 'opening' });
      void open().then(async (opened) => {
        const planned = opened.kind === 'open' ? await ask('batch.plan', { batchId, options }) : undefined;
        setState(planned ? stateOf(planned) : opened);
      });
    },
    apply() {
      if (state.kind !== 'open') return;
      onImporting();
      const { ruleSet } = options;
      if (ruleSet !== undefined) {
        const addresses = keys.filter(({ id }) => keyIds.includes(id)).map(({ address }) => address);
        void view.changeSettings(rememberRules(settings, addresses, ruleSet));
      }
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
