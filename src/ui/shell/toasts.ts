import i18next, { type TFunction } from 'i18next';
import type { Client } from '../../contract/client';
import type { Failure } from '../../core/failures/failure';
import type { Toasts } from '../page-context';
import { sayFailure } from '../say';

/** What a toast says. Failures and warnings stay until they are dismissed. */
export interface ToastText {
  tone: 'ok' | 'warn' | 'danger' | 'plain';
  title: string;
  text?: string;
  /** The import that the toast's button takes back. */
  undo?: string;
}

/** Toasts are a chunk of their own; those that are asked for before it is loaded wait for it. */
export function lazyToasts(): Toasts {
  const show = async (text: ToastText, undo?: () => void): Promise<void> => {
    const { showToast } = await import('./toast-host');
    showToast(text, { id: `${Date.now()}`, undo });
  };
  return {
    failure: (name, failure) => void show(failureText(i18next.t, i18next.language, name, failure)),
    plain: (title, undo) => void show({ tone: 'plain', title }, undo),
  };
}

/** A client that says by a toast why an order was not carried out. */
export const sayingFailures =
  (ask: Client, toast: Pick<Toasts, 'failure'>): Client =>
  async (name, input, proxyId) => {
    const reply = await ask(name, input, proxyId);
    if (!reply.ok) toast.failure('', reply.failure);
    return reply;
  };

export function failureText(t: TFunction, language: string, name: string, failure: Failure): ToastText {
  const { what, next } = sayFailure(t, failure, language);
  return { tone: 'danger', title: name ? t('notice.failed', { name, what }) : what, text: next };
}
