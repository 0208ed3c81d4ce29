import type { Page } from '@playwright/test';
import { checkAxe } from './support/check-axe.ts';
import { cardOf, importButton, openPlan, sheetOf } from './support/interface.ts';
import { expect, test, type World } from './support/world.ts';

const PLACES = [
  '#/keys',
  '#/channels',
  '#/history',
  '#/general',
  '#/accounts',
  '#/aliases',
  '#/cliproxyapi',
  '#/new-api',
  '#/about',
];

const findings = async (page: Page, where: string): Promise<string[]> =>
  (await checkAxe(page)).map((finding) => `${where}: ${finding}`);

async function setTheme(world: World, theme: 'light' | 'dark'): Promise<void> {
  const { settings } = await world.want('view', {});
  await world.want('settings.save', { settings: { ...settings, theme } });
}

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the popup, ${theme}`, async ({ world }) => {
    await setTheme(world, theme);
    const first = await world.popup();
    await first.getByRole('heading', { level: 1 }).waitFor();
    const found = await findings(first, 'first run');
    await world.connect();
    await world.addKey();
    await world.addAccount();
    const popup = await world.popup();
    await cardOf(popup, 'key 1').waitFor();
    found.push(...(await findings(popup, 'keys')));
    await openPlan(popup, 'key 1');
    found.push(...(await findings(popup, 'sheet')));
    await importButton(popup).click();
    await expect(cardOf(popup, 'key 1')).toContainText('4 of 4 models served');
    await popup.getByRole('dialog', { name: /imported$/ }).waitFor();
    found.push(...(await findings(popup, 'result')));
    await popup.keyboard.press('Escape');
    found.push(...(await findings(popup, 'card after it')));
    expect(found).toEqual([]);
  });

  test(`axe finds nothing on the pages and in the dialog, ${theme}`, async ({ world }) => {
    await setTheme(world, theme);
    await world.connect();
    await world.addKey();
    await world.addAccount();
    await world.want('connection.check', {});
    const page = await world.options('#/keys');
    const found: string[] = [];
    for (const place of PLACES) {
      await page.goto(world.browser.url(`options.html${place}`));
      await page.getByRole('heading', { level: 1 }).waitFor();
      found.push(...(await findings(page, place)));
    }
    await page.goto(world.browser.url('options.html#/keys'));
    const sheet = await openPlan(page, 'key 1');
    await sheet.getByRole('button', { name: 'Choose models' }).click();
    await sheetOf(page).getByRole('searchbox').first().waitFor();
    found.push(...(await findings(page, 'full dialog')));
    expect(found).toEqual([]);
  });
}
