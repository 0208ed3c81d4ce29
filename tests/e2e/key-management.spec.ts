import { fakeKey } from '../fakes/new-api.ts';
import { checkAxe } from './support/check-axe.ts';
import { cardOf, chooseMore, field, sheetOf, toastsOf } from './support/interface.ts';
import { expect, test } from './support/world.ts';

const key = (id: number, name: string, more: object = {}) => ({ id, name, key: fakeKey(name, id), ...more });

test('a key is made at its relay, renamed here, switched off and deleted', async ({ world }) => {
  await world.connect();
  await world.addAccount();
  const page = await world.options('#/keys');
  await page.getByRole('button', { name: 'Create key on a relay', exact: true }).click();
  const dialog = sheetOf(page);
  await field(dialog, 'Name').fill('night');
  await field(dialog, 'Limit').fill('2.5');
  await dialog.getByRole('button', { name: 'Create key' }).click();
  await expect(cardOf(page, 'night')).toContainText('$2.50');
  expect(world.relay.keys.find(({ name }) => name === 'night')).toMatchObject({ remainQuota: 1_250_000 });

  await chooseMore(page, 'night', 'Rename or edit…');
  await field(dialog, 'Name in KeyFerry').fill('Cron job');
  await field(dialog, 'Note').fill('runs at two');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(cardOf(page, 'Cron job')).toBeVisible();

  await chooseMore(page, 'Cron job', 'Rename or edit…');
  await dialog.getByRole('button', { name: 'Switch off at the relay' }).click();
  await expect(dialog.getByRole('button', { name: 'Switch on at the relay' })).toBeVisible();
  await expect(cardOf(page, 'Cron job')).toContainText('Switched off at the relay');
  expect(world.relay.keys.find(({ name }) => name === 'night')).toMatchObject({
    status: 2,
    remainQuota: 1_250_000,
  });

  await dialog.getByRole('button', { name: 'Delete at the relay' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete at the relay' }).click();
  await expect(cardOf(page, 'Cron job')).toHaveCount(0);
  expect(world.relay.keys.map(({ name }) => name)).toEqual(['key 1', 'key 2']);
});

test.describe('a thousand keys', () => {
  const keys = Array.from({ length: 1_000 }, (_, index) =>
    key(index + 1, `worker ${index}`, { group: index % 2 ? 'vip' : 'default' }),
  );
  test.use({ worldOptions: { relay: { keys } } });

  test('stand in a table of which only the rows in sight are drawn, and are found at once', async ({
    world,
  }) => {
    await world.connect();
    await world.addAccount();
    const page = await world.options('#/keys');
    await page.getByRole('button', { name: 'Show as a table' }).click();
    const table = page.getByRole('table', { name: 'Keys' });
    await expect(table).toHaveAttribute('aria-rowcount', '1001');
    expect(await table.locator('[data-key]').count()).toBeLessThan(60);
    expect(await checkAxe(page)).toEqual([]);
    await page.mouse.move(600, 500);
    await page.mouse.wheel(0, 100_000);
    await expect(table.locator('[data-key]').filter({ hasText: 'worker 0' })).toBeVisible();
    await table.locator('[data-key]').last().focus();
    await page.keyboard.press('ArrowUp');
    await expect(table.locator('[data-key]:focus')).toContainText('worker 1');
    await page.keyboard.press('/');
    await page.getByRole('searchbox').fill('worker 99');
    await expect(table).toHaveAttribute('aria-rowcount', '12');
    await page.getByRole('combobox', { name: 'Group' }).selectOption('vip');
    await expect(table).toHaveAttribute('aria-rowcount', '7');
    await table.getByRole('button', { name: 'Key', exact: true }).click();
    await table.getByRole('button', { name: 'Key', exact: true }).click();
    await expect(table.locator('[data-key]').first()).toContainText('worker 999');
  });
});

test.describe('a login in a tab', () => {
  test.use({
    worldOptions: {
      relay: {
        users: [
          {
            id: 2,
            username: 'anna',
            accessToken: 'fake-token-anna-0000000000000001',
            password: 'fake-password',
          },
        ],
        keys: [key(1, 'key 1')],
      },
    },
  });

  test('is taken from it on a click: user id and the access of the page', async ({ world }) => {
    await world.connect();
    await world.addKey();
    const tab = await world.browser.context.newPage();
    await tab.goto(world.relay.origin);
    await tab.evaluate(async () => {
      await fetch('/api/user/login', {
        method: 'POST',
        body: JSON.stringify({ username: 'anna', password: 'fake-password' }),
      });
      localStorage.setItem('user', JSON.stringify({ id: 2, username: 'anna' }));
    });
    const popup = await world.popup(tab);
    await popup.getByRole('button', { name: 'Add', exact: true }).click();
    await popup.getByRole('menuitem', { name: 'Add account' }).click();
    await popup.getByRole('button', { name: 'Sign in with this tab' }).click();
    const dialog = sheetOf(popup);
    await expect(field(dialog, 'Site URL')).toHaveValue(world.relay.origin);
    await expect(dialog.getByLabel(/^User ID/)).toHaveValue('2');
    await expect(dialog).toContainText('This access ends within 15 minutes');
    await expect(dialog).toContainText('New API: its answers carry New API');
    await dialog.getByRole('button', { name: 'Add account' }).click();
    await expect(cardOf(popup, 'key 1')).toHaveCount(1);
    await expect(toastsOf(popup)).toHaveCount(0);
    expect(world.relay.requests.map(({ path }) => path)).not.toContain('/api/user/token');
  });
});
