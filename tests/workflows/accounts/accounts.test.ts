import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../src/core/failures/failure';
import {
  refreshAccount,
  refreshAccounts,
  removeAccount,
  type AccountInput,
} from '../../../src/workflows/accounts/keep-accounts';
import { labelKey } from '../../../src/workflows/accounts/edit-keys';
import { readView } from '../../../src/workflows/view/read-view';
import { DEFAULT_ACCESS_TOKEN, fakeKey } from '../../fakes/new-api.ts';
import { accountAt as account, deny, importNow, must, scene, type Scene } from '../scene';

const accountsOf = async (made: Scene) => must(await made.ports.saved.read()).accounts;
const viewOf = async (made: Scene) => must(await readView(made.ports));

describe('an account', () => {
  test('is read with its balance and its keys, and named by its site', async () => {
    const made = await scene({
      relay: {
        systemName: 'Lab relay',
        keys: [{ id: 7, name: 'limited', key: fakeKey('x', 7), remainQuota: 250_000 }],
      },
    });
    const id = must(await account(made));
    const view = await viewOf(made);
    expect(view.accounts).toMatchObject([
      { id, name: 'Lab relay', balance: { value: 10, symbol: '$' }, keys: 1, failure: null, granted: true },
    ]);
    expect(view.keys).toMatchObject([
      { name: 'My relay' },
      {
        id: `${id}/7`,
        name: 'limited',
        relayName: 'Lab relay',
        mask: 'sk-Labx…0007',
        amount: { kind: 'left', left: { value: 0.5, symbol: '$' } },
      },
    ]);
  });

  test('is kept once, with its site address without the pages that are copied along', async () => {
    const made = await scene();
    for (const path of ['/console/token', '/v1', '/']) {
      const added = await account(made, {
        siteUrl: ` ${made.relay.origin}${path} `,
        accessToken: ` Bearer ${DEFAULT_ACCESS_TOKEN} `,
      });
      const first = path === '/console/token';
      expect(added).toMatchObject(first ? { ok: true } : { failure: { code: 'duplicate' } });
    }
    expect(await accountsOf(made)).toMatchObject([
      { siteUrl: made.relay.origin, accessToken: DEFAULT_ACCESS_TOKEN, failure: null },
    ]);
  });

  test('whose user nobody named is known by its token', async () => {
    const made = await scene();
    must(await account(made, { userId: '' }));
    expect(await account(made, { userId: '' })).toMatchObject({ failure: { code: 'duplicate' } });
    expect(await account(made, { userId: '2' })).toMatchObject({ failure: { code: 'duplicate' } });
    expect(await account(made, { userId: '', accessToken: 'y'.repeat(32) })).toMatchObject({ ok: true });
    expect(await accountsOf(made)).toHaveLength(2);
  });

  describe.each([
    ['with its id', '2', true],
    ['with its id, and its token ended', '2', false],
    ['without an id', '', true],
    ['without an id, and its token ended', '', false],
    ['with another form of its id', '02', false],
  ])('of a user who is added again %s', (_name, userId, works) => {
    /** Kept before KeyFerry asked relays for the id: only its keys tell whose it is. */
    test.each(['2', ''])('is the same one, with all that was there (its id was %o)', async (kept) => {
      const made = await scene();
      const id = must(await account(made, { name: 'Mine' }));
      must(
        await made.ports.saved.change(
          ({ accounts: [first] }) => void Object.assign(first!, { userId: kept }),
        ),
      );
      await importNow(made.ports, `${id}/2`);
      must(await labelKey(made.ports, `${id}/1`, { name: 'mine', note: 'of my own' }));
      const rest = async () => {
        const { labels, cards } = must(await made.ports.saved.read());
        return { labels, cards };
      };
      const before = await rest();
      const accessToken = works ? DEFAULT_ACCESS_TOKEN : 'y'.repeat(32);
      made.relay.users[0]!.accessToken = accessToken;
      const again = { name: 'Other', accessToken, userId };
      expect(must(await account(made, { ...again, renew: true }))).toBe(id);
      expect(await account(made, again)).toMatchObject({ failure: { code: 'duplicate', name: 'Mine' } });
      expect(await accountsOf(made)).toMatchObject([
        {
          id,
          name: 'Mine',
          userId: '2',
          accessToken,
          keys: [{ remoteId: 2 }, { remoteId: 1 }],
          failure: null,
        },
      ]);
      expect(await rest()).toEqual(before);
    });
  });

  test('that a page of the relay gives for a while never takes the place of a lasting one that works', async () => {
    const made = await scene();
    const id = must(await account(made));
    const [user] = made.relay.users;
    const other = { accessToken: 'z'.repeat(32), renew: true, shortLived: true };
    expect(must(await account(made, other))).toBe(id);
    expect(await accountsOf(made)).toMatchObject([{ accessToken: DEFAULT_ACCESS_TOKEN, failure: null }]);
    user!.accessToken = other.accessToken;
    expect(must(await account(made, other))).toBe(id);
    expect(await accountsOf(made)).toMatchObject([{ accessToken: other.accessToken, shortLived: true }]);
  });

  test('that the browser lets be read later is the known one all the same', async () => {
    const made = await scene();
    const id = must(await account(made));
    const pattern = deny(made.device, made.relay.origin);
    const unread = must(await account(made, { userId: '', accessToken: 'y'.repeat(32) }));
    made.relay.users[0]!.accessToken = 'y'.repeat(32);
    made.device.denied.clear();
    must(await refreshAccount(made.ports, unread));
    expect(pattern).toBeDefined();
    expect(await accountsOf(made)).toMatchObject([{ id, accessToken: 'y'.repeat(32), keys: [{}, {}] }]);
  });

  test.each([
    [{ siteUrl: 'no url at all' }, 'bad-url'],
    [{ siteUrl: `sk-${fakeKey('one', 1)}` }, 'address-is-key'],
    [{ accessToken: '  ' }, 'bad-token'],
    [{ accessToken: 'two words' }, 'bad-token'],
    [{ accessToken: '令牌' }, 'bad-token'],
    [{ userId: 'alice' }, 'bad-user-id'],
  ])('with %o is refused before anything is sent: %s', async (more, code) => {
    const made = await scene();
    expect(await account(made, more)).toMatchObject({ ok: false, failure: { code } });
    expect(made.relay.requests).toEqual([]);
    expect(await accountsOf(made)).toEqual([]);
  });

  test.each<[string, (made: Scene) => unknown, Partial<AccountInput>, string]>([
    ['a wrong token', () => null, { accessToken: 'x'.repeat(32) }, 'token-refused'],
    ['the user id of somebody else', () => null, { userId: '99' }, 'user-id-refused'],
    ['a page', (made) => (made.relay.faults.html = true), {}, 'not-new-api'],
    [
      'a site without the API',
      (made) => (made.relay.faults.status = { '/api/status': 404 }),
      {},
      'not-new-api',
    ],
    ['an overloaded site', (made) => (made.relay.faults.status = { '/api/token': 429 }), {}, 'relay-wait'],
    [
      'a site that fails',
      (made) => (made.relay.faults.status = { '/api/user/self': 502 }),
      {},
      'relay-error',
    ],
    ['a site that is gone', (made) => made.relay.stop(), {}, 'relay-unreachable'],
    ['no permission', (made) => deny(made.device, made.relay.origin), {}, 'relay-permission'],
  ])('that cannot be read is kept with its reason: %s', async (_name, breakIt, more, code) => {
    const made = await scene();
    await breakIt(made);
    expect(await account(made, more)).toMatchObject({ ok: true });
    expect((await viewOf(made)).accounts).toMatchObject([{ failure: { code }, keys: 0 }]);
  });

  test('whose site asks to wait says so of the first answer and of those that are not asked for', async () => {
    const made = await scene();
    made.relay.faults.status = { '/api/token': 429 };
    must(await account(made));
    const [first] = await accountsOf(made);
    expect(made.relay.requests.length).toBeGreaterThan(0);
    const asked = made.relay.requests.length;
    expect(await refreshAccount(made.ports, first!.id)).toEqual({ ok: false, failure: first!.failure });
    expect(made.relay.requests).toHaveLength(asked);
    // One sentence for both: that nothing was sent would be untrue of the first.
    for (const file of ['en', 'zh-CN']) {
      const texts = JSON.parse(readFileSync(`locales/${file}.json`, 'utf8')) as {
        failure: Record<string, { what: string; next: string }>;
      };
      const { what, next } = texts.failure[first!.failure!.code]!;
      expect(`${what} ${next}`).not.toMatch(/nothing was sent|未发送|signing in|登录/i);
    }
  });

  test('keeps what was known when a later reading fails, and forgets the failure when one succeeds', async () => {
    const made = await scene();
    const id = must(await account(made));
    made.relay.faults.status = { '/api/user/self': 500 };
    expect(await refreshAccount(made.ports, id)).toMatchObject({ failure: { code: 'relay-error' } });
    expect((await viewOf(made)).accounts).toMatchObject([{ keys: 2, failure: { code: 'relay-error' } }]);
    made.relay.resetFaults();
    made.relay.keys.length = 1;
    await refreshAccounts(made.ports);
    expect((await viewOf(made)).accounts).toMatchObject([{ keys: 1, failure: null }]);
    expect(await refreshAccount(made.ports, 'nothing')).toMatchObject({ failure: { code: 'unknown-item' } });
  });

  test.each(['renewed', 'read', 'dropped unless it was ever read'])(
    'that was there loses nothing because a reading failed, at whichever request: it was %s',
    async (how) => {
      const made = await scene();
      const id = must(await account(made));
      await importNow(made.ports, `${id}/2`);
      must(await labelKey(made.ports, `${id}/1`, { name: 'mine', note: 'of my own' }));
      const held = async () => {
        const { accounts, labels, cards } = must(await made.ports.saved.read());
        return { keys: accounts.map(({ keys, name, balance }) => ({ keys, name, balance })), labels, cards };
      };
      const before = await held();
      const [user] = made.relay.users;
      for (let broken = 1; broken <= 9; broken += 1) {
        const accessToken = String(broken).repeat(32);
        if (user && how === 'renewed') user.accessToken = accessToken;
        let asked = 0;
        made.relay.faults.onRequest = () => {
          asked += 1;
          made.relay.faults.status = asked === broken ? { '/': 502 } : {};
        };
        if (how === 'renewed') {
          const renewed = await account(made, { accessToken, renew: true });
          const { accessToken: kept, failure } = (await accountsOf(made))[0] ?? {};
          expect(renewed.ok).toBe(kept === accessToken && failure === null);
        } else await refreshAccount(made.ports, id);
        if (how !== 'read') must(await removeAccount(made.ports, id, true));
        expect(await held()).toEqual(before);
      }
    },
  );

  test('that was never read goes when its adding failed', async () => {
    const made = await scene();
    const id = must(await account(made, { accessToken: 'x'.repeat(32) }));
    must(await removeAccount(made.ports, id, true));
    expect(await accountsOf(made)).toEqual([]);
  });

  test('that is removed takes its keys, its cards and what was revealed along', async () => {
    const made = await scene();
    const id = must(await account(made));
    await importNow(made.ports, `${id}/2`);
    must(await removeAccount(made.ports, id));
    expect((await viewOf(made)).keys).toHaveLength(1);
    expect([...made.device.session.values()].join()).not.toContain(`"${id}/2":"sk-`);
    expect(made.device.local.get('keyferry')).not.toContain(DEFAULT_ACCESS_TOKEN);
  });
});

