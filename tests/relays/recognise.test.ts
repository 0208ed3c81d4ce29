import { describe, expect, test } from 'vitest';
import { FAMILIES } from '../../src/core/accounts/relay-family';
import { fetchHttp } from '../../src/platform/fetch-http';
import { recognise } from '../../src/relays/recognise';
import { cannedHttp, success, type CannedAnswer } from './canned.ts';
import { recordings } from './recordings.ts';
import { startReplayer } from './replayer.ts';

const site = 'https://relay.example/';
const given = (
  status: CannedAnswer,
  settings: CannedAnswer = { status: 404, text: '404 page not found' },
) => {
  const made = cannedHttp((_request, url) => (url.pathname === '/api/status' ? status : settings));
  return { ...made, recognised: recognise(made.http, site) };
};
const settings: CannedAnswer = {
  body: { code: 0, message: 'success', data: { site_name: 'Sub', version: '1' } },
};

describe('every recorded server is recognised, and asked without any credential', () => {
  test.each([
    ['new-api', 'new-api', 'version-header', 'New API', '/profile'],
    ['new-api-cookie', 'new-api', 'version-header', 'New API', '/console/personal'],
    ['new-api-old', 'new-api-old', 'new-api-old-fields', 'New API', '/personal'],
    ['veloera', 'veloera', 'veloera-fields', 'Veloera', '/personal'],
    ['one-api', 'one-api', 'one-api-fields', 'One API', '/setting'],
    ['one-hub', 'one-hub', 'one-hub-fields', 'One Hub', '/panel/profile'],
    ['sub2api', 'sub2api', 'sub2api-settings', 'Sub2API', '/keys'],
  ])('%s', async (server, family, reason, siteName, tokenPage) => {
    const steps = recordings(server, [server === 'sub2api' ? 'public' : 'status']);
    const replayer = await startReplayer(steps);
    const recognised = await recognise(fetchHttp, replayer.origin);
    expect(recognised).toEqual({ ok: true, value: { family, reason, siteName, tokenPage } });
    expect(replayer.unknown).toEqual([]);
    const names = replayer.calls.flatMap(({ headers }) => Object.keys(headers));
    expect(names.filter((name) => /authorization|cookie|api-key|-user$|user-id/.test(name))).toEqual([]);
    expect(replayer.calls.every(({ method, body }) => method === 'GET' && body === undefined)).toBe(true);
  });

  test('a New API that is not set up yet is one all the same', async () => {
    const replayer = await startReplayer(recordings('new-api', ['status-not-set-up']));
    expect(await recognise(fetchHttp, replayer.origin)).toMatchObject({
      ok: true,
      value: { family: 'new-api' },
    });
  });
});

test.each([
  ['a fork', { system_name: 'VoAPI', quota_per_unit: 500_000 }, 'compatible', 'like-new-api'],
  [
    'New API behind a proxy that drops the header',
    { quota_display_type: 'USD', setup: true },
    'new-api',
    'new-api-fields',
  ],
  ['Done Hub', { UptimeEnabled: false, system_name: 'Done Hub' }, 'one-hub', 'one-hub-fields'],
])('%s is told by its fields', async (_name, status, family, reason) => {
  expect(await given(success(status)).recognised).toMatchObject({ ok: true, value: { family, reason } });
});

test('the version is never looked at, and a long name is cut', async () => {
  const fields = { system_name: ` ${'x'.repeat(200)} `, quota_per_unit: 1 };
  for (const version of ['v0.0.0', 'v1.0.0-rc.21', 'one-hub', undefined, 7]) {
    const recognised = await given(success({ ...fields, version })).recognised;
    expect(recognised).toMatchObject({ value: { family: 'compatible', siteName: 'x'.repeat(80) } });
  }
});

test.each<[string, CannedAnswer]>([
  ['a web page for every path', { text: '<!doctype html>' }],
  ['text', { text: 'hello' }],
  ['JSON of another kind', { body: { status: 'ok' } }],
  ['a list', success([])],
  ['a status without the fields', success({ name: 'x' })],
  ['a refusal', { body: { success: false, message: 'no' } }],
  ['no such path', { status: 404, text: '404 page not found' }],
])('%s is no relay, unless Sub2API is behind it', async (_name, status) => {
  expect(await given(status).recognised).toMatchObject({ ok: false, failure: { code: 'not-new-api' } });
  expect(await given(status, settings).recognised).toMatchObject({ ok: true, value: { family: 'sub2api' } });
});

test.each<[string, CannedAnswer, string]>([
  ['a challenge page', { status: 403, text: '<html>Just a moment...</html>' }, 'relay-html'],
  ['a limit', { status: 429, text: '' }, 'relay-rate-limited'],
  ['a broken server', { status: 502, text: '<html>' }, 'relay-error'],
  ['a password in front of the site', { status: 401, text: '' }, 'relay-error'],
])('%s tells nothing about the family, and is not asked further', async (_name, status, code) => {
  const { recognised, asked } = given(status, settings);
  expect(await recognised).toMatchObject({ ok: false, failure: { code } });
  expect(asked).toHaveLength(1);
});

test.each([
  ['its field', '<!doctype html><form><input name="p" type="password"></form>'],
  ['its title', '<html><head><title>Sign in · Access</title></head></html>'],
  ['its Chinese title', '<html><head><title>统一登录</title></head></html>'],
])('a page to sign in, known by %s, is told as that, unless Sub2API is behind it', async (_name, text) => {
  expect(await given({ text }).recognised).toMatchObject({
    failure: { code: 'relay-login', host: 'relay.example' },
  });
  expect(await given({ text }, settings).recognised).toMatchObject({ value: { family: 'sub2api' } });
});

test('every family says where its token stands and how long a name may be', () => {
  for (const traits of Object.values(FAMILIES)) expect(traits.tokenPage).toMatch(/^\/[a-z]/);
  expect(FAMILIES['new-api'].nameBytes).toBe(50);
  expect(FAMILIES.sub2api).toMatchObject({ userId: 'none', token: 'session', optionalPrefix: undefined });
});
