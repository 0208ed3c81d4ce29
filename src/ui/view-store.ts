import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../contract/client';
import type { Failure } from '../core/failures/failure';
import { ok, type Result } from '../core/failures/result';
import type { Settings } from '../core/view/settings';
import type { View } from '../core/view/view';
import { applyChange } from '../core/view/view-change';
import type { Page } from '../ports/page';

export type ViewState =
  { kind: 'loading' } | { kind: 'ready'; view: View } | { kind: 'failed'; failure: Failure };

export interface ViewStore extends StoreApi<ViewState> {
  load(): Promise<void>;
  /** Changes settings on screen at once, then in the worker; takes the change back if it could not be saved. */
  changeSettings(change: Partial<Settings>): Promise<void>;
}

/**
 * The page's picture of what the worker knows. Whenever the worker says that it has changed, the page fetches what is
 * different from the picture that it has, by the name of that; changes announced during a fetch are fetched together after
 * it. What did not change stays the same object, so that what shows it need not be drawn again. A worker that is stopped says
 * nothing: while it is at work, the page holds a line to it, and asks as soon as that ends.
 */
export function createViewStore(
  ask: Client,
  order: Client,
  page: Pick<Page, 'onPulse' | 'onWorkerStopped'>,
): ViewStore {
  const store = createStore<ViewState>(() => ({ kind: 'loading' }));
  let loading: Promise<void> | undefined;
  let again = false;
  /** As the worker told it last, without settings that are not saved yet. */
  let told: View | undefined;
  const fetchView = async (): Promise<Result<View>> => {
    if (!told?.version) return ask('view', {});
    const before = told;
    const reply = await ask('view.since', { version: told.version });
    if (!reply.ok) return reply;
    if ('whole' in reply.value) return ok(reply.value.whole);
    const { version, change } = reply.value;
    return ok({ ...applyChange(before, change), version });
  };
  let letGo: (() => void) | undefined;
  const askAtStop = async (): Promise<void> => {
    letGo = undefined;
    await load();
    // The question came to the worker that was just stopping; the next one starts a new life of it.
    if (isGone) await load();
  };
  const holdLine = ({ keys }: View): void => {
    const isAtWork = keys.some(({ running }) => running !== null);
    if (isAtWork) letGo ??= page.onWorkerStopped(() => void askAtStop());
    else {
      letGo?.();
      letGo = undefined;
    }
  };
  let isGone = false;
  const fetchOnce = async (): Promise<void> => {
    const view = await fetchView();
    isGone = !view.ok && view.failure.code === 'worker-gone';
    if (view.ok) {
      told = view.value;
      holdLine(told);
      store.setState({ kind: 'ready', view: told }, true);
    } else if (view.failure.code !== 'worker-gone' || store.getState().kind === 'loading') {
      told = undefined;
      store.setState({ kind: 'failed', failure: view.failure }, true);
    }
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
