import type { TFunction } from 'i18next';
import type { Card, ChatTally } from '../../core/cliproxyapi/card';
import type { KeyView } from '../../core/view/view';
import type { StatusTone } from '../parts/status';
import { sayFailure, sayReason } from '../say';

/** What a card says about its key, and which look its ferry has. */
export interface KeyState {
  tone: StatusTone;
  text: string;
  /** Cause and next step, shown below on the card. */
  detail?: string;
  ferry: 'filled' | 'tonal' | 'todo';
  group: 'not-imported' | 'served' | 'review' | 'running';
}

export function keyState(t: TFunction, language: string, key: KeyView): KeyState {
  const { running, card } = key;
  if (running)
    return { tone: 'busy', text: t(`card.stage.${running.stage}`), ferry: 'tonal', group: 'running' };
  if (!card) {
    if (key.status !== 'enabled') {
      return { tone: 'danger', text: t(`card.state.${key.status}`), ferry: 'tonal', group: 'not-imported' };
    }
    return { tone: 'none', text: t('card.state.none'), ferry: 'filled', group: 'not-imported' };
  }
  return cardState(t, language, card);
}

function cardState(t: TFunction, language: string, card: Card): KeyState {
  switch (card.kind) {
    case 'proved':
      return provedState(t, card);
    case 'failed': {
      const { what, next } = sayFailure(t, card.failure, language);
      return { tone: 'danger', text: what, detail: next, ferry: 'todo', group: 'review' };
    }
    case 'interrupted': {
      const texts = { 'not-written': 'notWritten', 'needs-look': 'needsLook', unread: 'unread' } as const;
      return { tone: 'warn', text: t(`card.state.${texts[card.finding]}`), ferry: 'todo', group: 'review' };
    }
  }
}

function provedState(t: TFunction, card: Card & { kind: 'proved' }): KeyState {
  const { served, total, missing, basis, chats, keyOnly } = card;
  const chatDetail = chats && { detail: sayChats(t, chats) };
  if (basis === 'none' || total === 0) {
    const reason = sayReason(t, missing[0]?.reason ?? 'unknown');
    return { tone: 'warn', text: t('card.state.written', { reason }), ferry: 'todo', group: 'review' };
  }
  if (served === total && basis === 'listed') {
    return { tone: 'warn', text: t('card.state.listed', { count: total }), ferry: 'tonal', group: 'served' };
  }
  if (served === total && keyOnly) {
    return {
      tone: 'warn',
      text: t('card.state.keyOnly'),
      detail: t('notice.keyOnlyHelp', { served, count: total }),
      ferry: 'tonal',
      group: 'review',
    };
  }
  if (served === total) {
    return {
      tone: 'ok',
      text: t('card.state.servedOf', { served, count: total }),
      ferry: 'tonal',
      group: 'served',
      ...chatDetail,
    };
  }
  const first = missing[0];
  const reason = first ? sayReason(t, first.reason, first.by) : '';
  if (served === 0)
    return { tone: 'warn', text: t('card.state.written', { reason }), ferry: 'todo', group: 'review' };
  return {
    tone: 'warn',
    text: t('card.state.partly', { served, count: total }),
    detail: t('notice.partlyWhy', { reason }),
    ferry: 'todo',
    group: 'review',
  };
}

function sayChats(t: TFunction, { tried, answered, byOther, byUnknown, failed }: ChatTally): string {
  const parts = [t('card.chats', { answered, count: tried })];
  if (byOther > 0) parts.push(t('card.chatsByOther', { count: byOther }));
  if (byUnknown > 0) parts.push(t('card.chatsByUnknown', { count: byUnknown }));
  if (failed) {
    const status = failed.status || t('common.noAnswer');
    parts.push(
      t(failed.at === 'relay' ? 'card.chatFailedRelay' : 'card.chatFailedProxy', {
        alias: failed.alias,
        status,
      }),
    );
  }
  return parts.join(' ');
}

/** Where a key is from: its relay, or the relay's host where the key bears the relay's name itself. */
export const sourceOf = ({ name, relayName, host }: KeyView): string =>
  name === relayName ? host : relayName;
