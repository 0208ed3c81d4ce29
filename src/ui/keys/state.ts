import type { TFunction } from 'i18next';
import type { Card, ChatTally } from '../../core/cliproxyapi/card';
import { isProvedByRequest } from '../../core/cliproxyapi/proved-card';
import { isUnproved, isUnusable } from '../../core/cliproxyapi/unusable';
import type { KeyView } from '../../core/view/view';
import type { StatusTone } from '../parts/status';
import { sayFailure, sayReason, sentences } from '../say';

/** What a card says about its key, and which look its ferry has. Its kind is told by core/view/key-index. */
export interface KeyState {
  tone: StatusTone;
  text: string;
  /** Cause and next step, shown below on the card. */
  detail?: string;
  ferry: 'filled' | 'tonal' | 'todo';
}

export function keyState(
  t: TFunction,
  language: string,
  { running, card, status, presence }: KeyView,
): KeyState {
  if (running) return { tone: 'busy', text: t(`card.stage.${running.stage}`), ferry: 'tonal' };
  if (card) return cardState(t, language, card);
  return status === 'enabled'
    ? PRESENCE[presence](t)
    : { tone: 'danger', text: t(`card.state.${status}`), ferry: 'tonal' };
}

const PRESENCE: Record<KeyView['presence'], (t: TFunction) => KeyState> = {
  unknown: (t) => ({ tone: 'none', text: t('card.state.unknown'), ferry: 'filled' }),
  absent: (t) => ({ tone: 'absent', text: t('card.state.absent'), ferry: 'filled' }),
  present: (t) => ({ tone: 'present', text: t('card.state.present'), ferry: 'tonal' }),
};

const REVIEW = { tone: 'warn', ferry: 'todo' } as const;
const SERVED = { tone: 'ok', ferry: 'tonal' } as const;

function cardState(t: TFunction, language: string, card: Card): KeyState {
  switch (card.kind) {
    case 'proved':
      return provedState(t, card);
    case 'failed': {
      const { what, next } = sayFailure(t, card.failure, language);
      return { ...REVIEW, tone: 'danger', text: what, detail: next };
    }
    case 'interrupted': {
      const texts = { 'not-written': 'notWritten', 'needs-look': 'needsLook', unread: 'unread' } as const;
      return { ...REVIEW, text: t(`card.state.${texts[card.finding]}`) };
    }
  }
}

function provedState(t: TFunction, card: Card & { kind: 'proved' }): KeyState {
  const { served, total: count, missing, basis, chats, keyOnly } = card;
  const [first] = missing;
  if (basis === 'none' || count === 0 || served === 0) {
    const { reason = 'unknown', by } = first ?? {};
    // Where nothing was learned, it may well be served.
    const degree = isUnproved(reason) ? 'unproved' : isUnusable(reason) ? 'unusable' : 'written';
    return { ...REVIEW, text: t(`card.state.${degree}`, { reason: sayReason(t, reason, by) }) };
  }
  if (served !== count) {
    const reason = first ? sayReason(t, first.reason, first.by) : '';
    const detail = t('notice.partlyWhy', { reason });
    return { ...REVIEW, text: t('card.state.partly', { served, count }), detail };
  }
  if (basis === 'listed') return { ...SERVED, tone: 'warn', text: t('card.state.listed', { count }) };
  if (keyOnly) {
    const detail = t('notice.keyOnlyHelp', { served, count });
    return { ...REVIEW, ferry: 'tonal', text: t('card.state.keyOnly'), detail };
  }
  const detail = chats && { detail: sayChats(t, chats, count) };
  if (card.unsure) {
    const { detail: said = '' } = detail ?? {};
    return {
      ...SERVED,
      tone: 'warn',
      text: t('card.state.unsure', { count }),
      detail: `${t('notice.unsureHelp')} ${said}`.trim(),
    };
  }
  const degree = isProvedByRequest(card) ? 'byRequest' : 'servedOf';
  return { ...SERVED, text: t(`card.state.${degree}`, { served, count }), ...detail };
}

/** `total`: of the models. A batch tries each key with one of them. */
function sayChats(t: TFunction, tally: ChatTally, total: number): string {
  const { tried, answered, byOther, byUnknown, failed, untried } = tally;
  const isSample = tried === 1 && answered === 1 && total > 1;
  const parts = isSample
    ? [t('card.chatSample')]
    : tried > 0 || !untried
      ? [t('card.chats', { answered, count: tried })]
      : [];
  if (untried) parts.push(t('card.chatsUntried', untried));
  if (byOther > 0) parts.push(t('card.chatsByOther', { count: byOther }));
  if (byUnknown > 0) parts.push(t('card.chatsByUnknown', { count: byUnknown }));
  if (failed) {
    const { alias, at } = failed;
    const status = failed.status || t('common.noAnswer');
    parts.push(t(at === 'relay' ? 'card.chatFailedRelay' : 'card.chatFailedProxy', { alias, status }));
  }
  return sentences(t, parts);
}

/** Where a key is from: its relay, or the relay's host where the key bears the relay's name itself. */
export const sourceOf = ({ name, relayName, host }: KeyView): string =>
  name === relayName ? host : relayName;
