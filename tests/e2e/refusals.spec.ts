import { startCliproxyapi } from '../fakes/cliproxyapi.ts';
import { cardOf, field, importButton, importIcon, sheetOf } from './support/interface.ts';
import { managementCalls, providersOf } from './support/servers.ts';
import { expect, test } from './support/world.ts';

test('a wrong key is refused once, and not sent again until it is changed', async ({ world }) => {
  const { proxy } = world;
  await world.want('connection.save', {
    address: proxy.origin,
    managementKey: 'mk-not-this-one',
    remember: 'device',
  });
  await world.addKey();
  const popup = await world.popup();
  await importIcon(popup, 'Relay').click();
  await expect(sheetOf(popup)).toContainText('refused the management key');
  expect(managementCalls(proxy)).toEqual(['GET /v0/management/config 401']);

  await expect(sheetOf(popup).getByRole('button', { name: 'Enter the management key' })).toBeVisible();
  await popup.keyboard.press('Escape');
  await importIcon(popup, 'Relay').click();
  await expect(sheetOf(popup)).toContainText('refused the management key');
  expect(managementCalls(proxy)).toHaveLength(1);

  await world.connect();
  await popup.keyboard.press('Escape');
  await importIcon(popup, 'Relay').click();
  await expect(sheetOf(popup).getByRole('button', { name: 'Import key with 4 models' })).toBeVisible();
});

test('a ban is shown with its end, and nothing is asked until then', async ({ world }) => {
  const { proxy } = world;
  for (let wrong = 1; wrong <= 5; wrong++)
    await fetch(`${proxy.origin}/v0/management/config`, { headers: { Authorization: 'Bearer mk-wrong' } });
  await world.connect();
  proxy.requests.length = 0;
  const page = await world.options('#/cliproxyapi');
  await page.getByRole('button', { name: 'Save and check' }).click();
  await expect(page.getByText(/has banned this computer/).first()).toBeVisible();
  await expect(page.getByText(/\d\d:\d\d/).first()).toBeVisible();
  const asked = managementCalls(proxy).length;
  expect(asked).toBe(1);

  await world.addKey();
  await page.goto(world.browser.url('options.html#/keys'));
  await importIcon(page, 'Relay').click();
  await expect(sheetOf(page)).toContainText(/banned/i);
  expect(managementCalls(proxy)).toHaveLength(asked);
});

test('the proxy is down: the sheet says so, and the import works once it is up', async ({ world }) => {
  const { proxy } = world;
  await world.connect();
  await world.addKey();
  const { host, port } = new URL(proxy.origin);
  await proxy.stop();
  const popup = await world.popup();
  await importIcon(popup, 'Relay').click();
  await expect(sheetOf(popup)).toContainText(`Nothing answers at ${host}`);

  const again = await startCliproxyapi({ port: Number(port) });
  await sheetOf(popup).getByRole('button', { name: 'Try again' }).click();
  await importButton(popup).click();
  await expect(cardOf(popup, 'Relay')).toContainText('4 of 4 models served');
  await again.stop();
});

test('the relay is down: models can be entered by hand, and are imported', async ({ world }) => {
  const { proxy, relay } = world;
  await world.connect();
  await world.addKey();
  await relay.stop();
  const popup = await world.popup();
  await importIcon(popup, 'Relay').click();
  const dialog = sheetOf(popup);
  await expect(dialog).toContainText('Enter the models by hand');
  await field(dialog, 'Models').fill('gpt-4o\nclaude-sonnet-4 = sonnet');
  await dialog.getByRole('button', { name: 'Import key with 2 models' }).click();
  await expect(sheetOf(popup)).toContainText('All 2 models are served');
  expect(providersOf(proxy)[0]?.['models']).toMatchObject([
    { name: 'gpt-4o', alias: 'gpt-4o' },
    { name: 'claude-sonnet-4', alias: 'sonnet' },
  ]);
});

test('a text cannot become markup of a page', async ({ world }) => {
  const page = await world.options('#/general');
  const taken = await page.evaluate(() => {
    try {
      document.createElement('div').innerHTML = '<b>x</b>';
      return 'taken';
    } catch (cause) {
      return cause instanceof TypeError ? 'refused' : 'failed otherwise';
    }
  });
  expect(taken).toBe('refused');
});
