import type { Locator, Page } from '@playwright/test';

/** The card of a key, by the name on it. */
export const cardOf = (page: Page, keyName: string): Locator =>
  page.locator('[data-key]').filter({ hasText: keyName });

export const importIcon = (page: Page, keyName: string): Locator =>
  cardOf(page, keyName).getByRole('button', { name: /into CLIProxyAPI$/ });

/** Chooses what stands under More on a card. */
export async function chooseMore(page: Page, keyName: string, item: string): Promise<void> {
  await cardOf(page, keyName).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** What the icon of a card opens: the short plan, the full dialog, or why there is neither. */
export const sheetOf = (page: Page): Locator => page.getByRole('dialog');

/** The button that writes, whatever is left to be done. */
export const importButton = (page: Page): Locator =>
  sheetOf(page).getByRole('button', {
    name: /^(Import key with [\d,]+ models?|Add key|Add [\d,]+ models?|Check what is served)$/,
  });

export const toastsOf = (page: Page): Locator => page.locator('[data-sonner-toast][data-visible=true]');

export const field = (page: Page | Locator, label: string): Locator =>
  page.getByLabel(label, { exact: true });

/** Clicks the icon of a key's card and waits for a plan that can be carried out. */
export async function openPlan(page: Page, keyName: string): Promise<Locator> {
  await importIcon(page, keyName).click();
  await importButton(page).waitFor();
  return sheetOf(page);
}

/** What the sheet of a plan becomes when the import has ended. */
export const resultOf = (page: Page): Locator =>
  page.getByRole('dialog', { name: /^Key “.*” (imported|checked)$/ });

/** Carries the plan out, waits in its sheet for how it ended, and closes that. */
export async function importPlan(page: Page): Promise<void> {
  await importButton(page).click();
  await resultOf(page).waitFor();
  await page.keyboard.press('Escape');
  await sheetOf(page).waitFor({ state: 'detached' });
}

/** Whatever glides in has arrived. What is interrupted rejects, and is none of our business. */
export async function comesToRest(page: Page): Promise<void> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
}
