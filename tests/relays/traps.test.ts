import { describe, expect, test } from 'vitest';
import { isMasked } from '../../src/core/mask';
import { keyStatus } from '../../src/core/accounts/quota';
import { RELAY_FAMILIES, type RelayFamily } from '../../src/core/accounts/relay-family';
import { fetchHttp } from '../../src/platform/fetch-http';
import { readModels } from '../../src/relays/read-models';
import { RELAYS } from '../../src/relays/table';
import { cannedHttp, listedToken, success, type CannedAnswer } from './canned.ts';
import { exchange, recordings } from './recordings.ts';
import { startReplayer } from './replayer.ts';
import { KEY_EDITS } from '../../src/relays/edits-table';

/** The traps that running servers hold on the way to accounts and keys. */

const credentials = {
  siteUrl: 'https://relay.example',
  accessToken: 'lab-token-0123456789abcdef',
  userId: '2',
};
const TOKEN_FAMILIES = RELAY_FAMILIES.filter((family) => family !== 'sub2api');
const status = success({ system_name: 'x', quota_per_unit: 500_000 });
const self = success({ id: 2, quota: 1 });

/** A site whose list of keys is given. */
const listing = (list: (params: URLSearchParams) => CannedAnswer) =>
  cannedHttp((_request, url) => {
    if (url.pathname.endsWith('/api/status')) return status;
    return url.pathname.endsWith('/api/user/self') ? self : list(url.searchParams);
  });

describe('trap 3: PUT /api/token/ replaces', () => {
  const whole = listedToken(7, {
    key: 'Labwhole0123456789abcdef0123456789',
    model_limits: 'a,b',
    foreign: { x: 1 },
  });

  test.each(TOKEN_FAMILIES)('%s never sends a part of a key without status_only', async (family) => {
    const { http, asked } = cannedHttp((request) =>
      success({ ...whole, status: request.method === 'PUT' ? 2 : 1 }),
    );
    expect((await KEY_EDITS[family].setKeyEnabled(http, credentials, 7, false)).ok).toBe(true);
    const puts = asked.filter(({ method }) => method === 'PUT');
    expect(puts.map(({ url }) => new URL(url).search)).toEqual(['?status_only=true']);
    const body = JSON.parse(puts[0]!.body!) as unknown;
    expect(body).toEqual(family === 'new-api' ? { id: 7, status: 2 } : { ...whole, status: 2 });
  });

  test('a mask is never written back as a key', async () => {
    const masked = listedToken(7);
    const { http, asked } = cannedHttp(() => success({ ...masked, status: 2 }));
    await KEY_EDITS.compatible.setKeyEnabled(http, credentials, 7, false);
    expect(JSON.parse(asked.at(-1)!.body!)).toEqual({ id: 7, status: 2 });
  });

  test('a relay that says yes and changes nothing has not done it', async () => {
    const { http } = cannedHttp(() => success({ ...whole, status: 1 }));
    expect(await KEY_EDITS.compatible.setKeyEnabled(http, credentials, 7, false)).toMatchObject({
      failure: { code: 'relay-shape' },
    });
  });

  test('nothing is written when the key cannot be read whole', async () => {
    for (const answer of [
      success({}),
      success({ ...whole, id: 8 }),
      { text: '<html>' },
      { status: 429, text: '' },
    ]) {
      const { http, asked } = cannedHttp(() => answer);
      expect((await KEY_EDITS['one-hub'].setKeyEnabled(http, credentials, 7, false)).ok).toBe(false);
      expect(asked).toHaveLength(1);
    }
  });

  test.each(TOKEN_FAMILIES)('%s makes keys that live: no end, and the quota said', async (family) => {
    const { http, asked } = cannedHttp(() => success({ items: [], total: 0 }));
    const draft = { name: 'n', group: '', quota: null, expiredTime: -1, models: null };
    await KEY_EDITS[family].createKey(http, credentials, draft);
    const post = asked.find(({ method }) => method === 'POST')!;
    expect(JSON.parse(post.body!)).toMatchObject({
      name: 'n',
      expired_time: -1,
      unlimited_quota: true,
      remain_quota: 0,
    });
  });

  test('Sub2API gets the whole key back, but for its text', async () => {
    const key = { id: 1, name: 'a', key: 'sk-x', status: 'active', group_id: 2, ip_whitelist: ['10.0.0.1'] };
    const { http, asked } = cannedHttp((request) => ({
      body: { code: 0, data: request.method === 'PUT' ? { ...key, status: 'inactive' } : key },
    }));
    expect((await KEY_EDITS.sub2api.setKeyEnabled(http, credentials, 1, false)).ok).toBe(true);
    expect(JSON.parse(asked[1]!.body!)).toEqual({
      id: 1,
      name: 'a',
      status: 'inactive',
      group_id: 2,
      ip_whitelist: ['10.0.0.1'],
    });
  });
});

