import type { Locator, Page } from '@playwright/test';

/** The card of a key, by the name on it. */
export const cardOf = (page: Page, keyName: string): Locator =>
  page.locator('[data-key]').filter({ hasText: keyName });

export const importIcon = (page: Page, keyName: string): Locator =>
  cardOf(page, keyName).getByRole('button', { name: /into CLIProxyAPI$/ });

/** What the icon of a card opens: the short plan, the full dialog, or why there is neither. */
export const sheetOf = (page: Page): Locator => page.getByRole('dialog');

/** The button that writes, whatever is left to be done. */
export const importButton = (page: Page): Locator =>
  sheetOf(page).getByRole('button', { name: /^(Import [\d,]+ models?|Add key|Check what is served)$/ });

export const toastsOf = (page: Page): Locator => page.locator('[data-sonner-toast][data-visible=true]');

export const field = (page: Page | Locator, label: string): Locator =>
  page.getByLabel(label, { exact: true });

/** Clicks the icon of a key's card and waits for a plan that can be carried out. */
export async function openPlan(page: Page, keyName: string): Promise<Locator> {
  await importIcon(page, keyName).click();
  await importButton(page).waitFor();
  return sheetOf(page);
}

/** Whatever glides in has arrived. What is interrupted rejects, and is none of our business. */
export async function comesToRest(page: Page): Promise<void> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
}
