import { rm } from 'node:fs/promises';
import { isLoopbackHost, parseHttpUrl } from '../src/core/base-url.ts';
import { hostPattern } from '../src/core/connection/management-url';
import { ask } from '../tests/e2e/support/ask.ts';
import { grantHosts } from '../tests/e2e/support/grant-hosts.ts';
import { launchExtension } from '../tests/e2e/support/launch.ts';
import { buildExtension } from './build-extension.ts';
import { checkBoth, fillIn } from './demo/fill-in.ts';
import { guide } from './demo/guide.ts';
import { importInPopup } from './demo/import-in-popup.ts';
import { readOptions, USAGE, UsageError, type DemoOptions } from './demo/options.ts';
import { reportText, withoutSecrets, type DemoReport } from './demo/report.ts';
import { openServers, type DemoServers } from './demo/servers.ts';
import { Advice } from './advice.ts';

/** `npm run demo`: the extension with everything around it; see USAGE. */
async function main(): Promise<number> {
  const options = optionsOrUsage();
  if (options === 'help') return 0;
  if (options === 'usage') return 2;
  const servers = await openServers(options);
  try {
    return await demonstrate(options, servers);
  } catch (error) {
    printFailure(options, withoutSecrets(sentenceOf(error), servers.secrets));
    return 1;
  } finally {
    await servers.stop();
  }
}

function optionsOrUsage(): DemoOptions | 'help' | 'usage' {
  const hasDisplay =
    process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  try {
    const options = readOptions(process.argv.slice(2), hasDisplay, process.env);
    if (options === 'help') console.log(USAGE);
    return options;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    return 'usage';
  }
}

async function demonstrate(options: DemoOptions, servers: DemoServers): Promise<number> {
  const built = await buildExtension();
  const extension = options.headless ? await withHosts(built, servers) : built;
  const browser = await launchExtension({
    extension,
    headed: !options.headless,
    viewport: options.headless ? { width: 1280, height: 900 } : null,
  });
  try {
    await fillIn(browser.desk, servers);
    if (!options.headless) {
      // Only for the picture: what fails here the user sees, and can settle, on the pages.
      await ask(browser.desk, 'connection.check', {});
      await guide(browser, servers);
      return 0;
    }
    const key = await checkBoth(browser.desk);
    const report = await importInPopup(browser, servers, key);
    printReport(options, report, servers.secrets);
    return report.ok ? 0 : 1;
  } finally {
    await browser.close();
    if (extension !== built) await rm(extension, { recursive: true });
  }
}

/** Nobody can answer a permission prompt in a headless browser, so the hosts of the user's own servers are granted. */
async function withHosts(built: string, { proxy, relay }: DemoServers): Promise<string> {
  const urls = [proxy.address, relay.address].flatMap((address) => parseHttpUrl(address) ?? []);
  const patterns = urls.filter((url) => !isLoopbackHost(url.hostname)).map(hostPattern);
  return patterns.length > 0 ? grantHosts(built, patterns) : built;
}

function printReport({ json }: DemoOptions, report: DemoReport, secrets: string[]): void {
  const text = json ? JSON.stringify(report, null, 2) : reportText(report);
  console.log(withoutSecrets(text, secrets));
}

function printFailure({ json }: DemoOptions, sentence: string): void {
  if (json) console.log(JSON.stringify({ ok: false, error: sentence }, null, 2));
  else console.error(sentence);
}

function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof Advice) return text;
  return `The demo broke off: ${text.split('\n')[0]}\nRun it again; if that does not help, "npm test" shows which part is broken.`;
}

process.exitCode = await main();
