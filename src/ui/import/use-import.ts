import { useStore } from 'zustand';
import { usePage } from '../page-context';
import type { Planned } from '../../core/import/planned';
import { isSent } from '../also';
import type { Wanted } from '../may-reach';
import type { ImportStart, ImportState, OpenImportState } from '../import-store';

/** Whether an import is open. Typing in it does not draw the page behind it again. */
export const useImportOpen = (): boolean => useStore(usePage().imports, (state) => state.kind !== 'closed');

export const useImport = (): ImportState => useStore(usePage().imports);

/** The import with its plan; only for components below one that has seen it open. */
export function useOpenImport(): OpenImportState {
  const state = useImport();
  if (state.kind !== 'open') throw new Error('no import is open');
  return state;
}

/** What begins the import on screen once more, with what was chosen in it; undefined: nothing could be chosen yet. */
export function startOf(state: ImportState): Omit<ImportStart, 'skip'> | undefined {
  if (state.kind === 'failed') return state.start;
  if (state.kind !== 'open' && state.kind !== 'sent') return undefined;
  const { opened, draft, also } = state;
  const full = state.kind === 'open' && state.full;
  return { keyId: opened.keyId, full, change: draft, also: [...also.getState().keys()] };
}

/** What goes on, with what is chosen by then, when the browser's prompt has closed the popup. */
export function useWanted(): () => Wanted {
  const { imports } = usePage();
  return () => {
    const start = startOf(imports.getState());
    if (!start) return undefined;
    const { keyId: id, ...chosen } = start;
    return { kind: 'import', id, chosen };
  };
}

/** Whether a plan writes nothing. */
const isIdlePlan = (planned: Planned): boolean =>
  planned.kind === 'plan' && planned.plan.kind === 'unchanged';

/** How many plans of the open import are to be carried out, and whether none of them writes anything. */
export function useOrder(): { places: number; idle: boolean } {
  const { planned, also } = useOpenImport();
  const elsewhere = [...useStore(also).values()].flatMap((there) =>
    there.state.kind === 'open' && there.state.planned.kind === 'plan' && !isSent(there)
      ? [there.state.planned]
      : [],
  );
  return { places: 1 + elsewhere.length, idle: [planned, ...elsewhere].every(isIdlePlan) };
}
