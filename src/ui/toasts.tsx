import { lazyNamed } from './lazy-named';
import type { TFunction } from 'i18next';
import type { Client } from '../contract/client';
import type { Failure } from '../core/failure';
import { sayFailure } from './say';

/** What a toast says. A failure stays until it is dismissed. */
export interface ToastText {
  tone: 'ok' | 'warn' | 'danger' | 'plain';
  title: string;
  text?: string;
  undo?: string;
}

/** Lets any component say something; the toasts themselves are a chunk of their own. */
export interface Toasts {
  failure(name: string, failure: Failure): void;
  /** `undo`: what the toast's button takes back. */
  plain(title: string, undo?: () => void): void;
}

/** A client that says by a toast why an order was not carried out. */
export const sayingFailures =
  (ask: Client, toast: Pick<Toasts, 'failure'>): Client =>
  async (name, input) => {
    const reply = await ask(name, input);
    if (!reply.ok) toast.failure('', reply.failure);
    return reply;
  };

export const ToastHost = lazyNamed(() => import('./shell/toast-host'), 'ToastHost');

export function failureText(t: TFunction, language: string, name: string, failure: Failure): ToastText {
  const { what, next } = sayFailure(t, failure, language);
  return { tone: 'danger', title: name ? t('notice.failed', { name, what }) : what, text: next };
}