describe('trap 4: the status in the list lags', () => {
  const now = 1_780_000_000;
  test.each(TOKEN_FAMILIES)('%s gives what the state is computed from', async (family) => {
    const tokens = [
      listedToken(4, { expired_time: now - 1 }),
      listedToken(3, { unlimited_quota: false, remain_quota: 0 }),
      listedToken(2, { status: 2 }),
      listedToken(1, { expired_time: now + 1, remain_quota: -1 }),
    ];
    const { http } = listing(() => success({ items: tokens, total: 4 }));
    const reading = await RELAYS[family].readAccount(http, credentials);
    expect(reading.ok && reading.value.keys.map((key) => keyStatus(key, now))).toEqual([
      'expired',
      'used-up',
      'disabled',
      'enabled',
    ]);
  });

  test('Sub2API: words and dates become the same numbers', async () => {
    const key = (id: number, more: object) => ({
      id,
      user_id: 2,
      name: 'n',
      key: `k-${id}`,
      status: 'active',
      ...more,
    });
    const items = [
      key(5, { status: 'inactive' }),
      key(4, { status: 'quota_exhausted', quota: 5, quota_used: 5 }),
      key(3, { expires_at: '2020-01-01T00:00:00Z' }),
      key(2, { quota: 5, quota_used: 1.5 }),
      key(1, { status: 'something new' }),
    ];
    const { http } = cannedHttp((_request, { pathname }) => {
      const data = {
        '/api/v1/settings/public': { site_name: 'S' },
        '/api/v1/auth/me': { id: 2, balance: 3.5 },
      };
      return { body: { code: 0, data: data[pathname as keyof typeof data] ?? { items, total: 5 } } };
    });
    const reading = await RELAYS.sub2api.readAccount(http, credentials);
    expect(reading).toMatchObject({ ok: true, value: { balance: 3.5, unit: { perUnit: 1, symbol: '$' } } });
    const keys = reading.ok ? reading.value.keys : [];
    expect(keys.map((each) => keyStatus(each, now))).toEqual([
      'disabled',
      'used-up',
      'expired',
      'enabled',
      'disabled',
    ]);
    expect(keys[3]).toMatchObject({ remainQuota: 3.5, usedQuota: 1.5, unlimitedQuota: false, text: 'k-2' });
  });
});

