import { describe, expect, test } from 'vitest';
import { keyStatus } from '../../src/core/accounts/quota';
import { fetchHttp } from '../../src/platform/fetch-http';
import { REVEALS } from '../../src/relays/reveal-table';
import { RELAYS } from '../../src/relays/table';
import { fakeKey } from '../fakes/new-api.ts';
import { canned, FAMILIES, manyKeys, site } from './site.ts';

describe.each(FAMILIES)('a relay of the family %s', (family, relay) => {
  test('is read whole: name, unit, balance and all pages of its keys, masked, newest first', async () => {
    const { fake, credentials } = await site({ keys: manyKeys(250), systemName: 'Lab' });
    const reading = await relay.readAccount(fetchHttp, credentials);
    expect(reading).toMatchObject({
      ok: true,
      value: { systemName: 'Lab', balance: 5_000_000, unit: { perUnit: 500_000 } },
    });
    if (!reading.ok) return;
    const { keys } = reading.value;
    expect(keys.map(({ remoteId }) => remoteId)).toEqual(
      Array.from({ length: 250 }, (_, index) => 250 - index),
    );
    expect(keys[0]).toMatchObject({
      name: 'key 250',
      mask: 'Labk**********0250',
      status: 1,
      expiredTime: -1,
      unlimitedQuota: true,
    });
    const [status, self, ...pages] = fake.requests.map(({ path }) => path);
    expect([status, self]).toEqual(['/api/status', '/api/user/self']);
    const numbers = pages.map((path) => new URL(path, fake.origin).searchParams.get('p'));
    expect(numbers).toEqual(['0', '2', '3']);
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

  test('reveals one key with one counted request, many with one for each hundred, and adds what the family leaves out', async () => {
    const { fake, credentials } = await site({ keys: manyKeys(120) });
    const counted = () => fake.requests.filter(({ method }) => method === 'POST');
    const one = await REVEALS[family](fetchHttp, credentials, [3]);
    expect(one.ok && [...one.value]).toEqual([[3, `sk-${fakeKey('k', 3)}`]]);
    expect(counted()).toHaveLength(1);
    // One that does not know the server looks first whether the key is shown.
    expect(fake.requests).toHaveLength(family === 'new-api' ? 1 : 2);
    const many = await REVEALS[family](
      fetchHttp,
      credentials,
      Array.from({ length: 120 }, (_, index) => index + 1),
    );
    expect(many.ok && many.value.size).toBe(120);
    expect(many.ok && many.value.get(120)).toBe(`sk-${fakeKey('k', 120)}`);
    expect(counted()).toHaveLength(3);
    const before = fake.requests.length;
    const none = await REVEALS[family](fetchHttp, credentials, []);
    expect(none.ok && none.value.size).toBe(0);
    expect(fake.requests).toHaveLength(before);
  });

  test('leaves out of a batch what is not there, and refuses a single one in its own words', async () => {
    const { credentials } = await site({ keys: manyKeys(2) });
    const some = await REVEALS[family](fetchHttp, credentials, [1, 2, 99]);
    expect(some.ok && [...some.value.keys()]).toEqual([1, 2]);
    expect(await REVEALS[family](fetchHttp, credentials, [99])).toMatchObject({
      ok: false,
      failure: { code: 'relay-refusal', text: 'record not found' },
    });
  });
});

test.each([
  [{ quota_per_unit: 500_000 }, { symbol: '$', rate: 1, kind: 'currency', perUnit: 500_000 }],
  [
    { quota_display_type: 'CNY', usd_exchange_rate: 7.3 },
    { symbol: '¥', rate: 7.3, kind: 'currency', perUnit: 500_000 },
  ],
  [{ quota_display_type: 'TOKENS' }, { kind: 'points' }],
  [
    { quota_display_type: 'CUSTOM', custom_currency_symbol: '🍎', custom_currency_exchange_rate: 2 },
    { symbol: '🍎', rate: 2 },
  ],
  [{ display_in_currency: false }, { kind: 'points' }],
  [{ quota_per_unit: 0 }, { perUnit: 500_000 }],
])('amounts are shown as the site shows them: %o', async (status, unit) => {
  const answers = {
    '/api/status': { success: true, data: status },
    '/api/user/self': { success: true, data: { id: 2, quota: 1 } },
    '/api/token/': { success: true, data: { items: [], total: 0 } },
  };
  const reading = await RELAYS['new-api'].readAccount(canned(answers), {
    siteUrl: 'https://x.example',
    accessToken: 't',
    userId: '',
  });
  expect(reading).toMatchObject({ ok: true, value: { unit } });
});
