import { describe, expect, test } from 'vitest';
import { fetchHttp } from '../../src/platform/fetch-http';
import type { Http } from '../../src/ports/http';
import { REVEALS } from '../../src/relays/reveal-table';
import type { Credentials } from '../../src/relays/relay';
import { DEFAULT_ACCESS_TOKEN, fakeKey } from '../fakes/new-api.ts';
import { canned, FAMILIES, manyKeys, site } from './site.ts';

const impatient: Http = { send: (request) => fetchHttp.send({ ...request, timeoutMs: 100 }) };

describe.each(FAMILIES)('a relay of the family %s that does not answer as it should', (family, relay) => {
  test('tells a wrong token, a banned user and the id of somebody else', async () => {
    const { fake, credentials } = await site({ keys: manyKeys(1) });
    const read = (more: Partial<Credentials>) => relay.readAccount(fetchHttp, { ...credentials, ...more });
    expect(await read({ accessToken: 'x'.repeat(32) })).toMatchObject({
      failure: { code: 'token-refused' },
    });
    expect(await read({ accessToken: `sk-${fakeKey('k', 1)}` })).toMatchObject({
      failure: { code: 'token-refused' },
    });
    expect(await read({ userId: '1' })).toMatchObject({ failure: { code: 'user-id-refused' } });
    expect(await read({ userId: ' 2 ' })).toMatchObject({ ok: true });
    expect(await read({ userId: '' })).toMatchObject({ ok: true });
    expect(await REVEALS[family](fetchHttp, { ...credentials, accessToken: 'x' }, [1])).toMatchObject({
      failure: { code: 'token-refused' },
    });
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
    for (const message of [
      'Unauthorized, New-Api-User header not provided',
      '无权进行此操作，未提供 New-Api-User',
    ])
      expect(await relay.readAccount(refusing(message), credentials)).toMatchObject({
        failure: { code: 'user-id-refused' },
      });
    expect(await relay.readAccount(refusing('无权进行此操作，access token 无效'), credentials)).toMatchObject(
      { failure: { code: 'token-refused' } },
    );
  });

  test('that is another site is told so; nothing of the account is sent to it', async () => {
    const { fake, credentials } = await site();
    fake.faults.html = true;
    expect(await relay.readAccount(fetchHttp, credentials)).toMatchObject({
      failure: { code: 'not-new-api' },
    });
    expect(fake.requests).toHaveLength(1);
    fake.resetFaults();
    fake.faults.status = { '/api/status': 404 };
    expect(await relay.readAccount(fetchHttp, credentials)).toMatchObject({
      failure: { code: 'not-new-api' },
    });
    for (const status of [
      {},
      { success: true },
      { success: true, data: null },
      { success: false, message: 'x' },
      [],
      'x',
    ])
      expect(await relay.readAccount(canned({ '/api/status': status }), credentials)).toMatchObject({
        failure: { code: 'not-new-api' },
      });
  });

  test('whose limits are reached says for how long', async () => {
    const { credentials } = await site({ keys: manyKeys(1), rateLimits: { critical: 2 } });
    const reveal = () => REVEALS[family](fetchHttp, credentials, [1]);
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
    const answers = (token: unknown) =>
      canned({ '/api/status': { success: true, data: {} }, '/api/user/self': self, '/api/token/': token });
    for (const data of [
      null,
      {},
      [{}],
      { items: [], total: 3 },
      { items: {} },
      { items: [{}], total: 1 },
      { items: [], total: 'x' },
    ])
      expect(await relay.readAccount(answers({ success: true, data }), credentials)).toMatchObject({
        failure: { code: 'relay-shape' },
      });
    expect(
      await relay.readAccount(answers({ success: false, message: 'no rights' }), credentials),
    ).toMatchObject({
      failure: { code: 'relay-refusal', text: 'no rights' },
    });
    expect(
      await relay.readAccount(answers({ success: true, data: { items: null, total: 0 } }), credentials),
    ).toMatchObject({ ok: true });
  });

  test('keeps keys of other users out, takes each id once, and ends with a page that brings nothing new', async () => {
    const key = (id: number, user_id: number) => ({
      id,
      user_id,
      name: `n${id}`,
      key: 'Labk**********0001',
      status: 1,
      expired_time: -1,
      remain_quota: 0,
      unlimited_quota: true,
    });
    let pages = 0;
    const endless: Http = {
      async send({ url }) {
        const path = new URL(url).pathname;
        if (path === '/api/token/') pages++;
        const data =
          path === '/api/status'
            ? {}
            : path === '/api/user/self'
              ? { id: 2, quota: 1 }
              : { items: [key(1, 2), key(2, 7), key(1, 2), key(3, 2)], total: 9999 };
        return {
          ok: true,
          value: { status: 200, text: JSON.stringify({ success: true, data }), header: () => null },
        };
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
    expect(await relay.readAccount(impatient, credentials)).toMatchObject({
      failure: { code: 'relay-timeout' },
    });
    fake.resetFaults();
    for (const [status, code] of [
      [500, 'relay-error'],
      [502, 'relay-error'],
      [403, 'relay-forbidden'],
      [429, 'relay-rate-limited'],
    ] as const) {
      fake.faults.status = { '/api/token': status };
      expect(await relay.readAccount(fetchHttp, credentials)).toMatchObject({ failure: { code } });
    }
    const redirecting: Http = {
      send: async () => ({ ok: false, failure: { code: 'redirected', host: 'x' } }),
    };
    expect(await relay.readAccount(redirecting, credentials)).toMatchObject({
      failure: { code: 'relay-redirected' },
    });
    const tooLarge: Http = { send: async () => ({ ok: false, failure: { code: 'too-large', host: 'x' } }) };
    expect(await relay.readAccount(tooLarge, credentials)).toMatchObject({
      failure: { code: 'relay-too-large' },
    });
    const cutShort: Http = { send: async () => ({ ok: false, failure: { code: 'cut-short', host: 'x' } }) };
    expect(await relay.readAccount(cutShort, credentials)).toMatchObject({
      failure: { code: 'relay-cut-short' },
    });
    await fake.stop();
    expect(await relay.readAccount(fetchHttp, credentials)).toMatchObject({
      failure: { code: 'relay-unreachable' },
    });
    expect(await relay.readAccount(fetchHttp, credentials, AbortSignal.abort())).toMatchObject({
      failure: { code: 'cancelled' },
    });
  });

  test('never says the access token in a failure', async () => {
    const echo: Http = {
      send: async () => ({
        ok: true,
        value: {
          status: 403,
          text: JSON.stringify({ message: `token ${DEFAULT_ACCESS_TOKEN} has no rights` }),
          header: () => null,
        },
      }),
    };
    const { credentials } = await site();
    const answer = await REVEALS[family](echo, credentials, [1]);
    expect(answer).toMatchObject({ failure: { code: 'relay-forbidden' } });
    expect(JSON.stringify(answer)).not.toContain(DEFAULT_ACCESS_TOKEN);
  });
});
