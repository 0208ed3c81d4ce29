import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../contract/client';
import type { Failure } from '../core/failures/failure';
import type { ImportDraft } from '../core/import/draft';
import type { ImportChoice } from '../core/view/intent';
import type { EntryEdit } from '../core/entries/entry-edit';
import type { ImportOutcome, OpenedImport, UndoOutcome } from '../core/import/opened';
import type { Planned, PlanView } from '../core/import/planned';
import type { Also } from './also';

/** The one import that may be open on a page, as the short sheet or as the full dialog. */
export type ImportState =
  | { kind: 'closed' }
  | { kind: 'opening'; keyId: string; full: boolean }
  | { kind: 'failed'; start: ImportStart; failure: Failure }
  | {
      kind: 'open';
      full: boolean;
      opened: OpenedImport;
      also: ImportAlso;
      draft: ImportDraft;
      planned: Planned;
      planning: boolean;
      /** The list had changed, so that nothing was written: this is the new plan. */
      replanned: boolean;
    }
  /** The plan was sent: how far it is, and how it ended, is shown in the same place. */
  | SentImport
  | ({ kind: 'undo' } & UndoStart & Omit<UndoOutcome & { kind: 'changed' }, 'kind'>)
  /** What CLIProxyAPI has of the key, or, in place of an undo that would take other keys along, its removal. */
  | { kind: 'entry'; keyId: string; name: string; edit?: EntryEdit };

export interface SentImport {
  kind: 'sent';
  opened: OpenedImport;
  draft: ImportDraft;
  also: ImportAlso;
  plan: PlanView;
  /** Null: it is under way. */
  end: ImportEnd | null;
}

/** What the worker answered to the order, or why it could not. */
export type ImportEnd = Exclude<ImportOutcome, { kind: 'replan' }>;

/** The same import at other CLIProxyAPIs. */
export type ImportAlso = Also<ImportDraft, Planned, ImportEnd>;

interface UndoStart {
  importId: string;
  name: string;
  /** The key on whose card it was asked for; absent: it was asked for elsewhere. */
  keyId?: string | undefined;
}

export type OpenImportState = ImportState & { kind: 'open' };

export interface ImportStart extends ImportChoice {
  keyId: string;
  /** Imports without showing the plan if it only adds. */
  skip?: boolean;
}

/** The actions of an open import. */
export interface OpenImport {
  showFull(): void;
  edit(draft: ImportDraft): void;
  /** Replaces the listed models (another base URL, Retry). */
  relist(models: OpenedImport['models'], draft: ImportDraft): void;
  apply(): Promise<void>;
  close(): void;
}

export interface ImportStore extends StoreApi<ImportState>, OpenImport {
  open(keyId: string, how: Omit<ImportStart, 'keyId'>): Promise<void>;
  finish(importId: string, keyId: string): Promise<void>;
  undo(importId: string, name: string, confirmedLoss?: string, keyId?: string): Promise<void>;
}

/** Reports a failure that has no place of its own on the page. */
export type Announce = (name: string, failure: Failure) => void;

interface ImportFlow extends OpenImport {
  open(start: ImportStart): Promise<void>;
}

/** The import of a page. Its flow is loaded with the dialogs, since a page draws without them. */
export function createImportStore(ask: Client, announce: Announce): ImportStore {
  const store = createStore<ImportState>(() => ({ kind: 'closed' }));
  let flow: ImportFlow | undefined;
  const load = async (): Promise<ImportFlow> => {
    const { createImportFlow } = await import('./import/flow');
    flow ??= createImportFlow(ask, announce, store);
    return flow;
  };
  const close = (): void => {
    flow?.close();
    if (store.getState().kind !== 'closed') store.setState({ kind: 'closed' }, true);
  };
  const open: ImportStore['open'] = async (keyId, how) => {
    if (store.getState().kind === 'opening') return;
    const opening: ImportState = { kind: 'opening', keyId, full: how.full ?? false };
    store.setState(opening, true);
    const loaded = flow ?? (await load());
    if (store.getState() === opening) await loaded.open({ keyId, ...how });
  };
  return Object.assign(store, {
    open,
    close,
    showFull: () => flow?.showFull(),
    edit: (draft: ImportDraft) => flow?.edit(draft),
    relist: (models: OpenedImport['models'], draft: ImportDraft) => flow?.relist(models, draft),
    apply: async () => flow?.apply(),
    async finish(importId: string, keyId: string) {
      const outcome = await ask('import.finish', { importId });
      if (!outcome.ok) return announce('', outcome.failure);
      if (outcome.value.kind === 'replan') {
        await open(keyId, outcome.value.draft ? { change: outcome.value.draft } : {});
      }
    },
    /** Shows what would be lost, and asks, if others changed the entry since. */
    async undo(importId: string, name: string, confirmedLoss?: string, keyId?: string) {
      if (confirmedLoss) close();
      const outcome = await ask('import.undo', { importId, ...(confirmedLoss && { confirmedLoss }) });
      if (!outcome.ok) return announce(name, outcome.failure);
      if (outcome.value.kind !== 'changed') return;
      flow?.close();
      store.setState({ ...outcome.value, kind: 'undo', importId, name, keyId }, true);
    },
  });
}
