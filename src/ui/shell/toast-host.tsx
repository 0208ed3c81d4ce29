import i18next from 'i18next';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { toast, Toaster } from 'sonner';
import { usePage } from '../page-context';
import type { Notice } from '../../core/cliproxyapi/card';
import type { ConnectionView } from '../../core/view/view';
import { nameOfConnection } from '../../core/view/connections';
import type { ImportState } from '../import-store';
import { noticeText } from './notice-text';
import type { ToastText } from './toasts';
import { useView } from '../use-view';

/** Ink on canvas in both themes, so that a toast stands out from whatever is below it. */
const LOOK = {
  background: 'var(--color-ink)',
  color: 'var(--color-canvas)',
  border: '0',
  borderRadius: '10px',
  boxShadow: 'var(--shadow-pop)',
  fontFamily: 'var(--font-sans)',
} as const;
/** A toast must not cover the buttons of a dialog; it is still shown when the dialog closes. */
const BELOW_DIALOGS = { zIndex: 8 } as const;
const ACTION = { background: 'transparent', color: 'inherit', textDecoration: 'underline' } as const;

/** In CSS pixels: above the popup's foot, and above the bar that a page has for what is selected. */
const ABOVE_FOOT = 64;

const SHOWN_MS = 6_000;
const WITH_ACTION_MS = 10_000;

/** Shows what the worker announces: how each import ended. One at a time; a failure stays until it is dismissed. */
export function ToastHost(): ReactNode {
  const { t, i18n } = useTranslation();
  const { page, ask, imports, toldBatches } = usePage();
  const { notices, connection, others } = useView();
  const shown = useRef(new Set<string>());
  useEffect(() => {
    for (const notice of notices) {
      if (shown.current.has(notice.id)) continue;
      shown.current.add(notice.id);
      // What an older toast offers to undo may be what was just taken back.
      if (notice.outcome.kind === 'undone') toast.dismiss();
      const seen = once(() => void ask('notices.seen', { ids: [notice.id] }));
      if (isTold(imports.getState(), notice) || (toldBatches.size > 0 && isOfBatch(notice))) {
        seen();
        continue;
      }
      const place = others && placeOf(notice, [connection, ...others]);
      const text = noticeText(t, i18n.language, notice, place);
      const { undo: importId } = text;
      const undo = importId
        ? (): void => {
            seen();
            void imports.undo(importId, notice.keyName);
          }
        : undefined;
      showToast(text, { id: notice.id, undo, seen });
      if (text.tone === 'ok') seen();
    }
  }, [notices, connection, others, t, i18n.language, ask, imports, toldBatches]);
  return (
    <Toaster
      position={page.isPopup ? 'bottom-center' : 'bottom-right'}
      offset={ABOVE_FOOT}
      mobileOffset={{ bottom: ABOVE_FOOT, left: 12, right: 12 }}
      visibleToasts={1}
      closeButton
      containerAriaLabel={t('notice.region')}
      style={BELOW_DIALOGS}
      toastOptions={{
        style: LOOK,
        classNames: {
          description: 'text-inherit!',
          // At the end of the line, behind Undo.
          closeButton: 'static! order-last transform-none! border-0! bg-transparent! text-inherit!',
        },
        actionButtonStyle: ACTION,
        closeButtonAriaLabel: t('common.dismiss'),
      }}
    />
  );
}

/** The name of the CLIProxyAPI where it happened; with only one it goes without saying. */
const placeOf = ({ proxyId }: Notice, all: readonly (ConnectionView | null)[]): string | undefined => {
  const there = all.find((one) => one?.id === proxyId);
  return there ? nameOfConnection(there) : undefined;
};

/** The sheet that the import was sent from is still open, and tells how it ended. */
const isTold = (state: ImportState, { keyId, outcome }: Notice): boolean =>
  state.kind === 'sent' && state.opened.keyId === keyId && outcome.kind !== 'undone';

/** A batch that failed as a whole is about no key. */
const isOfBatch = ({ keyId, outcome }: Notice): boolean => outcome.kind === 'batch' || keyId === '';

/** A toast can end in several ways at once; the worker hears of it once. */
function once(run: () => void): () => void {
  let done = false;
  return () => {
    if (!done) run();
    done = true;
  };
}

interface ToastOptions {
  id: string;
  undo?: (() => void) | undefined;
  seen?: () => void;
}

export function showToast(text: ToastText, options: ToastOptions): void {
  const show = { ok: toast.success, warn: toast.warning, danger: toast.error, plain: toast }[text.tone];
  const lasting = text.tone === 'danger' || text.tone === 'warn';
  // The list of toasts is a polite region; a failure is said at once.
  show(text.tone === 'danger' ? <span role="alert">{text.title}</span> : text.title, {
    id: options.id,
    description: text.text,
    duration: lasting ? Infinity : options.undo ? WITH_ACTION_MS : SHOWN_MS,
    ...(options.undo && { action: { label: i18next.t('notice.undo'), onClick: options.undo } }),
    ...(options.seen && { onDismiss: options.seen, onAutoClose: options.seen }),
  });
}
