import { describe, expect, test } from 'vitest';
import { emptyPassing } from '../../src/storage/empty';
import { addAccount, refreshAccount, refreshAccounts, removeAccount } from '../../src/workflows/keep-accounts';
import { findKey } from '../../src/workflows/find-key';
import { clearIntent, forgetNotices, setIntent } from '../../src/workflows/keep-intent';
import { addKey, removeKey } from '../../src/workflows/keep-keys';
import { readHistory, readView } from '../../src/workflows/read-view';
import { revealKey } from '../../src/workflows/reveal-key';
import { saveSettings } from '../../src/workflows/save-settings';
import { DEFAULT_ACCESS_TOKEN, fakeKey, type NewApiOptions } from '../fakes/new-api.ts';
import { deny, importNow, must, nextLife, RELAY_KEY, scene, SECOND_KEY, served, type Scene } from './scene';

const account = (made: Scene, more: Partial<Parameters<typeof addAccount>[1]> = {}) =>
  addAccount(made.world, { name: '', siteUrl: made.relay.origin, accessToken: DEFAULT_ACCESS_TOKEN, userId: '2', ...more });

const accountsOf = async (made: Scene) => must(await made.world.kept.read()).accounts;
const viewOf = async (made: Scene) => must(await readView(made.world));

async function reveal(made: Scene, keyId: string, world = made.world) {
  return revealKey(world, must(await findKey(world, keyId)));
}

describe('a key entered by hand', () => {
  test('is kept once per relay, however its address and it are spelled', async () => {
    const made = await scene();
    const again = (baseUrl: string, key: string) => addKey(made.world, { relayName: '', baseUrl, key });
    expect(await again(`${made.relay.origin}/v1/`, `Bearer ${RELAY_KEY}`)).toMatchObject({ failure: { code: 'duplicate', name: 'My relay' } });
    expect(await again(made.relay.origin, RELAY_KEY.slice(3))).toMatchObject({ failure: { code: 'duplicate' } });
    expect(await again('https://other.example', RELAY_KEY)).toMatchObject({ ok: true });
    expect(await again(made.relay.origin, SECOND_KEY)).toMatchObject({ ok: true });
    expect(await again('two words', SECOND_KEY)).toMatchObject({ failure: { code: 'bad-url' } });
    expect(await again(made.relay.origin, 'Labt**********0002')).toMatchObject({ failure: { code: 'bad-key', reason: 'masked' } });
  });

  test('is shown masked, newest first, named after its host when it has no name', async () => {
    const made = await scene();
    must(await addKey(made.world, { relayName: ' ', baseUrl: 'relay.example/v1', key: 'sk-another-key-000000001' }));
    expect((await viewOf(made)).keys).toMatchObject([
      { name: 'relay.example', host: 'relay.example', mask: 'sk-anot…0001', masked: false, accountId: null, status: 'enabled' },
      { name: 'My relay', mask: 'sk-Labo…0001' },
    ]);
    expect(must(await made.world.kept.read()).keys[0]).toMatchObject({ baseUrl: 'https://relay.example/v1' });
  });

  test('that is removed is forgotten here; what was imported stays in the proxy', async () => {
    const made = await scene();
    await importNow(made.world, made.keyId);
    must(await removeKey(made.world, made.keyId));
    expect((await viewOf(made)).keys).toEqual([]);
    expect(must(await made.world.kept.read()).cards).toEqual({});
    expect(made.device.local.get('keyferry')).not.toContain(RELAY_KEY);
    expect(made.proxy.lists['openai-compatibility']).toHaveLength(3);
    expect(must(await readHistory(made.world))).toMatchObject([{ keyName: 'My relay', phase: 'done' }]);
  });
});