describe('trap 5: foreign page parameters are ignored, not refused', () => {
  const tokens = (count: number) => Array.from({ length: count }, (_, index) => listedToken(count - index));

  test.each(TOKEN_FAMILIES)('%s ends on a server that gives the first page for ever', async (family) => {
    for (const page of [
      tokens(10),
      { items: tokens(10), total: 99 },
      { data: tokens(10), total_count: 99 },
    ]) {
      const { http, asked } = listing(() => success(page));
      const reading = await RELAYS[family].readAccount(http, credentials);
      expect(reading.ok && reading.value.keys).toHaveLength(10);
      expect(asked).toHaveLength(4);
    }
  });

  const all = tokens(105);
  const cut = (page: number, size: number) => all.slice(page * size, (page + 1) * size);
  const number = (text: string | null): number => Number(text ?? 0);
  const SERVERS: Record<string, (params: URLSearchParams) => CannedAnswer> = {
    'lists from 0': (params) => success(cut(number(params.get('p')), 100)),
    'lists from 0, ten whatever is asked': (params) => success(cut(number(params.get('p')), 10)),
    'counted pages from 1': (params) =>
      success({ items: cut(Math.max(1, number(params.get('p'))) - 1, 100), total: 105 }),
    'counted pages that are cut shorter': (params) =>
      success({ items: cut(Math.max(1, number(params.get('p'))) - 1, 20), total: 105 }),
    'pages by another name': (params) =>
      number(params.get('size')) > 100
        ? { body: { success: false, message: 'size 参数不能超过 100' } }
        : success({ data: cut(Math.max(1, number(params.get('page'))) - 1, 100), total_count: 105 }),
  };
  const reads = (name: string): RelayFamily[] =>
    name === 'pages by another name'
      ? ['one-hub', 'compatible']
      : ['new-api', 'new-api-old', 'veloera', 'one-api', 'compatible'];

  test.each(Object.keys(SERVERS).flatMap((name) => reads(name).map((family) => [name, family] as const)))(
    '%s: %s reads all 105 keys',
    async (name, family) => {
      const { http } = listing(SERVERS[name]!);
      const reading = await RELAYS[family].readAccount(http, credentials);
      const ids = reading.ok ? reading.value.keys.map(({ remoteId }) => remoteId) : [];
      expect(ids).toEqual(Array.from({ length: 105 }, (_, index) => 105 - index));
    },
  );

  test('5,000 keys are enough, and it is said that there are more', async () => {
    const { http } = listing((params) => {
      const page = Math.max(1, number(params.get('p'))) - 1;
      const items = Array.from({ length: 100 }, (_, index) => listedToken(99_999 - page * 100 - index));
      return success({ items, total: 90_000 });
    });
    const reading = await RELAYS['new-api'].readAccount(http, credentials);
    expect(reading).toMatchObject({ ok: true, value: { more: true } });
    expect(reading.ok && reading.value.keys).toHaveLength(5_000);
  });

  test('a page of nothing but other users’ keys does not end the list', async () => {
    const { http } = listing((params) => {
      const foreign = Array.from({ length: 100 }, (_, index) => listedToken(900 - index, { user_id: 9 }));
      return success({ items: params.get('p') === '0' ? foreign : [listedToken(1)], total: 101 });
    });
    const reading = await RELAYS['new-api'].readAccount(http, credentials);
    expect(reading.ok && reading.value.keys.map(({ remoteId }) => remoteId)).toEqual([1]);
  });

  test('keys that are counted and not shown are no empty list', async () => {
    const { http } = listing(() => success({ items: [], total: 3 }));
    expect(await RELAYS['new-api'].readAccount(http, credentials)).toMatchObject({
      failure: { code: 'relay-shape' },
    });
  });
});

describe('trap 6: a wrong path under /api/user/ looks like a rights problem', () => {
  test.each(TOKEN_FAMILIES)('%s asks for nothing there but the user and his groups', async (family) => {
    const { http, asked } = listing(() => success([]));
    await RELAYS[family].readAccount(http, credentials);
    await KEY_EDITS[family].readGroups(http, credentials);
    const paths = asked
      .map(({ url }) => new URL(url).pathname)
      .filter((path) => path.startsWith('/api/user/'));
    expect(paths.filter((path) => !['/api/user/self', '/api/user/self/groups'].includes(path))).toEqual([]);
  });

  test.each<[string, CannedAnswer, string]>([
    [
      'New API',
      {
        status: 403,
        body: {
          code: 'AUTH_INSUFFICIENT_PRIVILEGE',
          message: 'Unauthorized, insufficient privileges',
          success: false,
        },
      },
      'relay-forbidden',
    ],
    ['its ancestors', { body: { message: '无权进行此操作，权限不足', success: false } }, 'relay-refusal'],
  ])('a refusal for want of rights by %s does not blame the token', async (_name, answer, code) => {
    const { http } = listing(() => answer);
    expect(await RELAYS.compatible.readAccount(http, credentials)).toMatchObject({ failure: { code } });
  });
});

describe('trap 8: 503 system_cpu_overloaded says nothing about the key', () => {
  test('no recorded answer of an overloaded relay is a refusal of the key', () => {
    const steps = recordings('new-api', ['overload']).filter(({ response }) => response.status === 503);
    expect(steps.length).toBeGreaterThan(0);
    for (const { response } of steps) {
      const answer = { status: 503, text: JSON.stringify(response.body), retryAfter: null };
      expect(readModels(answer, 'h', [])).toMatchObject({ failure: { code: 'relay-error', status: 503 } });
    }
  });
});

