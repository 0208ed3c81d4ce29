import { field, importButton, importIcon, openPlan, sheetOf, cardOf } from './support/interface.ts';
import { providersOf, servedModels, writesAt } from './support/servers.ts';
import { CHAT_MODELS, expect, test } from './support/world.ts';

test('from nothing to the first served import, in the popup alone', async ({ world }) => {
  const { relay, proxy } = world;
  const popup = await world.popup();
  await field(popup, 'Management base URL').fill(proxy.origin);
  await field(popup, 'Management key').fill(proxy.managementKey);
  await field(popup, 'Management key').press('Enter');
  await popup.getByText('Connected (checked just now)').waitFor();
  await popup.getByRole('button', { name: 'Add key' }).click();
  const dialog = sheetOf(popup);
  await field(dialog, 'Relay name').fill('My relay');
  await field(dialog, 'Base URL').fill(relay.origin);
  await field(dialog, 'Key').fill(`sk-${relay.keys[0]?.key}`);
  await field(dialog, 'Key').press('Enter');
  await importIcon(popup, 'My relay').waitFor();

  const sheet = await openPlan(popup, 'My relay');
  await expect(sheet).toContainText(relay.origin);
  await expect(importButton(popup)).toHaveText('Import key with 4 models');
  expect(writesAt(proxy)).toEqual([]);
  await importButton(popup).click();

  await expect(sheetOf(popup)).toContainText('All 4 models are served through this key.');
  await expect(sheetOf(popup)).toContainText(`${proxy.origin}/v1`);
  await popup.keyboard.press('Escape');
  await expect(cardOf(popup, 'My relay')).toContainText('4 of 4 models served');
  await expect(cardOf(popup, 'My relay').getByRole('button', { name: 'Undo' })).toBeVisible();
  expect(await servedModels(proxy)).toEqual(expect.arrayContaining(CHAT_MODELS));
  expect(writesAt(proxy)).toHaveLength(1);
});

test('from nothing on the settings page, with an account', async ({ world }) => {
  const { relay, proxy } = world;
  const page = await world.options('#/cliproxyapi');
  await field(page, 'Management base URL').fill(`${proxy.origin}/management.html#/providers`);
  await field(page, 'Management key').fill(proxy.managementKey);
  await page.getByRole('radio', { name: 'Until the browser closes' }).check();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByText('The connection works')).toBeVisible();
  await expect(page.getByText('Version 7.2.140')).toBeVisible();

  await page.goto(world.browser.url('options.html#/accounts'));
  await page.getByRole('button', { name: 'Add account' }).first().click();
  const dialog = sheetOf(page);
  await field(dialog, 'Site URL').fill(relay.origin);
  await field(dialog, 'Access token').fill(relay.users[0]?.accessToken ?? '');
  await field(dialog, 'User ID (optional)').fill(String(relay.users[0]?.id));
  await field(dialog, 'User ID (optional)').press('Enter');
  await expect(dialog).toBeHidden();

  await page.goto(world.browser.url('options.html#/keys'));
  await openPlan(page, 'key 2');
  await importButton(page).click();
  await expect(cardOf(page, 'key 2')).toContainText('4 of 4 models served');
  expect(providersOf(proxy)[0]).toMatchObject({
    'base-url': `${relay.origin}/v1`,
    'api-key-entries': [{ 'api-key': `sk-${relay.keys[1]?.key}` }],
  });
  const stored = await page.evaluate(() => chrome.storage.local.get(null));
  expect(JSON.stringify(stored)).not.toContain(proxy.managementKey);
});
