import { useStore } from 'zustand';
import { usePage } from '../page-context';
import type { ImportState } from '../import-store';

/** Whether an import is open. Typing in it does not draw the page behind it again. */
export const useImportOpen = (): boolean => useStore(usePage().imports, (state) => state.kind !== 'closed');

export const useImport = (): ImportState => useStore(usePage().imports);