describe('trap 9: errors are unlike each other', () => {
  const html = exchange(recordings('new-api', ['html-and-redirects']), 'GET', '//api/status');
  test.each<[string, CannedAnswer, string]>([
    ['200 with success:false', { body: { success: false, message: 'x' } }, 'relay-refusal'],
    [
      '200 with success:false about the token',
      { body: { success: false, message: '无权进行此操作，access token 无效' } },
      'token-refused',
    ],
    [
      '401 with a code',
      { status: 401, body: { success: false, code: 'AUTH_UNAUTHORIZED' } },
      'token-refused',
    ],
    [
      '401 for want of the user id',
      { status: 401, body: { success: false, message: '无权进行此操作，未提供 Veloera-User' } },
      'user-id-refused',
    ],
    [
      '401 of a banned user',
      { status: 401, body: { success: false, code: 'AUTH_USER_DISABLED', message: 'User has been banned' } },
      'relay-refusal',
    ],
    [
      '404 without success',
      { status: 404, body: { error: { message: 'Invalid URL (GET /api/nope)' } } },
      'relay-not-found',
    ],
    ['429 with nothing', { status: 429, text: '' }, 'relay-rate-limited'],
    ['500 with nothing', { status: 500, text: '' }, 'relay-error'],
    ['HTML with a 200', { text: String(html.response.body) }, 'relay-html'],
    ['nothing with a 200', { text: '' }, 'relay-not-json'],
  ])('%s', async (_name, answer, code) => {
    const { http } = listing(() => answer);
    expect(await RELAYS.compatible.readAccount(http, credentials)).toMatchObject({ failure: { code } });
  });

  test('JSON sent as text is JSON', async () => {
    const steps = recordings('one-hub', ['status', 'self-and-quota', 'keys-list']);
    const plain = steps.map((step) => {
      const headers = { ...step.response.headers, 'content-type': 'text/plain; charset=utf-8' };
      return { ...step, response: { ...step.response, headers } };
    });
    const { origin } = await startReplayer(plain.filter(({ note }) => note !== 'no keys yet'));
    const alice = { siteUrl: origin, accessToken: 'LabPatPlainFakeKeyFakeKeyFak0002', userId: '2' };
    const reading = await RELAYS['one-hub'].readAccount(fetchHttp, alice);
    expect(reading.ok && reading.value.keys).toHaveLength(13);
  });

  test('a slash at the end of the address is not doubled', async () => {
    const { http, asked } = listing(() => success([]));
    await RELAYS['one-api'].readAccount(http, { ...credentials, siteUrl: 'https://relay.example/sub//' });
    expect(asked.map(({ url }) => new URL(url).pathname)).toEqual([
      '/sub/api/status',
      '/sub/api/user/self',
      '/sub/api/token/',
    ]);
  });
});

describe('trap 10: secrets come where one does not expect them', () => {
  test.each(['new-api-old', 'veloera', 'one-hub'] as const)(
    'the access token that %s shows stays out',
    async (server) => {
      const steps = recordings(server, ['status', 'self-and-quota', 'keys-list']);
      const shown = steps.find(({ request }) => request.path === '/api/user/self')!.response.body;
      expect(JSON.stringify(shown)).toContain('LabPatPlainFakeKeyFakeKeyFak0002');
      const { origin } = await startReplayer(steps, (params) => (params.delete('p'), params));
      const alice = { siteUrl: origin, accessToken: 'LabPatPlainFakeKeyFakeKeyFak0002', userId: '2' };
      const reading = await RELAYS[server].readAccount(fetchHttp, alice);
      expect(reading.ok).toBe(true);
      expect(JSON.stringify(reading)).not.toContain('LabPatPlainFakeKeyFakeKeyFak0002');
    },
  );

  test('a relay that repeats token and key in its words is quoted without them', async () => {
    const key = 'sk-Labkey01FakeKeyFakeKeyFakeKeyFakeKey0001';
    const { http } = listing(() => ({
      body: { success: false, message: `${credentials.accessToken} may not list ${key}` },
    }));
    const reading = await RELAYS.compatible.readAccount(http, credentials);
    expect(reading).toMatchObject({ failure: { code: 'relay-refusal', text: '… may not list …' } });
  });

  test('short keys and keys that stand in the list are masked', async () => {
    for (const text of ['a', 'short-key', 'twelve-signs', 'Labkey01FakeKeyFakeKeyFakeKey0001', 'sk-x', '']) {
      const { http } = listing(() => success([listedToken(1, { key: text })]));
      const reading = await RELAYS['one-api'].readAccount(http, credentials);
      const mask = reading.ok ? reading.value.keys[0]!.mask : '';
      expect(isMasked(mask)).toBe(true);
      expect(text === '' || !mask.includes(text)).toBe(true);
    }
  });
});
