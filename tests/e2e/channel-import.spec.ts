import type { Page } from '@playwright/test';
import { fakeKey, startNewApi, type FakeNewApi } from '../fakes/new-api.ts';
import { checkAxe } from './support/check-axe.ts';
import { cardOf, field, sheetOf, toastsOf, sendTo } from './support/interface.ts';
import { CHAT_MODELS, expect, test as base, type World } from './support/world.ts';

const TOKEN = 'LabPatAdminFakeKeyFakeKeyFak0001';
const OTHER = 'https://other.example';

/** A New API with a channel of somebody else's, kept with its administrator's token. */
const test = base.extend<{ admin: FakeNewApi }>({
  admin: async ({ world }, use) => {
    const admin = await startNewApi({
      systemName: 'Mine',
      users: [{ id: 1, username: 'root', accessToken: TOKEN, role: 100 }],
      channels: [{ name: 'theirs', key: 'sk-their-secret-0001', baseUrl: OTHER, models: 'a,b' }],
      groups: {
        default: { description: 'Default', selectable: true },
        vip: { description: 'VIP', selectable: true },
      },
    });
    // Without CLIProxyAPI the popup shows how to set it up, and no keys.
    await world.connect();
    await keepNewApi(world, admin, 'Mine');
    await use(admin);
    await admin.stop();
  },
});

const keepNewApi = (world: World, { origin }: FakeNewApi, name: string): Promise<string> =>
  world.want('new-api.save', { name, siteUrl: origin, accessToken: TOKEN, userId: '1' });

const asChannel = (page: Page): Promise<void> => sendTo(page, 'Relay', 'Import into New API');

test('a key becomes a channel from the popup, with models, names and groups as chosen; Undo removes it', async ({
  world,
  admin,
}) => {
  const { relay } = world;
  await world.addKey();
  const popup = await world.popup();
  await cardOf(popup, 'Relay').focus();
  await popup.keyboard.press('n');
  const sheet = sheetOf(popup);
  await expect(sheet.getByRole('button', { name: 'Import key with 4 models' })).toBeFocused();
  await expect(sheet).toContainText('1 other channel stays as it is');
  expect(await checkAxe(popup)).toEqual([]);

  await sheet.getByRole('button', { name: 'More' }).click();
  await field(sheet, 'Channel name').fill('From KeyFerry');
  await sheet.getByRole('button', { name: 'vip' }).click();
  await field(sheet, 'Priority').fill('5');
  await sheet.getByRole('button', { name: 'Choose models' }).click();
  await sheet.getByRole('checkbox', { name: 'deepseek-chat' }).uncheck();
  await sheet.getByRole('button', { name: 'Edit the alias of “gpt-4o”', exact: true }).click();
  await field(sheet, 'Alias of “gpt-4o”').fill('my-4o');
  await popup.keyboard.press('Enter');
  expect(await checkAxe(popup)).toEqual([]);
  await sheet.getByRole('button', { name: 'Import key with 3 models' }).click();

  await expect(toastsOf(popup)).toContainText('“Relay”: channel no. 2 at “Mine” was written and read back');
  await expect(sheet).toHaveCount(0);
  expect(admin.channels[1]).toMatchObject({
    name: 'From KeyFerry',
    baseUrl: relay.origin,
    key: `sk-${relay.keys[0]!.key}`,
    models: 'claude-sonnet-4,my-4o,gpt-4o-mini',
    group: 'default,vip',
    priority: 5,
  });
  expect(JSON.parse(admin.channels[1]!.modelMapping!)).toEqual({ 'my-4o': 'gpt-4o' });

  await toastsOf(popup).getByRole('button', { name: 'Undo' }).click();
  await expect(toastsOf(popup)).toContainText('The change to the channel was undone');
  expect(admin.channels.map(({ name }) => name)).toEqual(['theirs']);
});

test('the same key again goes to its own channel: what is new is added, else nothing is written', async ({
  world,
  admin,
}) => {
  await world.addKey();
  const popup = await world.popup();
  const sheet = sheetOf(popup);
  await asChannel(popup);
  await sheet.getByRole('button', { name: 'Import key with 4 models' }).click();
  await expect(toastsOf(popup)).toContainText('written and read back');
  await expect(sheet).toHaveCount(0);

  await asChannel(popup);
  await expect(sheet).toContainText('This channel already has everything. Nothing will be written.');
  await expect(sheet).toContainText('written by KeyFerry for this key');
  await popup.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);

  world.relay.setModels([...CHAT_MODELS, 'brand-new']);
  await asChannel(popup);
  await sheet.getByRole('button', { name: 'Import key with 1 model' }).click();
  await expect(toastsOf(popup).filter({ hasText: 'models were added to channel no. 2' })).toBeVisible();
  expect(admin.channels).toHaveLength(2);
  expect(admin.channels[1]!.models.split(',')).toEqual([...CHAT_MODELS.toSorted(), 'brand-new']);
});

