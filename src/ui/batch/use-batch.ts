import { useEffect, useState } from 'react';
import {
  BATCH_DEFAULTS,
  type BatchEnd,
  type BatchOptions,
  type BatchOutcome,
  type BatchView,
} from '../../core/batch/batch';
import type { BatchChoice } from '../../core/view/intent';
import { rememberRules } from '../../core/aliases/rules-for';
import { ok } from '../../core/failures/result';
import { createAlso, type Also } from '../also';
import type { Wanted } from '../may-reach';
import { usePage, type PageContext } from '../page-context';
import { createPlanFlow, draftOf, type PlanFlow, type PlanState } from '../plan-flow';
import { useLeaving, usePlanFlow } from '../use-plan-flow';
import { useView } from '../use-view';

export type BatchAlso = Also<BatchOptions, BatchView, BatchEnd>;

export interface BatchControl {
  state: PlanState<BatchOptions, null, BatchOptions, BatchView>;
  options: BatchOptions;
  /** Of the keys' relays. */
  addresses: string[];
  /** What the worker answered to the order, or why it could not be asked; null: it is under way, or was not given. */
  end: BatchEnd | null;
  /** The same batch at other CLIProxyAPIs. */
  also: BatchAlso;
  edit(options: BatchOptions): void;
  /** Asks again for the keys that failed; options stay. */
  again(): void;
  apply(): void;
  /** What goes on, with what is chosen by then, when the browser's prompt has closed the popup. */
  wanted(): Wanted;
  /** Looks at another CLIProxyAPI and plans there; options stay. */
  instead(proxyId: string): Promise<void>;
  cancel(): void;
}

/** Options are planned without a pause, since a text field counts only when it is left. */
export function createBatchFlow(
  { ask, toast }: Pick<PageContext, 'ask' | 'toast'>,
  batch: { batchId: string; keyIds: readonly string[]; onEnd(end: BatchEnd): void },
): PlanFlow<BatchOptions, null, BatchOptions, BatchView> {
  const { batchId, keyIds, onEnd } = batch;
  return createPlanFlow(ask, {
    dialog: () => ({ dialog: 'batch', id: batchId }),
    workId: () => batchId,
    async open(options: BatchOptions) {
      const opened = await ask('batch.open', { batchId, keyIds: [...keyIds] });
      const asOpened = !opened.ok || options === BATCH_DEFAULTS;
      const view = asOpened ? opened : await ask('batch.plan', { batchId, options });
      return view.ok ? ok({ opened: null, draft: options, planned: view.value }) : view;
    },
    plan: ({ draft }) => ask('batch.plan', { batchId, options: draft }),
    hashOf: ({ hash }) => hash,
    async apply({ draft }, hash, here) {
      // A failure that the open dialog says needs no toast.
      const reply = await ask('batch.apply', { batchId, options: draft, hash });
      const end: BatchOutcome = reply.ok ? reply.value : { kind: 'failed', failure: reply.failure };
      if (end.kind === 'replan') return { kind: 'replan', planned: end.view };
      if (here()) onEnd(end);
      else if (!reply.ok) toast.failure('', reply.failure);
      return { kind: 'done' };
    },
    pauseMs: 0,
  });
}

/** The batch behind an open dialog. */
export function useBatch(batch: {
  batchId: string;
  keyIds: readonly string[];
  onClose(): void;
  onImporting(): void;
  chosen?: Omit<BatchChoice, 'keyIds'> | undefined;
}): BatchControl {
  const page = usePage();
  const { settings, keys } = useView();
  const [end, setEnd] = useState<BatchEnd | null>(null);
  const [begun] = useState(batch.chosen ?? { options: BATCH_DEFAULTS, also: [] });
  const [state, flow] = usePlanFlow(() => createBatchFlow(page, { ...batch, onEnd: setEnd }), begun.options);
  const also = useBatchAlso(page, batch, begun);
  const addresses = keys.filter(({ id }) => batch.keyIds.includes(id)).map(({ address }) => address);
  const options = draftOf(state) ?? (state.kind === 'closed' ? BATCH_DEFAULTS : state.start);
  return {
    state,
    options,
    addresses,
    end,
    also,
    edit(next) {
      flow.edit(next);
      also.edit(next);
    },
    again: () => void flow.open(options),
    apply() {
      if (state.kind !== 'open') return;
      batch.onImporting();
      const { ruleSet } = options;
      if (ruleSet !== undefined) void page.view.changeSettings(rememberRules(settings, addresses, ruleSet));
      void flow.apply();
      also.apply();
    },
    wanted: () => ({
      kind: 'import',
      id: '',
      batch: { keyIds: batch.keyIds, options, also: [...also.getState().keys()] },
    }),
    async instead(proxyId) {
      // The same dialog goes on there, so that what it left here is to be dropped here.
      void page.ask('plan.close', { dialog: 'batch', id: batch.batchId });
      also.tick(proxyId, false, options);
      setEnd(null);
      await page.lookAt(proxyId);
      await flow.open(options);
    },
    cancel() {
      flow.close();
      also.close();
      batch.onClose();
    },
  };
}

/** The batch at other CLIProxyAPIs, under the same id, for as long as its dialog is on screen. */
function useBatchAlso(
  { ask, toast }: PageContext,
  { batchId, keyIds }: { batchId: string; keyIds: readonly string[] },
  { options, also: ticked }: Omit<BatchChoice, 'keyIds'>,
): BatchAlso {
  const [also] = useState<BatchAlso>(() =>
    createAlso(batchId, (proxyId, onEnd) =>
      createBatchFlow({ ask: (name, input) => ask(name, input, proxyId), toast }, { batchId, keyIds, onEnd }),
    ),
  );
  useEffect(() => {
    for (const proxyId of ticked) also.tick(proxyId, true, options);
    return also.close;
  }, [also, ticked, options]);
  useLeaving(also.close);
  return also;
}
