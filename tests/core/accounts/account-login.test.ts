import { expect, test } from 'vitest';
import { isOfUser, parseLogin } from '../../../src/core/accounts/account-login';

const user = (userId: string, ...ids: number[]) => ({
  siteUrl: 'https://r1.example',
  userId,
  keys: ids.map((remoteId) => ({ remoteId })),
});

test.each([
  ['the same id', user('2', 1), user('2', 9), true],
  ['another id', user('2', 1), user('3', 1), false],
  ['an id that was never told, and a key in common', user('', 1, 2), user('2', 2), true],
  ['an id that was never told, and no key in common', user('', 1), user('2', 2), false],
  ['nothing known but the site', user(''), user('2'), false],
  ['another site', { ...user('2', 1), siteUrl: 'https://r2.example' }, user('2', 1), false],
])('a user is recognised by id or key: %s', (_name, account, told, same) => {
  expect(isOfUser(account, told)).toBe(same);
});

test.each([
  ['2', '2'],
  [' 002 ', '2'],
  ['0', '0'],
  ['', ''],
])('a user id has one form: %o', (typed, userId) => {
  const login = parseLogin({ siteUrl: 'r1.example', accessToken: 'fake', userId: typed });
  expect(login).toMatchObject({ ok: true, value: { userId } });
});
