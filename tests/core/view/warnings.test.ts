import { expect, test } from 'vitest';
import type { KeyView } from '../../../src/core/view/view';
import { balanceWarning, keyWarnings } from '../../../src/core/view/warnings';

test.each([
  ['not known', null, undefined],
  ['enough', { value: 1, symbol: '$' }, undefined],
  ['little', { value: 0.99, symbol: '¥' }, 'low'],
  ['nothing', { value: 0, symbol: '$' }, 'used-up'],
  ['less than nothing', { value: -2, symbol: '$' }, 'used-up'],
  ['enough points', { value: 500_000, symbol: '' }, undefined],
  ['few points', { value: 499_999, symbol: '' }, 'low'],
] as const)('a balance is told before it ends: %s', (_name, balance, warning) => {
  expect(balanceWarning(balance)).toBe(warning);
});

const DAY = 24 * 60 * 60_000;
const NOW = 1_780_000_000_000;
const left = (value: number, of: number | null): KeyView['amount'] => ({
  kind: 'left',
  left: { value, symbol: '$' },
  of: of === null ? null : { value: of, symbol: '$' },
});

test.each<[string, Partial<KeyView>, string[]]>([
  ['no limit, for ever', {}, []],
  ['a tenth left', { amount: left(1, 10) }, []],
  ['less than a tenth left', { amount: left(0.9, 10) }, ['low']],
  ['a small limit of which nothing was used', { amount: left(0.01, null) }, []],
  ['a week to go', { expiresAt: NOW + 7 * DAY }, []],
  ['less than a week to go', { expiresAt: NOW + 7 * DAY - 1 }, ['expires-soon']],
  ['both', { amount: left(0.1, 10), expiresAt: NOW + DAY }, ['low', 'expires-soon']],
  ['off', { amount: left(0.1, 10), expiresAt: NOW + DAY, status: 'disabled' }, []],
  ['ended', { expiresAt: NOW - 1, status: 'expired' }, []],
])('a key is told before it ends: %s', (_name, more, warnings) => {
  const key = { status: 'enabled', amount: { kind: 'unlimited' }, expiresAt: null, ...more } as const;
  expect(keyWarnings(key, NOW)).toEqual(warnings);
});
