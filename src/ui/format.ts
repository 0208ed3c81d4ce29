import type { Amount } from '../core/accounts/quota';

/** `$18.40`, `¥126.00`, `1,204`: the relay's unit before the number, digits as the language writes them. */
export function formatAmount(amount: Amount, language: string): string {
  const digits = amount.symbol ? 2 : 0;
  const number = new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    notation: Math.abs(amount.value) >= 1e7 ? 'compact' : 'standard',
  }).format(Math.abs(amount.value));
  return `${amount.value < 0 ? '−' : ''}${amount.symbol}${number}`;
}

/** The time if it is today; else day and month, with the year if it is another. */
export function formatWhen(at: number, language: string, now = Date.now()): string {
  const date = new Date(at);
  const today = new Date(now);
  if (date.toDateString() === today.toDateString()) return formatTime(at, language);
  const sameYear = date.getFullYear() === today.getFullYear();
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    ...(!sameYear && { year: 'numeric' }),
  }).format(date);
}

export const formatTime = (at: number, language: string): string =>
  new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }).format(at);

/** `24 Nov 2025, 14:32:08` */
export const formatMoment = (at: number, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(at);

/** `2026-11-02`, as date fields have it: the day where the user is. */
export function dayOf(at: number): string {
  const date = new Date(at);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}

/** `20 min ago`, up to a day; then the date. */
export function formatAgo(at: number, language: string, now = Date.now()): string {
  const minutes = Math.round((now - at) / 60_000);
  if (minutes >= 24 * 60) return formatWhen(at, language, now);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  return minutes < 60 ? format.format(-minutes, 'minute') : format.format(-Math.round(minutes / 60), 'hour');
}

/** `27:41` */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** A long name cut in the middle, as names often differ in their ends; `most` counts characters. */
export function cutMiddle(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const tail = Math.floor(most / 2) - 1;
  return `${characters.slice(0, most - tail - 1).join('')}…${characters.slice(-tail).join('')}`;
}

/** A name and its alias, cut to so many characters together; the alias, which clients ask for, gets its room first. */
export function cutBoth(name: string, alias: string, room: number): [string, string] {
  const forAlias = Math.min([...alias].length, Math.max(room - [...name].length, Math.ceil(room / 2)));
  return [cutMiddle(name, room - forAlias), cutMiddle(alias, forAlias)];
}

/** `relay.example` of the match pattern `*://relay.example/*`. */
export const hostOfPattern = (pattern: string): string => pattern.replace(/^[^/]*:\/\/|\/\*$/g, '');
