import { expect, onTestFinished, test } from 'vitest';
import { editAccount, type AccountEdit } from '../../../src/workflows/accounts/edit-account';
import { labelKey } from '../../../src/workflows/accounts/edit-keys';
import { keepReading, readLogin, refreshAccount } from '../../../src/workflows/accounts/keep-accounts';
import { readView } from '../../../src/workflows/view/read-view';
import { DEFAULT_ACCESS_TOKEN, fakeKey, startNewApi } from '../../fakes/new-api.ts';
import { accountAt, importNow, must, scene } from '../scene';

const NEW_TOKEN = 'n'.repeat(32);

async function withAccount() {
  const made = await scene({ relay: { systemName: 'Lab relay' } });
  const accountId = must(await accountAt(made));
  await importNow(made.ports, `${accountId}/2`);
  must(await labelKey(made.ports, `${accountId}/1`, { name: 'mine', note: 'of my own' }));
  const edit = (more: Partial<AccountEdit> = {}) =>
    editAccount(made.ports, {
      accountId,
      name: 'Lab relay',
      siteUrl: made.relay.origin,
      accessToken: '',
      userId: '2',
      ...more,
    });
  const saved = async () => must(await made.ports.saved.read());
  return { ...made, accountId, edit, saved };
}

test('an account is renamed on its cards, without asking the relay; an empty name is that of the site', async () => {
  const { edit, saved, relay, ports } = await withAccount();
  relay.requests.length = 0;
  must(await edit({ name: ' Night shift ' }));
  expect(relay.requests).toEqual([]);
  const view = must(await readView(ports));
  expect(view.accounts).toMatchObject([{ name: 'Night shift' }]);
  expect(view.keys.slice(1)).toMatchObject([{ relayName: 'Night shift' }, { relayName: 'Night shift' }]);
  must(await edit({ name: '' }));
  expect((await saved()).accounts).toMatchObject([{ name: 'Lab relay' }]);
});

test('a new token and an address in another form cost nothing that was there', async () => {
  const { edit, saved, relay } = await withAccount();
  const { cards, labels } = await saved();
  relay.users[0]!.accessToken = NEW_TOKEN;
  must(await edit({ accessToken: ` Bearer ${NEW_TOKEN}`, siteUrl: `${relay.origin}/console/token` }));
  const now = await saved();
  expect(now.accounts).toMatchObject([
    { accessToken: NEW_TOKEN, siteUrl: relay.origin, userId: '2', failure: null, keys: [{}, {}] },
  ]);
  expect({ cards: now.cards, labels: now.labels }).toEqual({ cards, labels });
});

test.each<[string, Partial<AccountEdit>, string]>([
  ['a token that does not work', { accessToken: 'x'.repeat(32) }, 'token-refused'],
  ['another user id', { userId: '9' }, 'user-id-refused'],
  [
    'the token of another user, without an id',
    { accessToken: 'bob'.repeat(10), userId: '' },
    'user-id-refused',
  ],
  [
    'an address where nothing answers',
    { siteUrl: 'http://127.0.0.1:9', accessToken: NEW_TOKEN },
    'relay-unreachable',
  ],
  ['another address, without its token', { siteUrl: 'http://127.0.0.1:9' }, 'key-for-new-host'],
  ['a key as address', { siteUrl: 'sk-0123456789abcdef0123456789abcdef' }, 'address-is-key'],
  ['no address', { siteUrl: 'not an address' }, 'bad-url'],
  ['no user id', { userId: 'alice' }, 'bad-user-id'],
])('%s changes nothing, not even the name', async (_name, more, code) => {
  const { edit, saved, relay } = await withAccount();
  relay.users.push({ ...relay.users[0]!, id: 3, accessToken: 'bob'.repeat(10) });
  const before = await saved();
  expect(await edit({ name: 'Other', ...more })).toMatchObject({ failure: { code } });
  expect(await saved()).toEqual(before);
});

test('one account never becomes the user of another', async () => {
  const made = await withAccount();
  made.relay.users.push({ ...made.relay.users[0]!, id: 3, accessToken: 'bob'.repeat(10) });
  must(await accountAt(made, { name: 'Bob', userId: '3', accessToken: 'bob'.repeat(10) }));
  const before = await made.saved();
  for (const more of [{ userId: '3' }, { accessToken: 'bob'.repeat(10), userId: '' }])
    expect(await made.edit(more)).toMatchObject({ failure: { code: 'duplicate', name: 'Bob' } });
  expect(await made.saved()).toEqual(before);
  expect(before.accounts[0]).toMatchObject({ accessToken: DEFAULT_ACCESS_TOKEN });
});

test('at another relay a key of the same number is another key, without text, name or card', async () => {
  const { edit, saved, ports, accountId } = await withAccount();
  const texts = async () => must(await ports.session.read()).revealed;
  expect(Object.keys(await texts())).toEqual([`${accountId}/2`]);
  const other = await startNewApi({
    keys: [1, 2].map((id) => ({ id, name: `of the other ${id}`, key: fakeKey('other', id + 6) })),
  });
  onTestFinished(() => other.stop());
  must(await edit({ siteUrl: other.origin, accessToken: DEFAULT_ACCESS_TOKEN }));
  const now = await saved();
  expect(now.accounts).toMatchObject([{ siteUrl: other.origin, keys: [{}, {}] }]);
  expect([now.cards, now.labels, await texts()]).toEqual([{}, {}, {}]);
});

test('what was read with a token of before leaves an edited account as it is', async () => {
  const { edit, saved, ports, relay, accountId } = await withAccount();
  const before = (await saved()).accounts[0]!;
  const reading = must(await readLogin(ports, before));
  relay.users[0]!.accessToken = NEW_TOKEN;
  must(await edit({ accessToken: NEW_TOKEN }));
  const [edited, session] = [await saved(), must(await ports.session.read())];
  const keys = reading.keys.map((key) => ({ ...key, name: 'of before', text: 'sk-of-before-0123456789' }));
  must(await keepReading(ports, accountId, { ok: true, value: { ...reading, keys } }, {}, before));
  expect([await saved(), must(await ports.session.read())]).toEqual([edited, session]);
});

test('what was used is shown where the relay tells it', async () => {
  const { ports, relay, accountId } = await withAccount();
  relay.users[0]!.usedQuota = 800_000;
  must(await refreshAccount(ports, accountId));
  expect(must(await readView(ports)).accounts).toMatchObject([{ used: { value: 1.6, symbol: '$' } }]);
});
