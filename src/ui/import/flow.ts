import type { StoreApi } from 'zustand/vanilla';
import type { Client } from '../../contract/client';
import { MOST_MODELS } from '../../core/aliases/proposed-models';
import type { ImportDraft } from '../../core/import/draft';
import type { OpenedImport } from '../../core/import/opened';
import type { Planned } from '../../core/import/planned';
import type { Failure } from '../../core/failures/failure';
import { ok } from '../../core/failures/result';
import type {
  Announce,
  ImportAlso,
  ImportEnd,
  ImportStart,
  ImportState,
  OpenImport,
  SentImport,
} from '../import-store';
import { createPlanFlow, orFailed, type PlanState, type PlanSteps } from '../plan-flow';
import { createImportAlso, hashOf, PAUSE_MS } from './also/import-also';

/** The flow of an import, shown in the page's store. */
export function createImportFlow(
  ask: Client,
  announce: Announce,
  store: StoreApi<ImportState>,
): OpenImport & { open(start: ImportStart): Promise<void> } {
  /** The form that the user chose; undefined: the one that the import was opened in. */
  let full: boolean | undefined;
  /** Whether the user has seen the plan. An import that was sent unseen is shown by its card alone. */
  let seen = false;
  let end: ImportEnd | null = null;
  let also: ImportAlso | undefined;
  const flow = createPlanFlow(
    ask,
    importSteps(
      ask,
      (name, failure, here) => {
        if (seen && here) end = { kind: 'failed', failure };
        else announce(name, failure);
      },
      (outcome) => {
        end = outcome;
      },
      () => (also && also.getState().size > 0 ? also.together : undefined),
    ),
  );
  flow.subscribe((state) => {
    // The store itself shows this, before the flow is loaded.
    if (state.kind === 'opening') return;
    // A new plan comes back in the short form.
    if (state.kind === 'open' && state.phase === 'applying') [full, end] = [false, null];
    if (state.kind === 'open' && (state.phase === 'ready' || state.phase === 'planning')) seen = true;
    if (state.kind === 'open' && !also) {
      also = createImportAlso(ask, announce, state.opened);
      for (const proxyId of state.start.also ?? []) also.tick(proxyId, true, state.draft);
    }
    const next = shownAs(state, full, also, seen ? { end } : undefined);
    if (next.kind !== 'closed' || store.getState().kind !== 'closed') store.setState(next, true);
  });
  const leave = (): void => {
    also?.close();
    also = undefined;
  };
  return {
    async open(start) {
      leave();
      [full, seen] = [undefined, false];
      await flow.open(start);
    },
    showFull() {
      const state = store.getState();
      full = true;
      if (state.kind === 'open') store.setState({ ...state, full });
    },
    edit(draft) {
      flow.edit(draft);
      also?.edit(draft);
    },
    relist(models, draft) {
      const state = flow.getState();
      full = true;
      if (state.kind !== 'open') return;
      flow.edit(draft, { ...state.opened, models });
      also?.edit(draft);
    },
    async apply() {
      const state = flow.getState();
      if (state.kind !== 'open' || state.phase !== 'ready' || hashOf(state.planned) === undefined) return;
      const applied = flow.apply();
      also?.apply();
      await applied;
    },
    close() {
      leave();
      flow.close();
    },
  };
}

const importSteps = (
  ask: Client,
  announce: (name: string, failure: Failure, here: boolean) => void,
  ended: (end: ImportEnd) => void,
  together: () => string | undefined,
): PlanSteps<ImportStart, OpenedImport, ImportDraft, Planned> => ({
  dialog: ({ keyId }) => ({ dialog: 'import', id: keyId }),
  async open({ keyId, full, skip, change }) {
    const reply = await ask('import.open', { keyId });
    if (!reply.ok) return reply;
    const { draft, planned, models } = reply.value;
    const isTold =
      models.kind === 'listed' && ((models.barred ?? []).length > 0 || draft.models.length >= MOST_MODELS);
    const adds = planned.kind === 'plan' && planned.plan.onlyAdds && !isTold;
    const unseen = skip && !full && !change && adds;
    const next = unseen ? 'apply' : change && 'plan';
    return ok({ opened: reply.value, draft: { ...draft, ...change }, planned, ...(next && { next }) });
  },
  plan: async ({ opened: { keyId }, draft }) => orFailed<Planned>(await ask('import.plan', { keyId, draft })),
  hashOf,
  async apply({ opened: { keyId, keyName }, draft }, planHash, here) {
    const id = together();
    const outcome = await ask('import.apply', { keyId, draft, planHash, ...(id && { together: id }) });
    // The worker says how an import ended; only the page can say that the worker could not be asked.
    if (!outcome.ok) announce(keyName, outcome.failure, here());
    else if (outcome.value.kind !== 'replan' && here()) ended(outcome.value);
    if (!outcome.ok || outcome.value.kind !== 'replan') return { kind: 'done' };
    // The new plan must not take the place of another import that is open by now.
    if (!here()) announce(keyName, { code: 'list-changed' }, false);
    return { kind: 'replan', planned: outcome.value.planned };
  },
  pauseMs: PAUSE_MS,
});

/** `sent`: how an import that was sent has ended so far; undefined: its card shows it, and it opens only with a new plan. */
function shownAs(
  state: Exclude<PlanState<ImportStart, OpenedImport, ImportDraft, Planned>, { kind: 'opening' }>,
  full: boolean | undefined,
  also: ImportAlso | undefined,
  sent: Pick<SentImport, 'end'> | undefined,
): ImportState {
  if (state.kind === 'closed') return { kind: 'closed' };
  const { start } = state;
  if (state.kind === 'failed') return { kind: 'failed', start, failure: state.failure };
  const { opened, draft, planned, phase, replanned } = state;
  if (!also) return { kind: 'closed' };
  if (phase === 'applying' || phase === 'done')
    return sent && planned.kind === 'plan'
      ? { kind: 'sent', opened, also, draft, plan: planned.plan, ...sent }
      : { kind: 'closed' };
  return {
    kind: 'open',
    full: full ?? (start.full === true || opened.models.kind === 'refused'),
    opened,
    also,
    draft,
    planned,
    planning: phase === 'planning',
    replanned,
  };
}