describe('a list that is shown at once', () => {
  test('is read again behind it only when it is old and its login was not refused', async () => {
    const made = await scene();
    must(await account(made));
    const asked = (): number => made.relay.requests.length;
    const before = asked();
    await refreshAccounts(made.ports, true);
    expect(asked()).toBe(before);
    const later = { ...made.ports, clock: { ...made.clock, now: () => made.clock.now() + 6 * 60_000 } };
    made.relay.faults.status = { '/api/user/self': 401 };
    await refreshAccounts(later, true);
    expect(asked()).toBeGreaterThan(before);
    const refused = asked();
    const muchLater = { ...made.ports, clock: { ...made.clock, now: () => made.clock.now() + 60 * 60_000 } };
    await refreshAccounts(muchLater, true);
    expect(asked()).toBe(refused);
    await refreshAccounts(muchLater);
    expect(asked()).toBeGreaterThan(refused);
  });

  test.each<Failure>([
    { code: 'token-refused', host: 'h' },
    { code: 'user-id-refused', host: 'h' },
    { code: 'user-id-needed', host: 'h' },
    { code: 'relay-refusal', host: 'h', text: 'This user is banned' },
    { code: 'relay-forbidden', host: 'h', text: '' },
  ])('is not read again behind it for a user whom the site turned away: $code', async (failure) => {
    const made = await scene();
    must(await account(made));
    must(
      await made.ports.saved.change(({ accounts: [kept] }) => {
        Object.assign(kept ?? {}, { failure, refreshedAt: 0 });
      }),
    );
    made.relay.requests.length = 0;
    await refreshAccounts(made.ports, true);
    expect(made.relay.requests).toEqual([]);
  });
});

test('names with emoji, right-to-left text and hidden signs are listed as they are', async () => {
  const names = ['🚢 boat', 'مفتاح', 'a\u202eb', 'x'.repeat(200)];
  const made = await scene({
    relay: { keys: names.map((name, index) => ({ id: index + 1, name, key: fakeKey('n', index) })) },
  });
  must(await account(made));
  expect((await viewOf(made)).keys.map(({ name }) => name).slice(1)).toEqual(names.toReversed());
});
