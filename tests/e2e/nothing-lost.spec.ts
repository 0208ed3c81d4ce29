import { cardOf, importButton, importPlan, openPlan, sheetOf } from './support/interface.ts';
import { providersOf, writesAt } from './support/servers.ts';
import { waitForCard } from './support/wait-for-card.ts';
import { CHAT_MODELS, expect, test, type World } from './support/world.ts';

/** With fields that KeyFerry has no name for, at every level. */
const FOREIGN = {
  name: 'somebody else',
  priority: 7,
  prefix: 'other',
  'base-url': 'https://elsewhere.example/api/v3',
  'api-key-entries': [
    { 'api-key': 'sk-foreign-0001', weight: 4, 'proxy-url': 'socks5://127.0.0.1:1080' },
    { 'api-key': 'sk-foreign-0002' },
  ],
  models: [
    {
      name: 'a/Big-Model',
      alias: 'big',
      'max-context-length': 262144,
      thinking: { levels: ['low', 'high'] },
    },
    { name: 'picture', alias: '', image: true, 'input-modalities': ['text'] },
  ],
  headers: { 'X-Team': 'blue', 'User-Agent': 'mine/1.0' },
  'support-prompt-cache-key': true,
  'request-retry': 2,
  'request-scoped-errors': [{ status: 418, match: ['teapot'], action: 'retry' }],
};

async function importKey(world: World, keyName: string, keyId: string): Promise<void> {
  const popup = await world.popup();
  await openPlan(popup, keyName);
  const clicked = Date.now();
  await importButton(popup).click();
  await waitForCard(world.browser.desk, keyId, clicked);
  await world.proxy.settled();
}

test.use({ worldOptions: { proxy: { providers: [FOREIGN] } } });

test('a foreign provider comes through an import byte for byte', async ({ world }) => {
  const { proxy } = world;
  const before = JSON.stringify(providersOf(proxy)[0]);
  const savedBefore = JSON.stringify(proxy.savedLists['openai-compatibility'][0]);
  await world.connect();
  await importKey(world, 'Relay', await world.addKey());
  expect(providersOf(proxy)).toHaveLength(2);
  expect(JSON.stringify(providersOf(proxy)[0])).toBe(before);
  expect(JSON.stringify(proxy.savedLists['openai-compatibility'][0])).toBe(savedBefore);
});

test('importing again changes nothing, and says so', async ({ world }) => {
  const { proxy } = world;
  await world.connect();
  const keyId = await world.addKey();
  await importKey(world, 'Relay', keyId);
  const before = JSON.stringify(proxy.lists);
  proxy.requests.length = 0;

  const popup = await world.popup();
  const sheet = await openPlan(popup, 'Relay');
  await expect(sheet).toContainText('Nothing to do: everything is already there.');
  await importPlan(popup);
  await expect(cardOf(popup, 'Relay')).toContainText('4 of 4 models served');
  expect(writesAt(proxy)).toEqual([]);
  expect(JSON.stringify(proxy.lists)).toBe(before);

  // What there is to take back is the first import.
  await cardOf(popup, 'Relay').getByRole('button', { name: 'Undo' }).click();
  await expect(cardOf(popup, 'Relay')).toContainText('Not in CLIProxyAPI');
  expect(providersOf(proxy)).toHaveLength(1);
});

test('a second key of the relay joins the provider, and the first keeps its weight and proxy', async ({
  world,
}) => {
  const { proxy, relay } = world;
  const first = { 'api-key': `sk-${relay.keys[0]?.key}`, weight: 9, 'proxy-url': 'http://127.0.0.1:3128' };
  const mine = {
    name: 'My own name for it',
    priority: 3,
    'base-url': `${relay.origin}/v1`,
    'api-key-entries': [first],
    models: CHAT_MODELS.map((name) => ({ name, alias: name === 'gpt-4o' ? 'four-o' : name })),
    headers: { 'X-Mine': 'yes' },
  };
  await proxy.setLists('openai-compatibility', [FOREIGN, mine]);
  const [foreignBefore, mineBefore] = structuredClone(providersOf(proxy));
  await world.connect();
  const keyId = await world.addKey(2);

  await importKey(world, 'Relay', keyId);

  const [foreign, joined] = providersOf(proxy);
  expect(foreign).toEqual(foreignBefore);
  const entries = [
    ...(mineBefore!['api-key-entries'] as object[]),
    { 'api-key': `sk-${relay.keys[1]?.key}` },
  ];
  expect(joined).toEqual({ ...mineBefore, 'api-key-entries': entries });
  expect(writesAt(proxy)).toEqual(['PATCH /v0/management/openai-compatibility']);
});

test('another client writes between plan and import: a new plan is shown, and nothing written', async ({
  world,
}) => {
  const { proxy, relay } = world;
  await world.connect();
  const keyId = await world.addKey();
  const popup = await world.popup();
  await openPlan(popup, 'Relay');

  const theirs = {
    name: 'theirs',
    'base-url': `${relay.origin}/v1`,
    'api-key-entries': [{ 'api-key': 'sk-of-the-other-client' }],
    models: [{ name: 'gpt-4o', alias: 'gpt-4o' }],
  };
  await proxy.setLists('openai-compatibility', [FOREIGN, theirs]);
  await importButton(popup).click();

  await expect(popup.getByText(/^Nothing was written/)).toBeVisible();
  expect(writesAt(proxy)).toEqual([]);
  expect(providersOf(proxy).map((provider) => provider['name'])).toEqual(['somebody else', 'theirs']);
  await expect(sheetOf(popup)).toContainText('theirs');
  await expect(sheetOf(popup)).toContainText('3 models');

  const clicked = Date.now();
  await importButton(popup).click();
  const { card } = await waitForCard(world.browser.desk, keyId, clicked);
  expect(card).toMatchObject({ kind: 'proved', served: 4, total: 4, providerName: 'theirs' });
  expect(providersOf(proxy)[1]?.['api-key-entries']).toMatchObject([
    { 'api-key': 'sk-of-the-other-client' },
    { 'api-key': `sk-${relay.keys[0]?.key}` },
  ]);
});
