import { describe, expect, onTestFinished, test } from 'vitest';
import { keyStatus } from '../../src/core/quota';
import { fetchHttp } from '../../src/platform/fetch-http';
import type { Http, HttpRequest } from '../../src/ports/http';
import type { Credentials, Relay } from '../../src/relays/relay';
import { RELAYS } from '../../src/relays/table';
import { DEFAULT_ACCESS_TOKEN, fakeKey, startNewApi, type FakeNewApi, type NewApiOptions } from '../fakes/new-api.ts';

interface Site {
  fake: FakeNewApi;
  credentials: Credentials;
}

async function site(options: NewApiOptions = {}): Promise<Site> {
  const fake = await startNewApi(options);
  onTestFinished(() => fake.stop());
  return { fake, credentials: { siteUrl: fake.origin, accessToken: DEFAULT_ACCESS_TOKEN, userId: '2' } };
}

const manyKeys = (count: number): NewApiOptions['keys'] =>
  Array.from({ length: count }, (_, index) => ({ id: index + 1, name: `key ${index + 1}`, key: fakeKey('k', index + 1) }));

const impatient: Http = { send: (request) => fetchHttp.send({ ...request, timeoutMs: 100 }) };

/** Answers every request with what is given for its path: for what no sound server says. */
const canned = (answers: Record<string, unknown>): Http => ({
  async send({ url }: HttpRequest) {
    const path = new URL(url).pathname;
    return { ok: true, value: { status: 200, text: JSON.stringify(answers[path] ?? { success: false, message: 'none' }), header: () => null } };
  },
});

