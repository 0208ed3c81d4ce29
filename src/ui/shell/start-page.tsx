import { StrictMode, Suspense, useEffect, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Client } from '../../contract/client';
import type { Page } from '../../ports/page';
import { languageOf, startI18n, switchLanguage } from '../i18n';
import { PageProvider, usePage, type PageContext } from '../page-context';
import { lazyNamed } from '../lazy-named';
import { HandoffHost } from './handoff-host';
import { createHandoffStore } from '../handoff-store';
import { createImportStore } from '../import-store';
import { createViewStore } from '../view-store';
import { applyTheme, onSystemTheme, rememberedLook, rememberLook } from '../theme';
import { failureText, sayingFailures, ToastHost, type Toasts } from '../toasts';
import { useViewState } from '../use-view';
import i18next from 'i18next';

const Broken = lazyNamed(() => import('./broken'), 'Broken');
const Locked = lazyNamed(() => import('./locked'), 'Locked');

/**
 * Draws a page. Everything that the first frame needs is asked for at once, side by side: the picture, the language.
 */
export async function startPage(outside: { ask: Client; page: Page; content: ReactNode }): Promise<void> {
  const { ask, page, content } = outside;
  const look = rememberedLook();
  applyTheme(look.theme);
  const toast = lazyToasts();
  const order = sayingFailures(ask, toast);
  const view = createViewStore(ask, order, page);
  await Promise.all([startI18n(languageOf(look.language, page.uiLanguage)), view.load()]);
  const imports = createImportStore(ask, toast.failure);
  const handoff = createHandoffStore();
  const context: PageContext = { ask, order, page, view, imports, handoff, toast };
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <PageProvider value={context}>
        <Shell>{content}</Shell>
      </PageProvider>
    </StrictMode>,
  );
}

/** Toasts that a component asks for before the chunk is there wait for it. */
function lazyToasts(): Toasts {
  const show = async (text: ReturnType<typeof failureText>, undo?: () => void): Promise<void> => {
    const { showToast } = await import('./toast-host');
    showToast(text, { id: `${Date.now()}`, label: i18next.t('notice.undo'), undo });
  };
  return {
    failure: (name, failure) => void show(failureText(i18next.t, i18next.language, name, failure)),
    plain: (title, undo) => void show({ tone: 'plain', title }, undo),
  };
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
      <Look />
      {children}
      <HandoffHost />
      <Suspense>
        <ToastHost />
      </Suspense>
    </>
  );
}

/** Follows what the user set in General, here and on other pages. */
function Look(): ReactNode {
  const state = useViewState();
  const { page } = usePage();
  const settings = state.kind === 'ready' ? state.view.settings : undefined;
  useEffect(() => {
    if (!settings) return;
    rememberLook(settings);
    applyTheme(settings.theme);
    void switchLanguage(languageOf(settings.language, page.uiLanguage));
    return onSystemTheme(() => applyTheme(settings.theme));
  }, [settings, page.uiLanguage]);
  return null;
}
