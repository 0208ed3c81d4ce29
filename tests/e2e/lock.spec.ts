import type { Page } from '@playwright/test';
import { checkAxe } from './support/check-axe.ts';
import { cardOf, field, importButton, openPlan } from './support/interface.ts';
import { stopWorker } from './support/stop-worker.ts';
import { expect, test, type World } from './support/world.ts';

const PASSPHRASE = 'correct horse';

async function setLock(world: World): Promise<Page> {
  const page = await world.options('#/general');
  await page.getByRole('button', { name: 'Set a lock' }).click();
  await field(page, 'Passphrase').fill(PASSPHRASE);
  await field(page, 'Repeat passphrase').fill(PASSPHRASE);
  await field(page, 'Repeat passphrase').press('Enter');
  await page.getByRole('button', { name: 'Lock now' }).waitFor();
  return page;
}

/** Everything that lies on the device and in the session, as one text. */
const stored = (page: Page): Promise<string> =>
  page.evaluate(async () =>
    JSON.stringify([await chrome.storage.local.get(null), await chrome.storage.session.get(null)]),
  );

test('a lock seals everything on the device; without the passphrase nothing is shown, with it all is there again', async ({
  world,
}) => {
  await world.connect();
  await world.addKey();
  const secrets = [world.relay.keys[0]!.key, world.proxy.managementKey];
  expect(await stored(world.browser.desk)).toContain(secrets[0]);
  const settings = await setLock(world);
  for (const secret of secrets) expect(await stored(world.browser.desk)).not.toContain(secret);

  // Open until it is locked: also for the next life of the worker.
  await stopWorker(world.browser);
  const before = await world.popup();
  await openPlan(before, 'Relay');
  await importButton(before).click();
  await expect(cardOf(before, 'Relay')).toContainText('4 of 4 models served');

  await settings.bringToFront();
  await settings.getByRole('button', { name: 'Lock now' }).click();
  await expect(settings.getByRole('heading', { name: 'KeyFerry is locked' })).toBeVisible();
  for (const secret of secrets) expect(await stored(world.browser.desk)).not.toContain(secret);

  const popup = await world.popup();
  await expect(popup.getByRole('heading', { name: 'KeyFerry is locked' })).toBeVisible();
  await expect(popup.locator('[data-key]')).toHaveCount(0);
  await expect(field(popup, 'Passphrase')).toBeFocused();
  await popup.keyboard.type('battery staple');
  await popup.keyboard.press('Enter');
  await expect(popup.getByRole('alert')).toContainText('The passphrase is wrong');
  expect(await checkAxe(popup)).toEqual([]);
  await field(popup, 'Passphrase').fill(PASSPHRASE);
  await popup.keyboard.press('Enter');
  await expect(cardOf(popup, 'Relay')).toContainText('4 of 4 models served');
  await expect(settings.getByRole('button', { name: 'Lock now' })).toBeVisible();
});

test('a lock is taken off with its passphrase, and everything lies as before', async ({ world }) => {
  await world.addKey();
  const page = await setLock(world);
  await page.getByRole('button', { name: 'Remove lock' }).click();
  await field(page, 'Current passphrase').fill(PASSPHRASE);
  await field(page, 'Current passphrase').press('Enter');
  await expect(page.getByRole('button', { name: 'Set a lock' })).toBeVisible();
  expect(await stored(page)).toContain(world.relay.keys[0]!.key);
});

test('a forgotten passphrase ends in Reset', async ({ world }) => {
  await world.addKey();
  const page = await setLock(world);
  await page.getByRole('button', { name: 'Lock now' }).click();
  await page.getByRole('button', { name: 'Forgot the passphrase? Reset' }).click();
  expect(await checkAxe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Erase and start over' }).click();
  await expect(page.getByRole('button', { name: 'Set a lock' })).toBeVisible();
  expect((await world.want('view', {})).keys).toEqual([]);
});

test('a backup with secrets comes back through its file', async ({ world }) => {
  await world.addKey(1);
  await world.addAccount();
  const page = await world.options('#/general');
  await page.getByRole('button', { name: 'Export with secrets' }).click();
  await field(page, 'Passphrase').fill(PASSPHRASE);
  await field(page, 'Repeat passphrase').fill(PASSPHRASE);
  const saved = page.waitForEvent('download');
  await field(page, 'Repeat passphrase').press('Enter');
  const file = await (await saved).path();
  await world.want('storage.reset', {});
  await page.reload();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Import a backup' }).click();
  await (await chooser).setFiles(file);
  await field(page, 'Passphrase').fill(PASSPHRASE);
  await field(page, 'Passphrase').press('Enter');
  await page.getByRole('button', { name: 'Add 2 items' }).waitFor();
  expect(await checkAxe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Add 2 items' }).click();
  await expect(page.getByText('2 items added.')).toBeVisible();
  const { keys, accounts } = await world.want('view', {});
  expect(accounts).toMatchObject([{ name: 'Relay', failure: null, keys: 2 }]);
  expect(keys).toHaveLength(3);
});
