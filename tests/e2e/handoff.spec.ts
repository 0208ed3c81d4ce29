import type { Page } from '@playwright/test';
import { checkAxe } from './support/check-axe.ts';
import { cardOf, sheetOf, toastsOf } from './support/interface.ts';
import { expect, test, type World } from './support/world.ts';

/** The links that a page asks the browser to open, as the browser itself reports them. */
async function watchLinks(page: Page): Promise<() => Promise<URL>> {
  const links: string[] = [];
  const session = await page.context().newCDPSession(page);
  await session.send('Page.enable');
  session.on('Page.frameRequestedNavigation', ({ url }) => links.push(url));
  return async () => {
    await expect.poll(() => links).toHaveLength(1);
    return new URL(links.pop()!);
  };
}

/** Nothing of a link stays: no tab, no other place in this one, nothing in the extension's storage. */
async function expectNoTrace(world: World, page: Page, scheme: string, tabs: number): Promise<void> {
  expect(world.browser.context.pages()).toHaveLength(tabs);
  expect(page.url()).toMatch(/^chrome-extension:\/\/\w+\/(?:popup|options)\.html/);
  const kept = await world.browser.desk.evaluate(async () => [
    await chrome.storage.local.get(null),
    await chrome.storage.session.get(null),
  ]);
  expect(JSON.stringify(kept)).not.toContain(scheme);
}

test('a masked key goes to Cherry Studio from the popup, after one note, without a tab', async ({
  world,
}) => {
  const { relay, browser } = world;
  await world.connect();
  await world.addAccount();
  const popup = await world.popup();
  const tabs = browser.context.pages().length;
  const nextLink = await watchLinks(popup);
  const card = cardOf(popup, 'key 1');
  await card.getByRole('button', { name: 'Send to' }).click();
  await popup.getByRole('menuitem', { name: 'Open in Cherry Studio' }).click();
  await expect(sheetOf(popup)).toContainText('handed to Cherry Studio, another program on this computer');
  await sheetOf(popup).getByRole('button', { name: 'Continue' }).click();

  const link = await nextLink();
  expect(`${link.protocol}//${link.host}${link.pathname}`).toBe('cherrystudio://providers/api-keys');
  const read = JSON.parse(Buffer.from(link.searchParams.get('data')!, 'base64').toString('utf8')) as unknown;
  expect(read).toEqual({
    id: expect.stringMatching(/^keyferry-127-0-0-1-\d+-[0-9a-f]{8}$/),
    baseUrl: relay.origin,
    apiKey: `sk-${relay.keys[0]!.key}`,
    name: 'Relay',
    type: 'openai',
  });
  await expect(toastsOf(popup)).toContainText('Opened Cherry Studio. Confirm there.');
  await expectNoTrace(world, popup, 'cherrystudio', tabs);

  // The note gives the focus back as it goes. Said once, it is known in the next popup: the letter alone does it. (In this
  // one the browser's own question may have the keyboard by now.)
  await expect(sheetOf(popup)).toHaveCount(0);
  await expect(card.getByRole('button', { name: 'Send to' })).toBeFocused();
  await popup.close();
  const next = await world.popup();
  const nextOfNext = await watchLinks(next);
  await cardOf(next, 'key 2').focus();
  await next.keyboard.press('s');
  const again = await nextOfNext();
  expect(Buffer.from(again.searchParams.get('data')!, 'base64').toString('utf8')).toContain(
    `sk-${relay.keys[1]!.key}`,
  );
});

test('CC Switch gets app, endpoint and model as they were chosen, from the popup', async ({ world }) => {
  const { relay, browser } = world;
  await world.connect();
  await world.addKey();
  const popup = await world.popup();
  const tabs = browser.context.pages().length;
  const nextLink = await watchLinks(popup);
  await cardOf(popup, 'Relay').focus();
  await popup.keyboard.press('w');
  const dialog = sheetOf(popup);
  await expect(dialog.getByRole('radio', { name: 'OpenCode' })).toBeChecked();
  await expect(dialog).toContainText('4 models are available');
  await dialog.getByRole('radio', { name: 'Claude Code' }).check();
  await dialog.getByLabel('Model').fill('deepseek-chat');
  await dialog.getByRole('button', { name: 'Open CC Switch' }).click();

  const link = await nextLink();
  expect(`${link.protocol}//${link.host}${link.pathname}`).toBe('ccswitch://v1/import');
  expect(Object.fromEntries(link.searchParams)).toEqual({
    resource: 'provider',
    app: 'claude',
    name: 'Relay',
    endpoint: relay.origin,
    apiKey: `sk-${relay.keys[0]!.key}`,
    homepage: relay.origin,
    model: 'deepseek-chat',
    haikuModel: 'deepseek-chat',
    sonnetModel: 'deepseek-chat',
    opusModel: 'deepseek-chat',
    enabled: 'false',
  });
  await expect(toastsOf(popup)).toContainText('Opened CC Switch. Confirm there.');
  await expectNoTrace(world, popup, 'ccswitch', tabs);
});

test('the row is the user’s own: what has no icon is under Send to, and works from there', async ({
  world,
}) => {
  await world.connect();
  await world.addKey();
  const general = await world.options('#/general');
  await general.getByRole('checkbox', { name: 'Show Kelivo share code on keys' }).check();
  await general.goto(world.browser.url('options.html#/keys'));
  const card = cardOf(general, 'Relay');
  await expect(card.getByRole('button', { name: 'Copy Kelivo share code' })).toBeVisible();
  await expect(card.getByRole('button', { name: 'Open in Cherry Studio' })).toHaveCount(0);
  await card.getByRole('button', { name: 'Send to' }).click();
  const menu = general.getByRole('menu');
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  await menu.getByRole('menuitem', { name: 'Cherry Studio' }).click();
  await expect(sheetOf(general)).toContainText('handed to Cherry Studio');
  await expect(sheetOf(general).getByRole('button', { name: 'Continue' })).toBeFocused();
  await general.keyboard.press('Escape');
  await expect(sheetOf(general)).toBeHidden();
  await expect(card.getByRole('button', { name: 'Send to' })).toBeFocused();
});

test('what stands under Send to, and all that asks before a key is sent, is accessible', async ({
  world,
}) => {
  await world.connect();
  await world.addKey();
  const popup = await world.popup();
  const more = cardOf(popup, 'Relay').getByRole('button', { name: 'Send to' });
  await more.click();
  await expect(popup.getByRole('menu')).toBeVisible();
  expect(await checkAxe(popup)).toEqual([]);
  await popup.keyboard.press('Escape');
  for (const target of ['Open in AionUI', 'Open in NextChat', 'Copy as…', 'Save Kilo Code settings file']) {
    await more.click();
    await popup.getByRole('menuitem', { name: target }).click();
    await sheetOf(popup).waitFor();
    expect(await checkAxe(popup), target).toEqual([]);
    await popup.keyboard.press('Escape');
    await expect(sheetOf(popup)).toBeHidden();
  }
  await cardOf(popup, 'Relay').focus();
  await popup.keyboard.press('w');
  await sheetOf(popup).waitFor();
  expect(await checkAxe(popup)).toEqual([]);
  const general = await world.options('#/general');
  await general.getByRole('heading', { name: 'Icons on a key' }).waitFor();
  expect(await checkAxe(general)).toEqual([]);
});
