import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { FAILURE_CODES } from './failures/failure-codes';
import { failureSchema } from '../../src/core/failures/failure-schema';
import { amountOf, DEFAULT_UNIT, keyStatus } from '../../src/core/accounts/quota';
import { cleanPrefix, servedNames } from '../../src/core/cliproxyapi/served-names';
import { atLeast, FLOOR, FLOOR_TEXT, parseVersion } from '../../src/core/version';

describe('a version', () => {
  test.each([
    ['7.2.140', [7, 2, 140]],
    ['v7.2.140', [7, 2, 140]],
    [' v6.9.39-alpine ', [6, 9, 39]],
    ['7.0.0-12-gabcdef', [7, 0, 0]],
    ['8.0.1+build', [8, 0, 1]],
  ])('%s is read', (text, version) => expect(parseVersion(text)).toEqual(version));

  test.each(['dev', '', undefined, null, '7.2', 'unknown', 'v7.x.1'])('%s is unknown, not old', (text) =>
    expect(parseVersion(text)).toBeUndefined(),
  );

  test('is compared by numbers', () => {
    expect(FLOOR.join('.')).toBe(FLOOR_TEXT);
    expect(atLeast([6, 9, 39], FLOOR)).toBe(true);
    expect(atLeast([6, 9, 38], FLOOR)).toBe(false);
    expect(atLeast([6, 10, 0], FLOOR)).toBe(true);
    expect(atLeast([7, 0, 0], FLOOR)).toBe(true);
    expect(atLeast([6, 8, 100], FLOOR)).toBe(false);
  });
});

describe('the state of a key', () => {
  const now = 1_800_000_000;
  const key = { status: 1, expiredTime: -1, remainQuota: 10, unlimitedQuota: false };
  test.each([
    [key, 'enabled'],
    [{ ...key, status: 2 }, 'disabled'],
    [{ ...key, status: 2, expiredTime: now - 1 }, 'disabled'],
    [{ ...key, expiredTime: now - 1 }, 'expired'],
    [{ ...key, expiredTime: 0 }, 'expired'],
    [{ ...key, expiredTime: now + 1 }, 'enabled'],
    [{ ...key, status: 3 }, 'expired'],
    [{ ...key, remainQuota: 0 }, 'used-up'],
    [{ ...key, remainQuota: -5 }, 'used-up'],
    [{ ...key, remainQuota: 0, unlimitedQuota: true }, 'enabled'],
    [{ ...key, status: 4 }, 'used-up'],
  ])('%o is %s, since the state that relays list lags', (given, status) =>
    expect(keyStatus(given, now)).toBe(status),
  );
});

test('amounts are in the unit of the relay', () => {
  expect(amountOf(500_000, DEFAULT_UNIT)).toEqual({ value: 1, symbol: '$' });
  expect(amountOf(250_000, { ...DEFAULT_UNIT, symbol: '¥', rate: 7 })).toEqual({ value: 3.5, symbol: '¥' });
  expect(amountOf(123, { ...DEFAULT_UNIT, kind: 'points' })).toEqual({ value: 123, symbol: '' });
});

test('a prefix counts as the server stores it', () => {
  expect(['p', ' /p/ ', 'a/b', '', undefined, '//'].map(cleanPrefix)).toEqual(['p', 'p', '', '', '', '']);
  expect(servedNames('m', 'p', false)).toEqual(['m', 'p/m']);
  expect(servedNames('m', 'p', true)).toEqual(['p/m']);
  expect(servedNames('m', 'a/b', true)).toEqual(['m']);
});

test('a failure that comes back from storage has a code and plain values', () => {
  for (const code of FAILURE_CODES) expect(v.safeParse(failureSchema, { code }).success).toBe(true);
  expect(v.safeParse(failureSchema, { code: 'timeout', host: 'h', seconds: 10 })).toMatchObject({
    success: true,
  });
  for (const wrong of [{}, { code: '' }, { code: 7 }, { code: 'timeout', host: {} }, null, 'timeout'])
    expect(v.safeParse(failureSchema, wrong).success).toBe(false);
});