test('a channel of the same relay is proposed and not taken; Undo shows first what would be lost', async ({
  world,
  admin,
}) => {
  await world.addKey();
  admin.channels[0]!.baseUrl = world.relay.origin;
  const page = await world.options('#/keys');
  await asChannel(page);
  const sheet = sheetOf(page);
  await expect(sheet).toContainText('Which channel takes the key?');
  await expect(sheet.getByRole('button', { name: 'Import key with 4 models' })).toBeDisabled();
  await sheet.getByRole('radio', { name: /“theirs” \(no\. 1\)/ }).check();
  await sheet.getByRole('button', { name: 'Import key with 4 models' }).click();
  await expect(toastsOf(page)).toContainText('models were added to channel no. 1 at “Mine” and read back');
  expect(admin.channels[0]!.models).toBe(['a', 'b', ...CHAT_MODELS.toSorted()].join(','));

  admin.channels[0]!.models += ',added-since';
  await page.goto(world.browser.url('options.html#/history'));
  await expect(page.getByRole('complementary')).toContainText('Models of “Relay” added to a channel');
  expect(await checkAxe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Undo this change' }).click();
  await expect(sheet).toContainText('“theirs” has been changed since');
  await expect(sheet).toContainText('added-since');
  expect(await checkAxe(page)).toEqual([]);
  expect(admin.channels[0]!.models).toContain('added-since');
  await sheet.getByRole('button', { name: 'Undo anyway' }).click();
  await expect(page.getByRole('complementary')).toContainText('Undone');
  expect(admin.channels[0]!.models).toBe('a,b');
});

test('three keys are exported at once: two are written, one says why not and is tried again', async ({
  world,
  admin,
}) => {
  await world.addKey(1);
  await world.addKey(2);
  const third = await startNewApi({
    models: ['only-3'],
    keys: [{ id: 1, name: 'three', key: fakeKey('three', 3) }],
  });
  third.faults.modelsStatus = 503;
  await world.want('key.add', {
    relayName: 'Third',
    baseUrl: third.origin,
    key: `sk-${fakeKey('three', 3)}`,
  });
  const page = await world.options('#/keys');
  await page.getByRole('button', { name: 'Select 3 that can be imported' }).click();
  await page.getByRole('button', { name: 'Export 3 keys' }).click();
  const dialog = sheetOf(page);
  await dialog.getByRole('button', { name: 'New API channels' }).click();
  await expect(dialog.getByRole('button', { name: 'Write 2 channels' })).toBeEnabled();
  await expect(dialog).toContainText('answered with an error (503)');
  expect(await checkAxe(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Write 2 channels' }).click();
  await expect(dialog).toContainText('2 of 3 keys are at “Mine”');
  await expect(dialog.getByText('written and read back')).toHaveCount(2);
  await expect(dialog.getByText('answered with an error (503)')).toHaveCount(1);
  expect(await checkAxe(page)).toEqual([]);
  const written = admin.channels.slice(1).map(({ key }) => key);
  expect(written.toSorted()).toEqual(world.relay.keys.map(({ key }) => `sk-${key}`));

  third.faults.modelsStatus = undefined;
  await dialog.getByRole('button', { name: 'Try 1 key again' }).click();
  await dialog.getByRole('button', { name: 'Write 1 channel' }).click();
  await expect(dialog).toContainText('3 of 3 keys are at “Mine”');
  expect(admin.channels.at(-1)).toMatchObject({ baseUrl: third.origin, models: 'only-3' });

  await dialog.getByRole('button', { name: 'Undo the export of “Third”' }).click();
  await expect(dialog.getByText('Undone')).toBeVisible();
  expect(admin.channels).toHaveLength(3);
  await third.stop();
});

test('of several New APIs one is chosen; without any the menu leads to their settings', async ({ world }) => {
  await world.addKey();
  const page = await world.options('#/keys');
  await asChannel(page);
  await expect(page).toHaveURL(/#\/new-api$/);

  const servers = await Promise.all(
    ['One', 'Two'].map(async (name) => {
      const server = await startNewApi({
        users: [{ id: 1, username: 'root', accessToken: TOKEN, role: 100 }],
      });
      await keepNewApi(world, server, name);
      return server;
    }),
  );
  await page.goto(world.browser.url('options.html#/keys'));
  await asChannel(page);
  await sheetOf(page).getByLabel('New API site').selectOption({ index: 1 });
  await sheetOf(page).getByRole('button', { name: 'Import key with 4 models' }).click();
  await expect(toastsOf(page)).toContainText('channel no. 1 at “Two” was written and read back');
  expect(servers.map(({ channels }) => channels.length)).toEqual([0, 1]);
  await Promise.all(servers.map((server) => server.stop()));
});
