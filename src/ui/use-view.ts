import { useStore } from 'zustand';
import { allConnections, nameOfConnection } from '../core/view/connections';
import type { ConnectionView, View } from '../core/view/view';
import { usePage } from './page-context';
import { useTranslation } from './use-translation';
import type { ViewState } from './view-store';

export function useViewState(): ViewState {
  return useStore(usePage().view);
}

/** The picture; only for components below a page that has loaded it. */
export const useView = (): View => viewIn(useViewState());

/** One part of the picture: what shows only that is not drawn anew when another one changes. */
export const useViewPart = <K extends keyof View>(part: K): View[K] =>
  useStore(usePage().view, (state) => viewIn(state)[part]);

/** All connections, in the user's order. */
export const useConnections = (): ConnectionView[] =>
  allConnections({ connection: useViewPart('connection'), others: useViewPart('others') });

/** What sentences call the CLIProxyAPI that the page looks at: where there are several, by its name. */
export function usePlace(): string {
  const { t } = useTranslation();
  const [connection, others] = [useViewPart('connection'), useViewPart('others')];
  return connection && others ? t('common.place', { name: nameOfConnection(connection) }) : CLIPROXYAPI;
}

/** The same where there is only one, or where its name is said already. */
export const CLIPROXYAPI = 'CLIProxyAPI';

function viewIn(state: ViewState): View {
  if (state.kind !== 'ready') throw new Error('the view is not loaded');
  return state.view;
}
