import type { Client } from '../../contract/client';
import { BATCH_DEFAULTS, type BatchOptions, type BatchView } from '../../core/batch/batch';
import { rememberRules } from '../../core/aliases/rules-for';
import { ok } from '../../core/failures/result';
import { usePage } from '../page-context';
import { createPlanFlow, draftOf, type PlanFlow, type PlanState } from '../plan-flow';
import { usePlanFlow } from '../use-plan-flow';
import { useView } from '../use-view';

export interface BatchControl {
  state: PlanState<BatchOptions, null, BatchOptions, BatchView>;
  options: BatchOptions;
  /** Of the keys' relays. */
  addresses: string[];
  edit(options: BatchOptions): void;
  /** Asks again for the keys that failed; options stay. */
  again(): void;
  apply(): void;
  cancel(): void;
}

/** `order` also says failures. Options are planned without a pause, since a text field counts only when it is left. */
export function createBatchFlow(
  { ask, order }: { ask: Client; order: Client },
  batch: { batchId: string; keyIds: readonly string[]; onClose(): void },
): PlanFlow<BatchOptions, null, BatchOptions, BatchView> {
  const { batchId, keyIds, onClose } = batch;
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
      const reply = await order('batch.apply', { batchId, options: draft, hash });
      if (reply.ok && reply.value.kind === 'replan') return { kind: 'replan', planned: reply.value.view };
      if (here()) onClose();
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
}): BatchControl {
  const page = usePage();
  const { settings, keys } = useView();
  const [state, flow] = usePlanFlow(() => createBatchFlow(page, batch), BATCH_DEFAULTS);
  const addresses = keys.filter(({ id }) => batch.keyIds.includes(id)).map(({ address }) => address);
  const options = draftOf(state) ?? (state.kind === 'closed' ? BATCH_DEFAULTS : state.start);
  return {
    state,
    options,
    addresses,
    edit: (next) => flow.edit(next),
    again: () => void flow.open(options),
    apply() {
      if (state.kind !== 'open') return;
      batch.onImporting();
      const { ruleSet } = options;
      if (ruleSet !== undefined) void page.view.changeSettings(rememberRules(settings, addresses, ruleSet));
      void flow.apply();
    },
    cancel() {
      flow.close();
      batch.onClose();
    },
  };
}
