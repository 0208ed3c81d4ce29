import type { TFunction } from 'i18next';
import type { Notice } from '../../core/cliproxyapi/card';
import { isUnproved, isUnusable } from '../../core/cliproxyapi/unusable';
import { sayFailure, sayReason, sentences } from '../say';
import { failureText, type ToastText } from './toasts';

type Outcome = Notice['outcome'];
type Said = [tone: ToastText['tone'], title: string, text?: string];

/** How an import ended, as a toast says it. `place`: where, if there are several CLIProxyAPIs. */
export function noticeText(t: TFunction, language: string, notice: Notice, place?: string): ToastText {
  const text = textOf(t, language, notice);
  return place === undefined ? text : { ...text, title: t('notice.at', { place, text: text.title }) };
}

function textOf(t: TFunction, language: string, { outcome, keyName }: Notice): ToastText {
  if (outcome.kind === 'failed') return failureText(t, language, keyName, outcome.failure);
  const [tone, title, text] = say(t, language, keyName, outcome);
  const undo = 'importId' in outcome && outcome.importId;
  return { tone, title, ...(text && { text }), ...(undo && { undo }) };
}

function say(
  t: TFunction,
  language: string,
  name: string,
  outcome: Exclude<Outcome, { kind: 'failed' }>,
): Said {
  switch (outcome.kind) {
    case 'served': {
      const { served, total: count } = outcome;
      return outcome.keyOnly
        ? ['warn', t('notice.keyOnly', { name }), t('notice.keyOnlyHelp', { served, count })]
        : ['ok', t(outcome.byRequest ? 'notice.byRequest' : 'notice.served', { name, served, count })];
    }
    case 'partly': {
      const { served, total: count } = outcome;
      const reason = sayReason(t, outcome.reason, outcome.by);
      if (served === 0 && isUnproved(outcome.reason)) {
        const help =
          outcome.reason === 'unknown' ? t('notice.unprovedHelp') : t('notice.writtenWhy', { reason });
        return ['warn', t('notice.unproved', { name }), help];
      }
      if (served === 0 && isUnusable(outcome.reason))
        return ['warn', t('notice.unusable', { name }), t('notice.writtenWhy', { reason })];
      return served === 0
        ? ['danger', t('notice.written', { name }), t('notice.writtenWhy', { reason })]
        : ['warn', t('notice.partly', { name, served, count }), t('notice.partlyWhy', { reason })];
    }
    case 'batch': {
      const { served, total: count } = outcome;
      const title = t('notice.batch', { served, count });
      const { tried = 0, answered = 0 } = outcome.requests ?? {};
      const text = [
        tried > 0 && t('notice.batchRequests', { answered, count: tried }),
        (served < count || answered < tried) && t('notice.batchRest'),
      ];
      return [served < count || answered < tried ? 'warn' : 'ok', title, sentences(t, text)];
    }
    case 'edited':
      return ['ok', t(outcome.removed ? 'notice.removedEntry' : 'notice.edited', { name })];
    case 'synced': {
      const { added, failed, channels: count } = outcome;
      const text = t('notice.syncedHelp', { added, failed });
      return [failed > 0 ? 'warn' : 'ok', t('notice.synced', { name, count }), text];
    }
    case 'undone': {
      const { count: undone, of: count, failure } = outcome;
      if (undone !== undefined && count !== undefined) {
        const title = t(outcome.oursOnly ? 'notice.oursOnlyOf' : 'notice.undoneOf', { undone, count });
        if (!failure) return outcome.oursOnly ? ['ok', title, t('notice.oursOnlyHelp')] : ['ok', title];
        const { what, next } = sayFailure(t, failure, language);
        return ['warn', title, t('notice.undoneRest', { what, next })];
      }
      const title = t(outcome.edit ? 'notice.undoneEdit' : 'notice.undone', { name });
      const help = outcome.oursOnly ? 'notice.oursOnlyHelp' : 'notice.undoneHelp';
      return ['ok', title, t(help, { provider: outcome.providerName })];
    }
    case 'listed': {
      const help = t(outcome.unsure ? 'notice.unsureHelp' : 'notice.listedHelp');
      return ['warn', t('notice.listed', { name, count: outcome.total }), help];
    }
    case 'interrupted': {
      const title = t(outcome.edit ? 'notice.interruptedEdit' : 'notice.interrupted', { name });
      const finding = outcome.finding === 'not-written' ? 'notWritten' : 'needsLook';
      return ['warn', title, t(`card.state.${finding}`)];
    }
  }
}
