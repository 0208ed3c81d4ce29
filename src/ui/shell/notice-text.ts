import type { TFunction } from 'i18next';
import type { Notice } from '../../core/cliproxyapi/card';
import { sayReason } from '../say';
import { failureText, type ToastText } from './toasts';

/** How an import ended, as a toast says it. */
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
    case 'batch': {
      const all = outcome.served === outcome.total;
      return {
        tone: all ? 'ok' : 'warn',
        title: t('notice.batch', { served: outcome.served, count: outcome.total }),
        ...(!all && { text: t('notice.batchRest') }),
        ...(outcome.importId && { undo: outcome.importId }),
      };
    }
    case 'edited':
      return {
        tone: 'ok',
        title: t(outcome.removed ? 'notice.removedEntry' : 'notice.edited', { name }),
        undo: outcome.importId,
      };
    case 'synced':
      return {
        tone: outcome.failed > 0 ? 'warn' : 'ok',
        title: t('notice.synced', { name, count: outcome.channels }),
        text: t('notice.syncedHelp', { added: outcome.added, failed: outcome.failed }),
      };
    case 'undone':
      return {
        tone: 'ok',
        title: t(outcome.edit ? 'notice.undoneEdit' : 'notice.undone', { name }),
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
        title: t(outcome.edit ? 'notice.interruptedEdit' : 'notice.interrupted', { name }),
        text: t(outcome.finding === 'not-written' ? 'card.state.notWritten' : 'card.state.needsLook'),
      };
    case 'failed':
      return failureText(t, language, name, outcome.failure);
  }
}
