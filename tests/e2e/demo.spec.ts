import { BUILT } from '../../scripts/build-extension.ts';
import { checkBoth, fillIn } from '../../scripts/demo/fill-in.ts';
import { importInPopup } from '../../scripts/demo/import-in-popup.ts';
import { openServers } from '../../scripts/demo/servers.ts';
import { expect, test } from '@playwright/test';
import { launchExtension } from './support/launch.ts';

for (const [what, proxyVersion, second] of [
  ['a CLIProxyAPI 7', '7', false],
  ['a CLIProxyAPI 8', '8', false],
  ['a CLIProxyAPI 7 and one of 8', '7', true],
] as const) {
  test(`the demo without a window imports in the popup into ${what}, and every planned model is served`, async () => {
    const own = { cliproxyapi: undefined, relay: undefined };
    const options = { headless: true, json: false, ...own, proxyVersion, second };
    const servers = await openServers(options);
    const browser = await launchExtension({ extension: BUILT });
    try {
      await fillIn(browser.desk, servers);
      const report = await importInPopup(browser, servers, await checkBoth(browser.desk));
      expect(report).toMatchObject({ ok: true, missing: [] });
      expect(report.plan.text).not.toEqual([]);
      expect(report.result.sheet.join(' ')).toContain('CLIProxyAPI was asked which models it serves');
      expect(report.second?.missing).toEqual(second ? [] : undefined);
      expect(report.screenshots).toHaveLength(3);
    } finally {
      await browser.close();
      await servers.stop();
    }
  });
}
