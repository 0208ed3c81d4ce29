import { cardOf, importPlan, openPlan, sheetOf, toastsOf } from './support/interface.ts';
import { providersOf } from './support/servers.ts';
import { expect, test, type World } from './support/world.ts';

test.use({
  worldOptions: {
    proxy: {
      providers: [
        {
          name: 'somebody else',
          'base-url': 'https://elsewhere.example/v1',
          'api-key-entries': [{ 'api-key': 'sk-foreign-0001', weight: 2 }],
          models: [{ name: 'big', alias: 'huge' }],
        },
      ],
    },
  },
});

async function importFirst(world: World): ReturnType<World['popup']> {
  await world.connect();
  await world.addKey();
  const popup = await world.popup();
  await openPlan(popup, 'Relay');
  await importPlan(popup);
  await expect(cardOf(popup, 'Relay')).toContainText('4 of 4 models served');
  await world.proxy.settled();
  return popup;
}

test('Undo on the card takes the import back, and nothing else', async ({ world }) => {
  const before = JSON.stringify(world.proxy.lists);
  const popup = await importFirst(world);
  expect(providersOf(world.proxy)).toHaveLength(2);

  await cardOf(popup, 'Relay').getByRole('button', { name: 'Undo' }).click();
  await expect(toastsOf(popup).filter({ hasText: 'undone' })).toBeVisible();
  await expect(cardOf(popup, 'Relay')).toContainText('Not in CLIProxyAPI');
  expect(JSON.stringify(world.proxy.lists)).toBe(before);
});

test('Undo in History takes the import back', async ({ world }) => {
  const before = JSON.stringify(world.proxy.lists);
  await importFirst(world);
  const page = await world.options('#/history');
  await page.getByRole('button', { name: 'Undo this import' }).click();
  await expect(page.getByText(/^Undone/).first()).toBeVisible();
  expect(JSON.stringify(world.proxy.lists)).toBe(before);
});

test('Undo shows first what would be lost of what somebody did since', async ({ world }) => {
  const popup = await importFirst(world);
  const [foreign, imported] = structuredClone(providersOf(world.proxy));
  const models = [...(imported!['models'] as object[]), { name: 'added-since', alias: 'added-since' }];
  await world.proxy.setLists('openai-compatibility', [foreign!, { ...imported, models }]);

  await cardOf(popup, 'Relay').getByRole('button', { name: 'Undo' }).click();
  await expect(sheetOf(popup)).toContainText('added-since');
  expect(providersOf(world.proxy)).toHaveLength(2);

  await sheetOf(popup).getByRole('button', { name: 'Undo anyway' }).click();
  await expect(toastsOf(popup).filter({ hasText: 'undone' })).toBeVisible();
  expect(providersOf(world.proxy).map((provider) => provider['name'])).toEqual(['somebody else']);
});