/** What every family promises; the stand-in of New API passes the recorded exchanges (tests/replay). */
describe.each(Object.entries(RELAYS) as [string, Relay][])('a relay of the family %s', (_family, relay) => {
  test('is read whole: name, unit, balance and all pages of its keys, masked, newest first', async () => {
    const { fake, credentials } = await site({ keys: manyKeys(250), systemName: 'Lab' });
    const reading = await relay.readAccount(fetchHttp, credentials);
    expect(reading).toMatchObject({ ok: true, value: { systemName: 'Lab', balance: 5_000_000, unit: { perUnit: 500_000 } } });
    if (!reading.ok) return;
    const { keys } = reading.value;
    expect(keys.map(({ remoteId }) => remoteId)).toEqual(Array.from({ length: 250 }, (_, index) => 250 - index));
    expect(keys[0]).toMatchObject({ name: 'key 250', mask: 'Labk**********0250', status: 1, expiredTime: -1, unlimitedQuota: true });
    expect(fake.requests.map(({ path }) => path)).toEqual([
      '/api/status',
      '/api/user/self',
      '/api/token/?p=1&size=100',
      '/api/token/?p=2&size=100',
      '/api/token/?p=3&size=100',
    ]);
  });

  test('without keys is read with one page', async () => {
    const { fake, credentials } = await site();
    expect(await relay.readAccount(fetchHttp, credentials)).toMatchObject({ ok: true, value: { keys: [] } });
    expect(fake.requests).toHaveLength(3);
  });

  test('gives what the state of a key is computed from', async () => {
    const now = Math.floor(Date.now() / 1000);
    const { credentials } = await site({
      keys: [
        { id: 1, name: 'on', key: fakeKey('a', 1) },
        { id: 2, name: 'off', key: fakeKey('a', 2), status: 2 },
        { id: 3, name: 'expired', key: fakeKey('a', 3), expiredTime: now - 60 },
        { id: 4, name: 'used up', key: fakeKey('a', 4), remainQuota: 0, unlimitedQuota: false },
      ],
    });
    const reading = await relay.readAccount(fetchHttp, credentials);
    const states = reading.ok && reading.value.keys.map((key) => [key.name, keyStatus(key, now)]);
    expect(states).toEqual([
      ['used up', 'used-up'],
      ['expired', 'expired'],
      ['off', 'disabled'],
      ['on', 'enabled'],
    ]);
  });

  test('reveals one key with one request, many with one for each hundred, and adds what the family leaves out', async () => {
    const { fake, credentials } = await site({ keys: manyKeys(120) });
    const one = await relay.reveal(fetchHttp, credentials, [3]);
    expect(one.ok && [...one.value]).toEqual([[3, `sk-${fakeKey('k', 3)}`]]);
    expect(fake.requests).toHaveLength(1);
    const many = await relay.reveal(fetchHttp, credentials, Array.from({ length: 120 }, (_, index) => index + 1));
    expect(many.ok && many.value.size).toBe(120);
    expect(many.ok && many.value.get(120)).toBe(`sk-${fakeKey('k', 120)}`);
    expect(fake.requests).toHaveLength(3);
    const none = await relay.reveal(fetchHttp, credentials, []);
    expect(none.ok && none.value.size).toBe(0);
    expect(fake.requests).toHaveLength(3);
  });

  test('leaves out of a batch what is not there, and refuses a single one in its own words', async () => {
    const { credentials } = await site({ keys: manyKeys(2) });
    const some = await relay.reveal(fetchHttp, credentials, [1, 2, 99]);
    expect(some.ok && [...some.value.keys()]).toEqual([1, 2]);
    expect(await relay.reveal(fetchHttp, credentials, [99])).toMatchObject({
      ok: false,
      failure: { code: 'relay-refusal', text: 'record not found' },
    });
  });

  test('tells a wrong token, a banned user and the id of somebody else', async () => {
    const { fake, credentials } = await site({ keys: manyKeys(1) });
    const read = (more: Partial<Credentials>) => relay.readAccount(fetchHttp, { ...credentials, ...more });
    expect(await read({ accessToken: 'x'.repeat(32) })).toMatchObject({ failure: { code: 'token-refused' } });
    expect(await read({ accessToken: `sk-${fakeKey('k', 1)}` })).toMatchObject({ failure: { code: 'token-refused' } });
    expect(await read({ userId: '1' })).toMatchObject({ failure: { code: 'user-id-refused' } });
    expect(await read({ userId: ' 2 ' })).toMatchObject({ ok: true });
    expect(await read({ userId: '' })).toMatchObject({ ok: true });
    expect(await relay.reveal(fetchHttp, { ...credentials, accessToken: 'x' }, [1])).toMatchObject({ failure: { code: 'token-refused' } });
    fake.users[0]!.status = 2;
    expect(await read({})).toMatchObject({ ok: false });
  });

  test('that wants the user id is told from one that refuses the token, in every language', async () => {
    const refusing = (message: string): Http => ({
      send: async ({ url }) => ({
        ok: true,
        value: url.endsWith('/api/status')
          ? { status: 200, text: '{"success":true,"data":{}}', header: () => null }
          : { status: 401, text: JSON.stringify({ success: false, message }), header: () => null },
      }),
    });
    const { credentials } = await site();
    for (const message of ['Unauthorized, New-Api-User header not provided', '无权进行此操作，未提供 New-Api-User'])
      expect(await relay.readAccount(refusing(message), credentials)).toMatchObject({ failure: { code: 'user-id-refused' } });
    expect(await relay.readAccount(refusing('无权进行此操作，access token 无效'), credentials)).toMatchObject({ failure: { code: 'token-refused' } });
  });

  test('that is another site is told so; nothing of the account is sent to it', async () => {
    const { fake, credentials } = await site();
    fake.faults.html = true;
    expect(await relay.readAccount(fetchHttp, credentials)).toMatchObject({ failure: { code: 'not-new-api' } });
    expect(fake.requests).toHaveLength(1);
    fake.resetFaults();
    fake.faults.status = { '/api/status': 404 };
    expect(await relay.readAccount(fetchHttp, credentials)).toMatchObject({ failure: { code: 'not-new-api' } });
    for (const status of [{}, { success: true }, { success: true, data: null }, { success: false, message: 'x' }, [], 'x'])
      expect(await relay.readAccount(canned({ '/api/status': status }), credentials)).toMatchObject({ failure: { code: 'not-new-api' } });
  });

  test('whose limits are reached says for how long', async () => {
    const { credentials } = await site({ keys: manyKeys(1), rateLimits: { critical: 2 } });
    const reveal = () => relay.reveal(fetchHttp, credentials, [1]);
    const answers = [await reveal(), await reveal(), await reveal()];
    expect(answers.at(-1)).toEqual({
      ok: false,
      failure: { code: 'relay-rate-limited', host: new URL(credentials.siteUrl).host, seconds: 1200 },
    });
  });

  test('that answers what it should not is a failure, never an empty account', async () => {
    const { fake, credentials } = await site({ keys: manyKeys(1) });
    fake.faults.malformedJson = true;
    expect(await relay.readAccount(fetchHttp, credentials)).toMatchObject({ ok: false });
    const self = { success: true, data: { id: 2, quota: 5 } };
    const answers = (token: unknown) => canned({ '/api/status': { success: true, data: {} }, '/api/user/self': self, '/api/token/': token });
    for (const data of [null, {}, [], { items: {} }, { items: [{}], total: 1 }, { items: [], total: 'x' }])
      expect(await relay.readAccount(answers({ success: true, data }), credentials)).toMatchObject({ failure: { code: 'relay-shape' } });
    expect(await relay.readAccount(answers({ success: false, message: 'no rights' }), credentials)).toMatchObject({
      failure: { code: 'relay-refusal', text: 'no rights' },
    });
    expect(await relay.readAccount(answers({ success: true, data: { items: null, total: 0 } }), credentials)).toMatchObject({ ok: true });
  });

  test("keeps keys of other users out, takes each id once, and ends with a page that brings nothing new", async () => {
    const key = (id: number, user_id: number) => ({
      id, user_id, name: `n${id}`, key: 'Labk**********0001', status: 1, expired_time: -1, remain_quota: 0, unlimited_quota: true,
    });
    let pages = 0;
    const endless: Http = {
      async send({ url }) {
        const path = new URL(url).pathname;
        if (path === '/api/token/') pages++;
        const data = path === '/api/status' ? {} : path === '/api/user/self' ? { id: 2, quota: 1 } : { items: [key(1, 2), key(2, 7), key(1, 2), key(3, 2)], total: 9999 };
        return { ok: true, value: { status: 200, text: JSON.stringify({ success: true, data }), header: () => null } };
      },
    };
    const { credentials } = await site();
    const reading = await relay.readAccount(endless, credentials);
    expect(reading.ok && reading.value.keys.map(({ remoteId }) => remoteId)).toEqual([1, 3]);
    expect(pages).toBe(2);
  });

  test('that does not answer, is gone, or leads elsewhere says which', async () => {
    const { fake, credentials } = await site();
    fake.faults.hang = '/api/user/self';
    expect(await relay.readAccount(impatient, credentials)).toMatchObject({ failure: { code: 'relay-timeout' } });
    fake.resetFaults();
    for (const [status, code] of [[500, 'relay-error'], [502, 'relay-error'], [403, 'relay-forbidden'], [429, 'relay-rate-limited']] as const) {
      fake.faults.status = { '/api/token': status };
      expect(await relay.readAccount(fetchHttp, credentials)).toMatchObject({ failure: { code } });
    }
    const redirecting: Http = { send: async () => ({ ok: false, failure: { code: 'redirected', host: 'x' } }) };
    expect(await relay.readAccount(redirecting, credentials)).toMatchObject({ failure: { code: 'relay-redirected' } });
    const tooLarge: Http = { send: async () => ({ ok: false, failure: { code: 'too-large', host: 'x' } }) };
    expect(await relay.readAccount(tooLarge, credentials)).toMatchObject({ failure: { code: 'relay-too-large' } });
    await fake.stop();
    expect(await relay.readAccount(fetchHttp, credentials)).toMatchObject({ failure: { code: 'relay-unreachable' } });
    expect(await relay.readAccount(fetchHttp, credentials, AbortSignal.abort())).toMatchObject({ failure: { code: 'cancelled' } });
  });

  test('never says the access token in a failure', async () => {
    const echo: Http = { send: async () => ({ ok: true, value: { status: 403, text: JSON.stringify({ message: `token ${DEFAULT_ACCESS_TOKEN} has no rights` }), header: () => null } }) };
    const { credentials } = await site();
    const answer = await relay.reveal(echo, credentials, [1]);
    expect(answer).toMatchObject({ failure: { code: 'relay-forbidden' } });
    expect(JSON.stringify(answer)).not.toContain(DEFAULT_ACCESS_TOKEN);
  });
});

test.each([
  [{ quota_per_unit: 500_000 }, { symbol: '$', rate: 1, kind: 'currency', perUnit: 500_000 }],
  [{ quota_display_type: 'CNY', usd_exchange_rate: 7.3 }, { symbol: '¥', rate: 7.3, kind: 'currency', perUnit: 500_000 }],
  [{ quota_display_type: 'TOKENS' }, { kind: 'points' }],
  [{ quota_display_type: 'CUSTOM', custom_currency_symbol: '🍎', custom_currency_exchange_rate: 2 }, { symbol: '🍎', rate: 2 }],
  [{ display_in_currency: false }, { kind: 'points' }],
  [{ quota_per_unit: 0 }, { perUnit: 500_000 }],
])('amounts are shown as the site shows them: %o', async (status, unit) => {
  const answers = { '/api/status': { success: true, data: status }, '/api/user/self': { success: true, data: { id: 2, quota: 1 } }, '/api/token/': { success: true, data: { items: [], total: 0 } } };
  const reading = await RELAYS['new-api'].readAccount(canned(answers), { siteUrl: 'https://x.example', accessToken: 't', userId: '' });
  expect(reading).toMatchObject({ ok: true, value: { unit } });
});
