import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../contract/client';
import type { Failure } from '../core/failures/failure';
import type { Settings } from '../core/view/settings';
import type { View } from '../core/view/view';
import type { Page } from '../ports/page';

export type ViewState =
  { kind: 'loading' } | { kind: 'ready'; view: View } | { kind: 'failed'; failure: Failure };

export interface ViewStore extends StoreApi<ViewState> {
  load(): Promise<void>;
  /** Changes settings on screen at once, then in the worker; takes the change back if it could not be saved. */
  changeSettings(change: Partial<Settings>): Promise<void>;
}

/**
 * The page's picture of what the worker knows. The page fetches it again whenever the worker says that it has changed;
 * changes announced during a fetch are fetched together after it.
 */
export function createViewStore(ask: Client, order: Client, page: Pick<Page, 'onPulse'>): ViewStore {
  const store = createStore<ViewState>(() => ({ kind: 'loading' }));
  let loading: Promise<void> | undefined;
  let again = false;
  const fetchOnce = async (): Promise<void> => {
    const view = await ask('view', {});
    if (view.ok) store.setState({ kind: 'ready', view: view.value }, true);
    else if (view.failure.code !== 'worker-gone' || store.getState().kind === 'loading')
      store.setState({ kind: 'failed', failure: view.failure }, true);
  };
  const load = async (): Promise<void> => {
    if (loading) {
      again = true;
      return loading;
    }
    loading = fetchOnce();
    await loading;
    loading = undefined;
    if (again) {
      again = false;
      await load();
    }
  };
  page.onPulse(() => void load());
  const changeSettings = async (change: Partial<Settings>): Promise<void> => {
    const state = store.getState();
    if (state.kind !== 'ready') return;
    const settings = { ...state.view.settings, ...change };
    store.setState({ kind: 'ready', view: { ...state.view, settings } }, true);
    const saved = await order('settings.save', { settings });
    if (!saved.ok) await load();
  };
  return Object.assign(store, { load, changeSettings });
}
