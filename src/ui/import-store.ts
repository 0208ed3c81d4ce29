import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../contract/client';
import type { Failure } from '../core/failure';
import type { ImportDraft } from '../core/import/draft';
import type { UndoConflict, OpenedImport } from '../core/import/opened';
import type { Planned } from '../core/import/planned';
import { ok } from '../core/result';
import { createPlanFlow, orFailed, type PlanState, type PlanSteps } from './plan-flow';

/** The one import that may be open on a page: being read, as the short sheet or as the full dialog. */
export type ImportState =
  | { kind: 'closed' }
  | { kind: 'opening'; keyId: string; full: boolean }
  | { kind: 'failed'; keyId: string; failure: Failure }
  | {
      kind: 'open';
      full: boolean;
      opened: OpenedImport;
      draft: ImportDraft;
      planned: Planned;
      planning: boolean;
      /** The list changed between plan and import: this is the new plan. */
      replanned: boolean;
    }
  | { kind: 'undo'; importId: string; name: string; providerName: string; lost: UndoConflict; hash: string };

interface Opening {
  full?: boolean;
  /** A plan that only adds need not be seen. */
  skip?: boolean;
  change?: Partial<ImportDraft>;
}
type Start = Opening & { keyId: string };

export interface ImportStore extends StoreApi<ImportState> {
  open(keyId: string, how: Opening): Promise<void>;
  showFull(): void;
  edit(draft: ImportDraft): void;
  /** Puts other models in place of the listed ones (another base URL, Retry). */
  relist(models: OpenedImport['models'], draft: ImportDraft): void;
  apply(): Promise<void>;
  finish(importId: string, keyId: string): Promise<void>;
  undo(importId: string, name: string, confirmedLoss?: string): Promise<void>;
  close(): void;
}

type Announce = (name: string, failure: Failure) => void;
const CLOSED: ImportState = { kind: 'closed' };

export function createImportStore(ask: Client, announce: Announce): ImportStore {
  const store = createStore<ImportState>(() => CLOSED);
  const flow = createPlanFlow(ask, importSteps(ask, announce));
  /** The form that was chosen since the import was opened. */
  let full: boolean | undefined;
  flow.subscribe((state) => {
    // A new plan comes back in the short form.
    if (state.kind === 'open' && state.phase === 'applying') full = false;
    const next = shownAs(state, full);
    if (next !== store.getState()) store.setState(next, true);
  });

  const open: ImportStore['open'] = async (keyId, how) => {
    if (store.getState().kind === 'opening') return;
    full = undefined;
    await flow.open({ keyId, ...how });
  };
  const close = (): void => {
    flow.close();
    if (store.getState().kind === 'undo') store.setState(CLOSED, true);
  };
  return Object.assign(store, {
    open,
    showFull() {
      const state = store.getState();
      full = true;
      if (state.kind === 'open') store.setState({ ...state, full });
    },
    edit: (draft: ImportDraft) => flow.edit(draft),
    relist(models: OpenedImport['models'], draft: ImportDraft) {
      const state = flow.getState();
      full = true;
      if (state.kind === 'open') flow.edit(draft, { ...state.opened, models });
    },
    apply: flow.apply,
    async finish(importId: string, keyId: string) {
      const outcome = await ask('import.finish', { importId });
      if (!outcome.ok) return announce('', outcome.failure);
      if (outcome.value.kind === 'replan') {
        await open(keyId, outcome.value.draft ? { change: outcome.value.draft } : {});
      }
    },
    /** Where others changed the entry since, what would be lost is shown and asked about. */
    async undo(importId: string, name: string, confirmedLoss?: string) {
      if (confirmedLoss) close();
      const outcome = await ask('import.undo', { importId, ...(confirmedLoss && { confirmedLoss }) });
      if (!outcome.ok) return announce(name, outcome.failure);
      if (outcome.value.kind !== 'changed') return;
      const { providerName, lost, hash } = outcome.value;
      flow.close();
      store.setState({ kind: 'undo', importId, name, providerName, lost, hash }, true);
    },
    close,
  });
}

const importSteps = (
  ask: Client,
  announce: Announce,
): PlanSteps<Start, OpenedImport, ImportDraft, Planned> => ({
  dialog: ({ keyId }) => ({ dialog: 'import', id: keyId }),
  async open({ keyId, full, skip, change }) {
    const reply = await ask('import.open', { keyId });
    if (!reply.ok) return reply;
    const { draft, planned } = reply.value;
    const unseen = skip && !full && !change && planned.kind === 'plan' && planned.plan.onlyAdds;
    const next = unseen ? 'apply' : change && 'plan';
    return ok({ opened: reply.value, draft: { ...draft, ...change }, planned, ...(next && { next }) });
  },
  plan: async ({ opened: { keyId }, draft }) => orFailed<Planned>(await ask('import.plan', { keyId, draft })),
  hashOf: (planned) => (planned.kind === 'plan' ? planned.plan.hash : undefined),
  async apply({ opened: { keyId, keyName }, draft }, planHash, here) {
    const outcome = await ask('import.apply', { keyId, draft, planHash });
    // The worker says itself how an import ended, but not that it could not be asked.
    if (!outcome.ok) announce(keyName, outcome.failure);
    if (!outcome.ok || outcome.value.kind !== 'replan') return { kind: 'done' };
    // Another import that is open by now is not put aside.
    if (!here()) announce(keyName, { code: 'list-changed' });
    return { kind: 'replan', planned: outcome.value.planned };
  },
  pauseMs: 120,
});

/** An import that was sent is on its card, and not on the page unless it comes back with a new plan. */
function shownAs(state: PlanState<Start, OpenedImport, ImportDraft, Planned>, full?: boolean): ImportState {
  if (state.kind === 'closed') return CLOSED;
  const { keyId, full: wanted = false } = state.start;
  if (state.kind === 'opening') return { kind: 'opening', keyId, full: wanted };
  if (state.kind === 'failed') return { kind: 'failed', keyId, failure: state.failure };
  const { opened, draft, planned, phase, replanned } = state;
  if (phase === 'applying' || phase === 'done') return CLOSED;
  return {
    kind: 'open',
    full: full ?? (wanted || opened.models.kind === 'refused'),
    opened,
    draft,
    planned,
    planning: phase === 'planning',
    replanned,
  };
}