describe('an account', () => {
  test('is read with its balance and its keys, and named by its site', async () => {
    const made = await scene({ relay: { systemName: 'Lab relay', keys: [{ id: 7, name: 'limited', key: fakeKey('x', 7), remainQuota: 250_000 }] } });
    const id = must(await account(made));
    const view = await viewOf(made);
    expect(view.accounts).toMatchObject([{ id, name: 'Lab relay', balance: { value: 10, symbol: '$' }, keys: 1, failure: null, granted: true }]);
    expect(view.keys).toMatchObject([
      { name: 'My relay' },
      {
        id: `${id}/7`,
        name: 'limited',
        relayName: 'Lab relay',
        mask: 'sk-Labx…0007',
        masked: true,
        amount: { kind: 'left', left: { value: 0.5, symbol: '$' } },
      },
    ]);
  });

  test('is kept once, with its site address without the pages that are copied along', async () => {
    const made = await scene();
    for (const path of ['/console/token', '/v1', '/']) {
      const added = await account(made, { siteUrl: ` ${made.relay.origin}${path} `, accessToken: ` Bearer ${DEFAULT_ACCESS_TOKEN} ` });
      if (path === '/console/token') expect(added).toMatchObject({ ok: true });
      else expect(added).toMatchObject({ failure: { code: 'duplicate' } });
    }
    expect(await accountsOf(made)).toMatchObject([{ siteUrl: made.relay.origin, accessToken: DEFAULT_ACCESS_TOKEN, failure: null }]);
  });

  test.each([
    [{ siteUrl: 'no url at all' }, 'bad-url'],
    [{ accessToken: '  ' }, 'bad-key'],
    [{ accessToken: 'two words' }, 'bad-key'],
    [{ accessToken: '令牌' }, 'bad-key'],
    [{ userId: 'alice' }, 'bad-user-id'],
  ])('with %o is refused before anything is sent: %s', async (more, code) => {
    const made = await scene();
    expect(await account(made, more)).toMatchObject({ ok: false, failure: { code } });
    expect(made.relay.requests).toEqual([]);
    expect(await accountsOf(made)).toEqual([]);
  });

  test.each<[string, (made: Scene) => unknown, Partial<Parameters<typeof addAccount>[1]>, string]>([
    ['a wrong token', () => null, { accessToken: 'x'.repeat(32) }, 'token-refused'],
    ['the user id of somebody else', () => null, { userId: '99' }, 'user-id-refused'],
    ['a page', (made) => (made.relay.faults.html = true), {}, 'not-new-api'],
    ['a site without the API', (made) => (made.relay.faults.status = { '/api/status': 404 }), {}, 'not-new-api'],
    ['an overloaded site', (made) => (made.relay.faults.status = { '/api/token': 429 }), {}, 'relay-rate-limited'],
    ['a site that fails', (made) => (made.relay.faults.status = { '/api/user/self': 502 }), {}, 'relay-error'],
    ['a site that is gone', (made) => made.relay.stop(), {}, 'relay-unreachable'],
    ['no permission', (made) => deny(made.device, made.relay.origin), {}, 'relay-permission'],
  ])('that cannot be read is kept with its reason: %s', async (_name, breakIt, more, code) => {
    const made = await scene();
    await breakIt(made);
    expect(await account(made, more)).toMatchObject({ ok: true });
    expect((await viewOf(made)).accounts).toMatchObject([{ failure: { code }, keys: 0 }]);
  });

  test('keeps what was known when a later reading fails, and forgets the failure when one succeeds', async () => {
    const made = await scene();
    const id = must(await account(made));
    made.relay.faults.status = { '/api/user/self': 500 };
    expect(await refreshAccount(made.world, id)).toMatchObject({ failure: { code: 'relay-error' } });
    expect((await viewOf(made)).accounts).toMatchObject([{ keys: 2, failure: { code: 'relay-error' } }]);
    made.relay.resetFaults();
    made.relay.keys.length = 1;
    await refreshAccounts(made.world);
    expect((await viewOf(made)).accounts).toMatchObject([{ keys: 1, failure: null }]);
    expect(await refreshAccount(made.world, 'nothing')).toMatchObject({ failure: { code: 'unknown-item' } });
  });

  test('that is removed takes its keys, its cards and what was revealed along', async () => {
    const made = await scene();
    const id = must(await account(made));
    await importNow(made.world, `${id}/2`);
    must(await removeAccount(made.world, id));
    expect((await viewOf(made)).keys).toHaveLength(1);
    expect([...made.device.session.values()].join()).not.toContain(`"${id}/2":"sk-`);
    expect(made.device.local.get('keyferry')).not.toContain(DEFAULT_ACCESS_TOKEN);
  });
});

