import type { TFunction } from 'i18next';
import { foreignText } from '../core/foreign-text';
import type { Failure } from '../core/failures/failure';
import type { NotServedReason } from '../core/cliproxyapi/verdict';
import { formatAgo, formatTime } from './format';

/** What happened, and what to do now. */
export interface Sentence {
  what: string;
  next: string;
}

/** The sentence for a failure: one row of the locale per code. */
export function sayFailure(t: TFunction, failure: Failure, language: string): Sentence {
  const { code, ...params } = failure as Failure & Record<string, unknown>;
  const said = 'text' in failure ? { text: failure.text || t('common.noWords') } : {};
  const why = failure.code === 'key-unusable' && { why: t(`reason.key-${statusOf(failure.status)}`) };
  const values = {
    ...params,
    ...said,
    ...why,
    time: 'until' in failure ? formatTime(failure.until, language) : '',
  };
  return {
    what: t(`failure.${code}.what`, values),
    next: t(`failure.${code}.next`, values),
  };
}

/** How the relay has a key. A failure that an earlier version kept does not say it. */
const statusOf = (status: string | undefined): 'disabled' | 'expired' | 'used-up' | 'unusable' =>
  status === 'disabled' || status === 'expired' || status === 'used-up' ? status : 'unusable';

/** What happened and what to do, in one text. */
export function sayWhole(t: TFunction, failure: Failure, language: string): string {
  const { what, next } = sayFailure(t, failure, language);
  return sentences(t, [what, next]);
}

/** Sentences one after the other; a full stop of Chinese takes its own room. */
export const sentences = (t: TFunction, parts: readonly (string | false | null | undefined)[]): string =>
  parts.filter(Boolean).join(t('common.betweenSentences'));

export const sayReason = (t: TFunction, reason: NotServedReason, by = ''): string =>
  t(`reason.${reason}`, { by });

/** The name of a model, and behind it, where it is another, what it is mapped to. */
export const sayMapped = (name: string, upstream: string): string =>
  name === upstream ? name : `${foreignText(name)} (${foreignText(upstream)})`;

/** Names in one sentence, at most `most` of them. */
export function sayNames(t: TFunction, names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).map(foreignText).join(t('common.listComma'));
  const rest = names.length - most;
  return rest > 0 ? `${shown} ${t('common.andMore', { count: rest })}` : shown;
}

/** `just now`, `20 min ago`; after a day the date. */
export const sayAgo = (t: TFunction, at: number, language: string, now = Date.now()): string =>
  now - at < 60_000 ? t('common.justNow') : formatAgo(at, language, now);
