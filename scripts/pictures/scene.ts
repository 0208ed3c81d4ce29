import type { Page } from '@playwright/test';
import { startCliproxyapi } from '../../tests/fakes/cliproxyapi.ts';
import { DEFAULT_ACCESS_TOKEN, fakeKey, startNewApi } from '../../tests/fakes/new-api.ts';
import { cardOf, importPlan, openPlan } from '../../tests/e2e/support/interface.ts';
import type { ExtensionBrowser } from '../../tests/e2e/support/launch.ts';
import { proxyData } from '../demo/data.ts';
import { must } from '../demo/fill-in.ts';

/** What a relay counts a dollar as. */
const DOLLAR = 500_000;

const HARBOUR =
  'gpt-5 gpt-5-mini gemini-2.5-pro gemini-2.5-flash deepseek-chat qwen3-max kimi-k2 glm-4.6'.split(' ');
const LAGOON = 'claude-opus-4-1 claude-sonnet-4-5 claude-haiku-4-5'.split(' ');

/** The key that is imported in the pictures, and those that were before. */
export const NEXT_KEY = 'everyday';
const IMPORTED = ['research', 'weekend'];

export interface Scene {
  /** The popup with the keys of two relays. */
  page: Page;
  stop(): Promise<void>;
}

/** Two relays with two keys each, of which two are imported, and a CLIProxyAPI that had a provider already. */
export async function openScene(browser: ExtensionBrowser): Promise<Scene> {
  // CLIProxyAPI's own port looks like what users have, who may have it running.
  const proxy = await startCliproxyapi({ ...proxyData(), port: 8317 }).catch(() =>
    startCliproxyapi(proxyData()),
  );
  const relays = await Promise.all([
    startNewApi({
      systemName: 'Harbour Relay',
      models: HARBOUR,
      keys: [
        { id: 1, name: 'build server', key: fakeKey('build', 1), remainQuota: 12.5 * DOLLAR },
        { id: 2, name: NEXT_KEY, key: fakeKey('everyday', 2), remainQuota: 27.3 * DOLLAR },
      ],
    }),
    startNewApi({
      systemName: 'Lagoon AI',
      models: LAGOON,
      keys: [
        { id: 1, name: 'research', key: fakeKey('research', 5), remainQuota: 18 * DOLLAR },
        { id: 2, name: 'weekend', key: fakeKey('weekend', 6), remainQuota: 5 * DOLLAR },
      ],
    }),
  ]);
  const { desk } = browser;
  const { origin: address, managementKey } = proxy;
  await must(desk, 'connection.save', { address, managementKey, remember: 'session' });
  for (const { origin: siteUrl } of relays)
    await must(desk, 'account.add', { name: '', siteUrl, accessToken: DEFAULT_ACCESS_TOKEN, userId: '2' });
  await must(desk, 'connection.check', {});
  const page = await browser.context.newPage();
  await page.setViewportSize({ width: 400, height: 600 });
  await page.goto(browser.url('popup.html'));
  for (const name of IMPORTED) {
    await openPlan(page, name);
    await importPlan(page);
  }
  // What was said of these imports is read.
  await page.reload();
  await cardOf(page, NEXT_KEY).waitFor();
  return {
    page,
    stop: async () => {
      await Promise.all([proxy, ...relays].map((server) => server.stop()));
    },
  };
}
