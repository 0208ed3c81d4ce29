import { StrictMode, Suspense, useEffect, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Client } from '../../contract/client';
import type { Settings } from '../../core/view/settings';
import type { Page } from '../../ports/page';
import { languageOf, startI18n, switchLanguage } from '../i18n';
import { PageProvider, usePage, type PageContext } from '../page-context';
import { lazyNamed } from '../lazy-named';
import { HandoffHost } from './handoff-host';
import { createHandoffStore } from '../handoff-store';
import { createImportStore } from '../import-store';
import { createLooking } from './looking';
import { createViewStore } from '../view-store';
import { applyTheme, DARK, rememberedLook, rememberLook } from './theme';
import { lazyToasts, sayingFailures } from './toasts';
import { useMedia } from '../use-window';
import { useViewState } from '../use-view';

const Broken = lazyNamed(() => import('./broken'), 'Broken');
const Locked = lazyNamed(() => import('./locked'), 'Locked');
const ToastHost = lazyNamed(() => import('./toast-host'), 'ToastHost');

/** Draws a page. What the first frame needs, the picture and the texts, is asked for side by side. */
export async function startPage({
  ask: send,
  page,
  content,
}: {
  ask: Client;
  page: Page;
  content: ReactNode;
}): Promise<void> {
  const look = rememberedLook();
  applyTheme(look.theme, matchMedia(DARK).matches);
  const toast = lazyToasts();
  const { ask, lookAt, follow } = createLooking(send);
  const order = sayingFailures(ask, toast);
  const view = createViewStore(ask, order, page);
  await Promise.all([startI18n(languageOf(look.language, page.uiLanguage)), view.load(), page.note.load()]);
  follow(view);
  const imports = createImportStore(ask, toast.failure);
  const handoff = createHandoffStore();
  const toldBatches = new Set<string>();
  const context: PageContext = {
    ask,
    order,
    page,
    view,
    imports,
    handoff,
    toast,
    toldBatches,
    async lookAt(proxyId) {
      lookAt(proxyId);
      imports.close();
      await view.load();
    },
  };
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no #root');
  createRoot(root).render(
    <StrictMode>
      <PageProvider value={context}>
        <Shell>{content}</Shell>
      </PageProvider>
    </StrictMode>,
  );
}

function Shell({ children }: { children: ReactNode }): ReactNode {
  const state = useViewState();
  if (state.kind === 'loading') return null;
  if (state.kind === 'failed') {
    return (
      <Suspense>{state.failure.code === 'locked' ? <Locked /> : <Broken failure={state.failure} />}</Suspense>
    );
  }
  return (
    <>
      <Look settings={state.view.settings} />
      {children}
      <HandoffHost />
      <Suspense>
        <ToastHost />
      </Suspense>
    </>
  );
}

/** Follows what the user sets under General, on this page or another. */
function Look({ settings }: { settings: Settings }): ReactNode {
  const { page } = usePage();
  const dark = useMedia(DARK);
  useEffect(() => {
    rememberLook(settings);
    void switchLanguage(languageOf(settings.language, page.uiLanguage));
  }, [settings, page.uiLanguage]);
  useEffect(() => applyTheme(settings.theme, dark), [settings.theme, dark]);
  return null;
}
