// @vitest-environment happy-dom
import { runInThisContext } from 'node:vm';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ALL_USER_ID_HEADERS } from '../../src/core/accounts/user-id-headers';
import { readRelaySession } from '../../src/platform/relay-session';

/** What the site answers by path, and what the page keeps of its user. */
function site(answers: Record<string, unknown>, user?: unknown) {
  const asked: { path: string; method: string; headers: Record<string, string> }[] = [];
  localStorage.clear();
  if (user !== undefined)
    localStorage.setItem('user', typeof user === 'string' ? user : JSON.stringify(user));
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push({
      path,
      method: init.method ?? 'GET',
      headers: { ...(init.headers as Record<string, string> | undefined) },
    });
    const answer = answers[path];
    if (answer === 'html') return new Response('<html>', { status: 200 });
    return new Response(JSON.stringify(answer ?? { success: false, message: 'no' }));
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

describe('the login of a relay’s page', () => {
  test('gives the access token where an older site shows it, with the user id under every known name', async () => {
    const asked = site(
      { '/api/user/self': { success: true, data: { id: 7, access_token: 'fake-token' } } },
      { id: 7 },
    );
    expect(await readRelaySession(ALL_USER_ID_HEADERS)).toEqual({
      origin: location.origin,
      userId: '7',
      accessToken: 'fake-token',
      shortLived: false,
    });
    expect(asked.map(({ path }) => path)).toEqual(['/api/user/self']);
    expect(asked[0]!.headers).toMatchObject({ 'New-Api-User': '7', 'Veloera-User': '7' });
  });

  test('gives the access of the page where only that is to be had, and says that it ends', async () => {
    const asked = site(
      { '/api/user/auth/refresh': { success: true, data: { access_token: 'fake.jwt', user: { id: 9 } } } },
      { id: 9 },
    );
    expect(await readRelaySession(ALL_USER_ID_HEADERS)).toEqual({
      origin: location.origin,
      userId: '9',
      accessToken: 'fake.jwt',
      shortLived: true,
    });
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/user/self',
      'POST /api/user/auth/refresh',
    ]);
  });

  test('gives the user id alone where the token is not shown', async () => {
    site({ '/api/user/self': { success: true, data: { id: 3, access_token: '' } } }, { id: 3 });
    expect(await readRelaySession(ALL_USER_ID_HEADERS)).toEqual({
      origin: location.origin,
      userId: '3',
      accessToken: '',
      shortLived: false,
    });
    site({}, { id: 3 });
    expect(await readRelaySession(ALL_USER_ID_HEADERS)).toEqual({
      origin: location.origin,
      userId: '3',
      accessToken: '',
      shortLived: false,
    });
  });

  test('of Sub2API gives the token that the page keeps, and never uses the one that renews it', async () => {
    const asked = site({ '/api/v1/auth/me': { code: 0, message: 'success', data: { id: 2, balance: 10 } } });
    localStorage.setItem('auth_token', 'fake.jwt');
    localStorage.setItem('refresh_token', 'fake-refresh');
    expect(await readRelaySession(ALL_USER_ID_HEADERS)).toEqual({
      origin: location.origin,
      userId: '2',
      accessToken: 'fake.jwt',
      shortLived: true,
      family: 'sub2api',
    });
    expect(asked.map(({ path, method, headers }) => [method, path, headers['Authorization']])).toEqual([
      ['GET', '/api/v1/auth/me', 'Bearer fake.jwt'],
    ]);
  });

  test.each([
    ['a token that has ended', { code: 'TOKEN_EXPIRED', message: 'expired' }],
    ['another site’s token of that name', 'html'],
    ['an answer without a user', { code: 0, data: {} }],
  ])('is not taken from %s', async (_name, me) => {
    site({ '/api/v1/auth/me': me });
    localStorage.setItem('auth_token', 'fake.jwt');
    expect(await readRelaySession(ALL_USER_ID_HEADERS)).toBeNull();
  });

  test.each([
    ['nobody is signed in', {}, undefined],
    ['the page is no relay', { '/api/user/self': 'html', '/api/user/auth/refresh': 'html' }, undefined],
    ['something else is kept under that name', {}, 'not json'],
    ['its user has no id', {}, { id: { $oid: 1 } }],
  ])('gives nothing where %s', async (_name, answers, user) => {
    site(answers, user);
    expect(await readRelaySession(ALL_USER_ID_HEADERS)).toBeNull();
  });

  test('never asks for a new access token', async () => {
    const asked = site({}, { id: 3 });
    await readRelaySession(ALL_USER_ID_HEADERS);
    expect(asked.map(({ path }) => path)).not.toContain('/api/user/token');
  });

  test('stands alone, as it is sent into the page as text', async () => {
    site({ '/api/user/self': { data: { id: 1, access_token: 'fake' } } }, { id: 1 });
    const alone = runInThisContext(`(${readRelaySession.toString()})`) as typeof readRelaySession;
    expect(await alone(ALL_USER_ID_HEADERS)).toEqual({
      origin: location.origin,
      userId: '1',
      accessToken: 'fake',
      shortLived: false,
    });
  });
});