describe('a masked key', () => {
  const keys: NewApiOptions['keys'] = [{ id: 2, name: 'two', key: fakeKey('two', 2) }];

  test('is revealed when it is needed, once until the browser closes', async () => {
    const made = await scene({ relay: { keys } });
    const id = must(await account(made));
    const reveals = (): number => made.relay.requests.filter(({ path }) => path.endsWith('/key')).length;
    expect(reveals()).toBe(0);
    expect(await reveal(made, `${id}/2`)).toEqual({ ok: true, value: SECOND_KEY });
    expect(await reveal(made, `${id}/2`)).toEqual({ ok: true, value: SECOND_KEY });
    expect(await reveal(made, `${id}/2`, nextLife(made))).toEqual({ ok: true, value: SECOND_KEY });
    expect(reveals()).toBe(1);
    made.device.session.clear();
    await reveal(made, `${id}/2`, nextLife(made));
    expect(reveals()).toBe(2);
  });

  test('is imported as the key that it is, never as its mask', async () => {
    const made = await scene({ relay: { keys } });
    const id = must(await account(made));
    expect(await importNow(made.world, `${id}/2`)).toEqual(served(3));
    expect(JSON.stringify(made.proxy.lists)).not.toContain('**');
    expect(made.proxy.lists['openai-compatibility'].at(-1)).toMatchObject({ 'api-key-entries': [{ 'api-key': SECOND_KEY }] });
  });

  test('that the site does not give is not used', async () => {
    const made = await scene({ relay: { keys } });
    const id = must(await account(made));
    made.relay.keys.length = 0;
    expect(await reveal(made, `${id}/2`)).toMatchObject({ failure: { code: 'relay-refusal' } });
    const masked = {
      ...made.world,
      http: {
        send: async () => ({
          ok: true as const,
          value: { status: 200, text: '{"success":true,"data":{"key":"Labt**********0002"}}', header: () => null },
        }),
      },
    };
    expect(await reveal(made, `${id}/2`, masked)).toMatchObject({ failure: { code: 'key-unrevealed' } });
    deny(made.device, made.relay.origin);
    expect(await reveal(made, `${id}/2`)).toMatchObject({ failure: { code: 'relay-permission' } });
  });
});

test('intents and notices are kept for the session, and let go when they are done with', async () => {
  const made = await scene();
  must(await setIntent(made.world, { kind: 'import', id: made.keyId, pattern: '*://relay.example/*' }));
  expect(await viewOf(made)).toMatchObject({ intent: { kind: 'import', id: made.keyId }, intentGranted: true });
  made.device.denied.add('*://relay.example/*');
  expect(await viewOf(made)).toMatchObject({ intentGranted: false });
  must(await clearIntent(made.world));
  expect(await viewOf(made)).toMatchObject({ intent: null, intentGranted: false });
  await importNow(made.world, made.keyId);
  const { notices } = await viewOf(made);
  expect(notices).toHaveLength(1);
  must(await forgetNotices(made.world, [notices[0]!.id]));
  expect((await viewOf(made)).notices).toEqual([]);
  expect(must(await made.world.passing.read())).toMatchObject({ running: emptyPassing().running });
});

test('settings are kept on the device', async () => {
  const made = await scene();
  const settings = { language: 'zh-CN' as const, theme: 'dark' as const, skipWhenOnlyAdds: true, rules: ['lower-case' as const] };
  must(await saveSettings(made.world, settings));
  expect(must(await readView(nextLife(made))).settings).toEqual(settings);
});

test('the alias rules that were on last are applied when an import opens', async () => {
  const made = await scene({ relay: { models: ['Lab/GPT-4o'], keys: [{ name: 'one', key: RELAY_KEY.slice(3) }] } });
  must(await saveSettings(made.world, { language: 'en', theme: 'light', skipWhenOnlyAdds: false, rules: ['strip-vendor', 'lower-case'] }));
  await importNow(made.world, made.keyId);
  expect(made.proxy.lists['openai-compatibility'].at(-1)).toMatchObject({ models: [{ name: 'Lab/GPT-4o', alias: 'gpt-4o' }] });
});

test('a device that cannot be read answers with that, never with an empty picture', async () => {
  const made = await scene();
  made.device.local.set('keyferry', '{"version":1,"data":{"settings":{}}}');
  const world = nextLife(made);
  expect(await readView(world)).toMatchObject({ failure: { code: 'storage-unreadable' } });
  expect(await addKey(world, { relayName: '', baseUrl: 'https://x.example', key: 'sk-0123456789' })).toMatchObject({ failure: { code: 'storage-unreadable' } });
  expect(made.device.local.get('keyferry')).toBe('{"version":1,"data":{"settings":{}}}');
  made.device.local.set('journal', '{"version":9,"data":{}}');
  expect(await readHistory(nextLife(made))).toMatchObject({ failure: { code: 'storage-future', version: 9 } });
});
