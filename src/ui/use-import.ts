import { useStore } from 'zustand';
import { usePage } from './page-context';
import type { ImportState } from './stores/import-store';

export const useImport = (): ImportState => useStore(usePage().imports);
