import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../contract/client';
import type { Failure } from '../core/failure';
import type { ImportDraft } from '../core/import/draft';
import type { UndoConflict, OpenedImport } from '../core/import/opened';
import type { Planned } from '../core/import/planned';

/** The one import that may be open on a page: being read, as the short sheet or as the full dialog. */
export type ImportState =
  | { kind: 'closed' }
  | { kind: 'opening'; keyId: string; full: boolean; turn: number }
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

export interface ImportStore extends StoreApi<ImportState> {
  open(keyId: string, how: { full?: boolean; skip?: boolean; change?: Partial<ImportDraft> }): Promise<void>;
  showFull(): void;
  edit(draft: ImportDraft): void;
  /** Puts other models in place of the listed ones (another base URL, Retry). */
  relist(models: OpenedImport['models'], draft: ImportDraft): void;
  apply(): Promise<void>;
  finish(importId: string, keyId: string): Promise<void>;
  undo(importId: string, name: string, confirmedLoss?: string): Promise<void>;
  close(): void;
}

/** Typing is planned when it pauses this long. */
const PAUSE_MS = 120;

export function createImportStore(
  ask: Client,
  announce: (name: string, failure: Failure) => void,
): ImportStore {
  const store = createStore<ImportState>(() => ({ kind: 'closed' }));
  const set = (state: ImportState): void => store.setState(state, true);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;
  let turns = 0;

  const plan = async (keyId: string, draft: ImportDraft): Promise<void> => {
    const mine = ++latest;
    const planned = await ask('import.plan', { keyId, draft });
    const state = store.getState();
    if (mine !== latest || state.kind !== 'open') return;
    set({
      ...state,
      planning: false,
      planned: planned.ok ? planned.value : { kind: 'failed', failure: planned.failure },
    });
  };

  const planSoon = (keyId: string, draft: ImportDraft): void => {
    clearTimeout(timer);
    latest++;
    timer = setTimeout(() => void plan(keyId, draft), PAUSE_MS);
  };

  const send = async (opened: OpenedImport, draft: ImportDraft, planHash: string): Promise<void> => {
    set({ kind: 'closed' });
    const outcome = await ask('import.apply', { keyId: opened.keyId, draft, planHash });
    // How an import ended the worker says itself; that it could not be asked, nobody else.
    if (!outcome.ok) return announce(opened.keyName, outcome.failure);
    if (outcome.value.kind === 'replan') {
      // Another import may be open by now; it is not put aside.
      if (store.getState().kind !== 'closed') return announce(opened.keyName, { code: 'list-changed' });
      const { planned } = outcome.value;
      set({ kind: 'open', full: false, opened, draft, planned, planning: false, replanned: true });
    }
  };

  const open: ImportStore['open'] = async (keyId, { full = false, skip = false, change }) => {
    if (store.getState().kind === 'opening') return;
    const turn = ++turns;
    set({ kind: 'opening', keyId, full, turn });
    const opened = await ask('import.open', { keyId });
    const state = store.getState();
    if (state.kind !== 'opening' || state.turn !== turn) return;
    if (!opened.ok) return set({ kind: 'failed', keyId, failure: opened.failure });
    const { planned } = opened.value;
    const draft = { ...opened.value.draft, ...change };
    if (skip && !full && !change && planned.kind === 'plan' && planned.plan.onlyAdds) {
      return send(opened.value, draft, planned.plan.hash);
    }
    const refused = opened.value.models.kind === 'refused';
    set({
      kind: 'open',
      full: full || refused,
      opened: opened.value,
      draft,
      planned,
      planning: change !== undefined,
      replanned: false,
    });
    if (change) await plan(keyId, draft);
  };

  return Object.assign(store, {
    open,
    showFull() {
      const state = store.getState();
      if (state.kind === 'open') set({ ...state, full: true });
    },
    edit(draft: ImportDraft) {
      const state = store.getState();
      if (state.kind !== 'open') return;
      set({ ...state, draft, planning: true, replanned: false });
      planSoon(state.opened.keyId, draft);
    },
    relist(models: OpenedImport['models'], draft: ImportDraft) {
      const state = store.getState();
      if (state.kind !== 'open') return;
      set({ ...state, opened: { ...state.opened, models }, draft, planning: true });
      planSoon(state.opened.keyId, draft);
    },
    async apply() {
      const state = store.getState();
      if (state.kind !== 'open' || state.planning || state.planned.kind !== 'plan') return;
      await send(state.opened, state.draft, state.planned.plan.hash);
    },
    async finish(importId: string, keyId: string) {
      const outcome = await ask('import.finish', { importId });
      if (!outcome.ok) return announce('', outcome.failure);
      if (outcome.value.kind === 'replan') {
        await open(keyId, outcome.value.draft ? { change: outcome.value.draft } : {});
      }
    },
    undo: (importId: string, name: string, confirmedLoss?: string) =>
      undo(ask, set, announce, { importId, name, confirmedLoss }),
    close() {
      clearTimeout(timer);
      latest++;
      set({ kind: 'closed' });
    },
  });
}

/** Undoes an import; where others changed its entry since, what would be lost is shown and asked about. */
async function undo(
  ask: Client,
  set: (state: ImportState) => void,
  announce: (name: string, failure: Failure) => void,
  { importId, name, confirmedLoss }: { importId: string; name: string; confirmedLoss: string | undefined },
): Promise<void> {
  if (confirmedLoss) set({ kind: 'closed' });
  const outcome = await ask('import.undo', { importId, ...(confirmedLoss && { confirmedLoss }) });
  if (!outcome.ok) return announce(name, outcome.failure);
  if (outcome.value.kind === 'changed') {
    const { providerName, lost, hash } = outcome.value;
    set({ kind: 'undo', importId, name, providerName, lost, hash });
  }
}
