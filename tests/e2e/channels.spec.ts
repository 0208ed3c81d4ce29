import type { Locator, Page } from '@playwright/test';
import { checkAxe } from './support/check-axe.ts';
import { field, sheetOf, toastsOf } from './support/interface.ts';
import { expect, test, type World } from './support/world.ts';

const TOKEN = 'LabPatAdminFakeKeyFakeKeyFak0001';
const users = [{ id: 2, username: 'root', accessToken: TOKEN, role: 100 }];
const upstream = (number: number): string => `https://r${number}.example`;
const channel = (number: number, more: object = {}) => ({
  name: `channel ${number}`,
  key: `sk-their-secret-${number}`,
  baseUrl: upstream(number),
  models: 'gpt-4o',
  ...more,
});

const rowOf = (page: Page, name: string): Locator => page.locator('[data-row]').filter({ hasText: name });

async function addNewApi(world: World, page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Connect New API site' }).click();
  const dialog = sheetOf(page);
  await field(dialog, 'Site URL').fill(world.relay.origin);
  await field(dialog, 'Access token').fill(TOKEN);
  await field(dialog, 'User ID').fill('2');
  await dialog.getByRole('button', { name: 'Save and check' }).click();
  await expect(dialog).toHaveCount(0);
}

test.describe('a New API', () => {
  test.use({
    worldOptions: {
      relay: {
        users,
        channels: [
          channel(1),
          channel(2, { models: 'gpt-4o,gone-model' }),
          channel(3, { group: 'vip' }),
          channel(4),
          channel(5),
        ],
        upstreams: {
          [upstream(1)]: 500,
          [upstream(2)]: ['gpt-4o', 'gpt-4.1'],
          [upstream(3)]: ['gpt-4o', 'claude-sonnet-4'],
          [upstream(4)]: ['gpt-4o'],
          [upstream(5)]: ['gpt-4o'],
        },
      },
    },
  });

  test('is added, passes its check, and its channels are switched, edited and deleted', async ({ world }) => {
    const page = await world.options('#/new-api');
    await addNewApi(world, page);
    await expect(page.getByText('The connection works')).toBeVisible();
    await expect(page.getByText('New API: 5 channels found.')).toBeVisible();
    expect(await page.content()).not.toContain(TOKEN);
    expect(await checkAxe(page)).toEqual([]);

    await page.getByRole('link', { name: 'Manage channels' }).click();
    await expect(page.locator('[data-row]')).toHaveCount(5);

    await rowOf(page, 'channel 1').getByRole('button', { name: 'Switch off' }).click();
    await expect(rowOf(page, 'channel 1').getByText('Off', { exact: true })).toBeVisible();
    expect(world.relay.channels[0]).toMatchObject({ status: 2 });
    await expect(toastsOf(page)).toContainText('“channel 1” is switched off');
    await toastsOf(page).getByRole('button', { name: 'Undo' }).click();
    await expect(rowOf(page, 'channel 1').getByText('On', { exact: true })).toBeVisible();
    expect(world.relay.channels[0]).toMatchObject({ status: 1 });

    await rowOf(page, 'channel 1').getByRole('button', { name: 'More' }).click();
    await expect(page.getByRole('menuitem', { name: 'Copy channel…' })).toBeFocused();
    expect(await checkAxe(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await rowOf(page, 'channel 2').getByRole('button', { name: 'Edit' }).click();
    await expect(sheetOf(page)).toContainText('gone-modelno longer listed: requests for it will fail');
    // Whatever the window's height, the foot of the editor is in sight.
    const size = page.viewportSize()!;
    await page.setViewportSize({ ...size, height: 600 });
    await expect(sheetOf(page).getByRole('button', { name: 'Save changes' })).toBeInViewport({ ratio: 1 });
    await expect(sheetOf(page).getByText('You can undo this in History.')).toBeInViewport({ ratio: 1 });
    await page.setViewportSize(size);
    await field(sheetOf(page), 'Name').fill('renamed');
    await field(sheetOf(page), 'Priority').fill('7');
    await field(sheetOf(page), 'Model mapping').fill('gone-model = gpt-4o-mini');
    await sheetOf(page)
      .getByRole('button', { name: /^Save 3 changes to/ })
      .click();
    await expect(rowOf(page, 'renamed').getByRole('cell').nth(4)).toHaveText('7');
    expect(world.relay.channels[1]).toMatchObject({
      name: 'renamed',
      priority: 7,
      modelMapping: '{"gone-model":"gpt-4o-mini"}',
      key: 'sk-their-secret-2',
    });

    for (const number of [4, 5]) await page.getByLabel(`Select “channel ${number}”`).check();
    const bar = page.getByRole('region', { name: 'Selected channels' });
    await bar.getByRole('button', { name: 'Delete' }).click();
    expect(world.relay.channels).toHaveLength(5);
    expect(await checkAxe(page)).toEqual([]);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete 2 channels' }).click();
    await expect(bar).toContainText('2 of 2 channels deleted');
    await expect(page.locator('[data-row]')).toHaveCount(3);
    expect(world.relay.channels.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  test('has its channels looked at: a broken one is a row, the others are updated once applied', async ({
    world,
  }) => {
    const { settings } = await world.want('view', {});
    await world.want('settings.save', { settings: { ...settings, theme: 'dark' } });
    const page = await world.options('#/new-api');
    await addNewApi(world, page);
    await page.getByRole('link', { name: 'Manage channels' }).click();
    await rowOf(page, 'channel 2').getByRole('button', { name: 'Edit' }).click();
    await field(sheetOf(page), 'Name').waitFor();
    expect(await checkAxe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 400, height: 800 });
    await page.getByLabel('Select “channel 5”').check();
    expect(await checkAxe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('link', { name: 'Model sync' }).click();
    await page.getByRole('button', { name: 'Check 5 channels' }).click();
    const found = (number: number): Locator => page.getByRole('region', { name: `channel ${number}` });
    await expect(found(1)).toContainText('status code: 500');
    await expect(found(2).getByLabel('gpt-4.1')).toBeChecked();
    await expect(found(2).getByLabel('gone-model')).not.toBeChecked();
    expect(await checkAxe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Apply 2 changes' }).click();
    await expect(found(2)).toContainText('Written and read back.');
    await expect(found(3)).toContainText('Written and read back.');
    expect(world.relay.channels.map(({ models }) => models)).toEqual([
      'gpt-4o',
      'gpt-4o,gone-model,gpt-4.1',
      'gpt-4o,claude-sonnet-4',
      'gpt-4o',
      'gpt-4o',
    ]);
  });
});

test.describe('channels of a tag', () => {
  const channels = [channel(1, { tag: 'team' }), channel(2, { tag: 'team', status: 2 }), channel(3)];
  test.use({ worldOptions: { relay: { users, channels } } });

  test('one is copied, off, and all are switched off together; each is undone', async ({ world }) => {
    const page = await world.options('#/new-api');
    await addNewApi(world, page);
    await page.getByRole('link', { name: 'Manage channels' }).click();
    await rowOf(page, 'channel 1').getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Copy channel…' }).click();
    await expect(sheetOf(page).getByText('channel 1_复制')).toBeVisible();
    expect(await checkAxe(page)).toEqual([]);
    await sheetOf(page).getByRole('button', { name: 'Copy channel' }).click();
    await expect(rowOf(page, 'channel 1_复制')).toContainText('Off');
    expect(world.relay.channels[3]).toMatchObject({ key: 'sk-their-secret-1', tag: 'team', status: 2 });
    await toastsOf(page).getByRole('button', { name: 'Undo' }).click();
    await expect(page.locator('[data-row]')).toHaveCount(3);

    await page.getByRole('button', { name: 'More' }).first().click();
    await page.getByRole('menuitem', { name: 'Change a whole tag…' }).click();
    const question = page.getByRole('alertdialog', { name: '2 channels have the tag “team”' });
    await expect(question).toContainText('Will change (1): channel 1');
    await expect(question).toContainText('Stays as it is (1): channel 2');
    expect(await checkAxe(page)).toEqual([]);
    await question.getByRole('button', { name: 'Switch off 1 channel' }).click();
    await expect(rowOf(page, 'channel 1')).toContainText('Off');
    expect(world.relay.channels.map(({ status }) => status)).toEqual([2, 2, 1]);
    await toastsOf(page).getByRole('button', { name: 'Undo' }).last().click();
    await expect(rowOf(page, 'channel 1').getByText('On', { exact: true })).toBeVisible();
    expect(world.relay.channels.map(({ status }) => status)).toEqual([1, 2, 1]);
  });
});

test.describe('a thousand channels', () => {
  const channels = Array.from({ length: 1_000 }, (_, index) => channel(index + 1));
  test.use({ worldOptions: { relay: { users, channels } } });

  test('are drawn as far as they are in sight, found at once, and all reached by keys', async ({ world }) => {
    const page = await world.options('#/new-api');
    await addNewApi(world, page);
    await page.getByRole('link', { name: 'Manage channels' }).click();
    await expect(rowOf(page, 'channel 1').first()).toBeVisible();
    expect(await page.locator('[data-row]').count()).toBeLessThan(60);
    await page.locator('[data-row]').first().focus();
    await page.keyboard.press('End');
    await expect(page.locator('[data-row]:focus')).toBeInViewport();
    await expect(page.locator('[data-row]:focus')).toHaveAttribute('aria-rowindex', '1001');
    await page.keyboard.press('/');
    await page.keyboard.type('channel 77');
    await expect(page.locator('[data-row]')).toHaveCount(11);
  });
});
