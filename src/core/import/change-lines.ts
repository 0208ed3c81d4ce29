import { withoutProxyUser, shownUrl } from '../base-url';
import type { ListName } from '../cliproxyapi/lists/list-traits';
import {
  baseUrlOf,
  isPaused,
  keyEntries,
  labelOf,
  type KeyEntry,
  type Provider,
} from '../cliproxyapi/provider';
import type { Change } from './change';

type FieldLine = Extract<Change, { from: string }>;

/** The line of the entry that a change is about. */
export const entryLine = (
  sign: '+' | '=' | '−',
  list: ListName,
  entry: Provider,
  chosen?: boolean,
): Change => ({
  sign,
  kind: 'provider',
  name: labelOf(entry),
  baseUrl: shownUrl(baseUrlOf(entry)),
  ...(chosen !== undefined && { chosen }),
  ...(list !== 'openai-compatibility' && { list }),
});

/** A field that differs; none if it does not. */
export const fieldLine = (
  kind: FieldLine['kind'],
  from: string,
  to: string,
  sign: FieldLine['sign'] = '~',
): FieldLine[] => (from === to ? [] : [{ sign, kind, from, to }]);

/** An entry that is switched on or off. */
export const switchLine = (before: Provider, after: Provider): FieldLine[] =>
  isPaused(before) === isPaused(after)
    ? []
    : [{ sign: '~', kind: isPaused(after) ? 'paused' : 'enabled', from: '', to: '' }];

/** The proxy of a key, without user and password. */
export const shownProxy = (key: KeyEntry | undefined): string => withoutProxyUser(key?.['proxy-url'] ?? '');

/** The entries of the list that are not touched. */
export function restLine(providers: readonly Provider[], touched: number | undefined): Change {
  const others = providers.filter((_, index) => index !== touched);
  const keys = others.reduce((sum, entry) => sum + keyEntries(entry).length, 0);
  return { sign: '=', kind: 'rest', providers: others.length, keys };
}
