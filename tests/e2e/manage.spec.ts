import { checkAxe } from './support/check-axe.ts';
import { cardOf, chooseMore, field, openPlan, importPlan, sheetOf, toastsOf } from './support/interface.ts';
import { startCliproxyapi } from '../fakes/cliproxyapi.ts';
import { providersOf, servedModels, writesAt } from './support/servers.ts';
import { expect, test, type World } from './support/world.ts';
import type { Page } from '@playwright/test';

const entries = (world: World) => world.proxy.lists['claude-api-key'];

const manage = (page: Page, name: string): Promise<void> => chooseMore(page, name, 'Manage in CLIProxyAPI');

test('a key goes in as Claude’s API, is paused, resumed, removed, and comes back', async ({ world }) => {
  await world.connect();
  await world.addKey();
  const page = await world.options('#/keys');
  const sheet = await openPlan(page, 'Relay');
  await sheet.getByRole('button', { name: 'Choose models' }).click();
  await sheet.getByRole('button', { name: /^More/ }).click();
  await field(sheet, 'Import as').selectOption('claude-api-key');
  await expect(sheet.getByText('In the list claude-api-key')).toBeVisible();
  await importPlan(page);
  // Nobody told what the relay speaks.
  await expect(cardOf(page, 'Relay')).toContainText('models registered, not proved by a request');
  expect(entries(world)).toMatchObject([{ 'base-url': world.relay.origin }]);
  expect(providersOf(world.proxy)).toEqual([]);
  const names = await servedModels(world.proxy);
  expect(names.length).toBeGreaterThan(0);

  await manage(page, 'Relay');
  const dialog = sheetOf(page);
  await dialog.getByRole('checkbox', { name: /^Switched on/ }).uncheck();
  await expect(dialog.getByText('switched on → off')).toBeVisible();
  expect(await checkAxe(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Apply changes' }).click();
  await expect(cardOf(page, 'Relay')).toContainText('the provider is switched off');
  expect(entries(world)).toMatchObject([{ 'excluded-models': ['*'] }]);
  expect(await servedModels(world.proxy)).toEqual([]);

  await toastsOf(page).getByRole('button', { name: 'Undo' }).first().click();
  await expect.poll(() => servedModels(world.proxy)).toEqual(names);

  await manage(page, 'Relay');
  await sheetOf(page).getByRole('radio', { name: 'This key' }).check();
  await expect(sheetOf(page).getByRole('list').filter({ hasText: 'provider' })).toContainText('removed');
  await sheetOf(page).getByRole('button', { name: 'Remove', exact: true }).click();
  await expect.poll(() => entries(world)).toEqual([]);

  await page.goto(world.browser.url('options.html#/history'));
  await page
    .getByRole('button', { name: /^Changed “Relay”/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Undo this change' }).click();
  await expect.poll(() => servedModels(world.proxy)).toEqual(names);
});

test('every entry stands in the list on the settings page, and a provider of others is renamed', async ({
  world,
}) => {
  await world.connect();
  const provider = {
    name: 'theirs',
    'base-url': 'http://127.0.0.1:9/v1',
    'api-key-entries': [{ 'api-key': 'sk-theirs-fake-0001', weight: 2 }],
    models: [{ name: 'm', alias: 'mm' }],
  };
  await world.proxy.setLists('openai-compatibility', [provider]);
  const page = await world.options('#/cliproxyapi');
  await page.getByRole('button', { name: 'Show what is in CLIProxyAPI' }).click();
  await expect(page.getByRole('button', { name: 'Manage “theirs”' })).toBeVisible();
  expect(await checkAxe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Manage “theirs”' }).click();
  const dialog = sheetOf(page);
  await field(dialog, 'Name').fill('renamed');
  await expect(dialog.getByText(/starts a new one/).last()).toBeVisible();
  await dialog.getByRole('button', { name: 'Apply changes' }).click();
  await expect(page.getByRole('button', { name: 'Manage “renamed”' })).toBeVisible();
  expect(providersOf(world.proxy)).toMatchObject([{ ...provider, name: 'renamed' }]);
});

test('what another CLIProxyAPI has is compared, added with one plan, served, and undone', async ({
  world,
}) => {
  await world.connect();
  const nas = await startCliproxyapi({
    providers: [relayOf(world, 'Relay'), { ...relayOf(world, 'Asleep'), disabled: true }],
    lists: { 'claude-api-key': [{ 'api-key': 'sk-ant-fake-000000000001', 'base-url': world.relay.origin }] },
  });
  try {
    await world.proxy.setLists('openai-compatibility', [relayOf(world, 'Relay', 'http://127.0.0.1:9/v1')]);
    const before = structuredClone(providersOf(world.proxy));
    const { origin: address, managementKey } = nas;
    await world.want('connection.add', { name: 'NAS', address, managementKey, remember: 'device' });
    const page = await world.options('#/cliproxyapi');
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByRole('button', { name: 'Select all 3 shown' }).click();
    expect(await checkAxe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show plan' }).click();
    const dialog = sheetOf(page);
    await expect(dialog.getByText('Adds 3 providers, 3 keys')).toBeVisible();
    expect(await checkAxe(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog.getByText('1 of 1 key served')).toBeVisible();
    await expect(dialog.getByText('Written, switched off')).toBeVisible();
    expect(await checkAxe(page)).toEqual([]);
    expect(providersOf(world.proxy).map(({ name }) => name)).toEqual(['Relay', expect.any(String), 'Asleep']);
    expect(await servedModels(world.proxy)).toContain('relay-model');
    expect(writesAt(nas)).toEqual([]);
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => providersOf(world.proxy)).toEqual(before);
    await expect.poll(() => entries(world)).toEqual([]);
  } finally {
    await nas.stop();
  }
});

const relayOf = (world: World, name: string, baseUrl = `${world.relay.origin}/v1`) => ({
  name,
  'base-url': name === 'Asleep' ? 'http://127.0.0.1:8/v1' : baseUrl,
  'api-key-entries': [{ 'api-key': `sk-${name.toLowerCase()}-fake-0000000000001` }],
  models: [{ name: `${name.toLowerCase()}-model`, alias: `${name.toLowerCase()}-model` }],
});
