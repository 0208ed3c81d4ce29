import { useStore } from 'zustand';
import type { View } from '../core/view/view';
import { usePage } from './page-context';
import type { ViewState } from './view-store';

export function useViewState(): ViewState {
  return useStore(usePage().view);
}

/** The picture; only for components below a page that has loaded it. */
export function useView(): View {
  const state = useViewState();
  if (state.kind !== 'ready') throw new Error('the view is not loaded');
  return state.view;
}
