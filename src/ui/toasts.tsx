import { lazyNamed } from './lazy-named';
import type { TFunction } from 'i18next';
import type { Client } from '../contract/client';
import type { Notice } from '../core/card';
import type { Failure } from '../core/failure';
import { sayFailure, sayReason } from './say';

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
  plain(title: string): void;
}

/** A client that says by a toast why an order was not carried out. */
export const sayingFailures =
  (ask: Client, toast: Pick<Toasts, 'failure'>): Client =>
  async (name, input) => {
    const reply = await ask(name, input);
    if (!reply.ok) toast.failure('', reply.failure);
    return reply;
  };

export const ToastHost = lazyNamed(() => import('./parts/toast-host'), 'ToastHost');

export function noticeText(t: TFunction, language: string, notice: Notice): ToastText {
  const { outcome, keyName: name } = notice;
  switch (outcome.kind) {
    case 'served':
      if (outcome.keyOnly) {
        return {
          tone: 'warn',
          title: t('notice.keyOnly', { name }),
          text: t('notice.keyOnlyHelp', { served: outcome.served, count: outcome.total }),
          undo: outcome.importId,
        };
      }
      return {
        tone: 'ok',
        title: t('notice.served', { name, served: outcome.served, count: outcome.total }),
        undo: outcome.importId,
      };
    case 'partly':
      return {
        tone: outcome.served === 0 ? 'danger' : 'warn',
        title:
          outcome.served === 0
            ? t('notice.written', { name })
            : t('notice.partly', { name, served: outcome.served, count: outcome.total }),
        text: t(outcome.served === 0 ? 'notice.writtenWhy' : 'notice.partlyWhy', {
          reason: sayReason(t, outcome.reason, outcome.by),
        }),
        undo: outcome.importId,
      };
    case 'undone':
      return {
        tone: 'ok',
        title: t('notice.undone', { name }),
        text: t('notice.undoneHelp', { provider: outcome.providerName }),
      };
    case 'listed':
      return {
        tone: 'warn',
        title: t('notice.listed', { name, count: outcome.total }),
        text: t('notice.listedHelp'),
        undo: outcome.importId,
      };
    case 'interrupted':
      return {
        tone: 'warn',
        title: t('notice.interrupted', { name }),
        text: t(outcome.finding === 'not-written' ? 'card.state.notWritten' : 'card.state.needsLook'),
      };
    case 'failed':
      return failureText(t, language, name, outcome.failure);
  }
}

export function failureText(t: TFunction, language: string, name: string, failure: Failure): ToastText {
  const { what, next } = sayFailure(t, failure, language);
  return { tone: 'danger', title: name ? t('notice.failed', { name, what }) : what, text: next };
}
