import { cardOf, importButton, openPlan, sheetOf } from './support/interface.ts';
import { servedModels } from './support/servers.ts';
import { expect, test } from './support/world.ts';

const models = Array.from({ length: 2_000 }, (_, at) => `vendor-${at % 20}/model-${at}`);

test.use({ worldOptions: { relay: { models } } });

test('2,000 models are planned, imported and served', async ({ world }) => {
  await world.connect();
  await world.addKey();
  const popup = await world.popup();
  await openPlan(popup, 'Relay');
  await expect(importButton(popup)).toHaveText(/^Import key with 2,?000 models$/);
  await importButton(popup).click();
  await expect(cardOf(popup, 'Relay')).toContainText(/2,?000 of 2,?000 models served/);
  expect(await servedModels(world.proxy)).toEqual(expect.arrayContaining(models));
});

test('the dialog draws only what is seen of 2,000 models, and finds one', async ({ world }) => {
  await world.connect();
  await world.addKey();
  const page = await world.options('#/keys');
  const sheet = await openPlan(page, 'Relay');
  await sheet.getByRole('button', { name: 'Choose models' }).click();
  const search = sheetOf(page).getByRole('searchbox', { name: /^Search 2,?000 models$/ });
  await search.waitFor();
  expect(await sheetOf(page).getByRole('checkbox').count()).toBeLessThanOrEqual(60);
  await search.fill('model-1999');
  await expect(sheetOf(page).getByText('vendor-19/model-1999').first()).toBeVisible();
});
