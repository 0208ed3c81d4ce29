import type { Page } from '@playwright/test';
import { cardOf, importButton, sheetOf } from './support/interface.ts';
import { providersOf } from './support/servers.ts';
import { expect, test } from './support/world.ts';

const focusedName = (page: Page): Promise<string> =>
  page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
  );

/** Tab until the focus is on what has that name. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const seen: string[] = [];
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press('Tab');
    const focused = await focusedName(page);
    if (name.test(focused)) return;
    seen.push(focused);
  }
  throw new Error(`Tab never came to ${name}; it came by ${seen.join(' | ')}`);
}

test('import and undo with the keyboard only', async ({ world }) => {
  await world.connect();
  await world.addKey();
  const popup = await world.popup();
  await cardOf(popup, 'Relay').waitFor();
  await tabTo(popup, /^Relay, /);
  await popup.keyboard.press('i');
  await expect(importButton(popup)).toBeFocused();
  await popup.keyboard.press('Enter');
  await expect(popup.getByRole('heading', { name: 'Key “Relay” imported' })).toBeFocused();
  await popup.keyboard.press('Escape');
  await expect(sheetOf(popup)).toBeHidden();

  await expect(cardOf(popup, 'Relay')).toBeFocused();
  await popup.keyboard.press('z');
  await expect(cardOf(popup, 'Relay')).toContainText('Not in CLIProxyAPI');
  expect(providersOf(world.proxy)).toEqual([]);
});

test('Escape closes the sheet and gives the focus back; / goes to the search', async ({ world }) => {
  await world.connect();
  await world.addKey();
  await world.addAccount();
  const popup = await world.popup();
  await cardOf(popup, 'key 1').waitFor();
  await tabTo(popup, /^Relay, |^key /);
  await popup.keyboard.press('End');
  const last = await focusedName(popup);
  await popup.keyboard.press('i');
  await expect(importButton(popup)).toBeFocused();
  await popup.keyboard.press('Escape');
  await expect(sheetOf(popup)).toBeHidden();
  // CLIProxyAPI was asked for the plan, so the card knows more now; it is the same card.
  await expect.poll(() => focusedName(popup)).toBe(last.replace('Imported: unknown', 'Not in CLIProxyAPI'));
  await popup.keyboard.press('/');
  await expect(popup.getByRole('searchbox', { name: 'Search keys' })).toBeFocused();
  await popup.keyboard.type('key 2');
  await expect(popup.locator('[data-key]')).toHaveCount(1);
});
