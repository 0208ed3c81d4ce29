import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import type { ExtensionBrowser } from './launch.ts';

export interface Popup {
  page: Page;
  /** Leaves the browser and the popup as they are; the popup closes as ever, when something else gets the focus. */
  release(): Promise<void>;
}

/**
 * The real popup of the toolbar. Playwright is told nothing of it, but a second client that connects after it has
 * opened finds it as a page. `over`: the tab that it is opened over.
 */
export async function openPopup(browser: ExtensionBrowser, over = browser.desk): Promise<Popup> {
  await over.bringToFront();
  await browser.desk.evaluate(() => chrome.action.openPopup());
  return findPopup(browser);
}

/** The popup that is open, or is just being opened by the extension itself. */
export async function findPopup(browser: ExtensionBrowser): Promise<Popup> {
  await browser.desk.evaluate(popupIsOpen);
  const [port] = (await readFile(join(browser.profile, 'DevToolsActivePort'), 'utf8')).split('\n');
  const client = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const pages = client.contexts().flatMap((context) => context.pages());
  const page = pages.find((candidate) => candidate.url().startsWith(browser.url('popup.html')));
  if (!page) {
    await client.close();
    throw new Error('the popup closed again');
  }
  await page.waitForLoadState();
  return { page, release: () => client.close() };
}

/** A client that connects too early never sees the popup, so the browser is asked first; it has no event for this. */
async function popupIsOpen(): Promise<void> {
  const until = Date.now() + 10_000;
  while ((await chrome.runtime.getContexts({ contextTypes: ['POPUP'] })).length === 0) {
    if (Date.now() > until) throw new Error('the popup did not open');
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}
