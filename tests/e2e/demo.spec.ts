import { BUILT } from '../../scripts/build-extension.ts';
import { checkBoth, fillIn } from '../../scripts/demo/fill-in.ts';
import { importInPopup } from '../../scripts/demo/import-in-popup.ts';
import { openServers } from '../../scripts/demo/servers.ts';
import { expect, test } from '@playwright/test';
import { launchExtension } from './support/launch.ts';

for (const proxyVersion of ['7', '8'] as const) {
  test(`the demo without a window imports in the popup into a CLIProxyAPI ${proxyVersion}, and every planned model is served`, async () => {
    const options = { headless: true, json: false, cliproxyapi: undefined, relay: undefined, proxyVersion };
    const servers = await openServers(options);
    const browser = await launchExtension({ extension: BUILT });
    try {
      await fillIn(browser.desk, servers);
      const report = await importInPopup(browser, servers, await checkBoth(browser.desk));
      expect(report).toMatchObject({ ok: true, missing: [] });
      expect(report.plan.text).not.toEqual([]);
      expect(report.result.sheet.join(' ')).toContain('CLIProxyAPI was asked which models it serves');
      expect(report.screenshots).toHaveLength(3);
    } finally {
      await browser.close();
      await servers.stop();
    }
  });
}
