import type { ExtensionBrowser } from '../../tests/e2e/support/launch.ts';
import type { DemoServers } from './servers.ts';

/** Shows the extension to the user, and stays until the window is closed or the demo is interrupted. */
export async function guide(browser: ExtensionBrowser, servers: DemoServers): Promise<void> {
  await browser.desk.goto(browser.url('options.html'));
  process.stdout.write(`${instructions(servers)}\n`);
  await new Promise<void>((resolve) => {
    browser.context.once('close', () => resolve());
    process.once('SIGINT', () => resolve());
  });
}

const instructions = ({ proxy, second, relay }: DemoServers): string => `
A browser window with KeyFerry is open. It is connected to
  CLIProxyAPI  ${proxy.address}${second ? `\n  another one  ${second.address}` : ''}
  relay        ${relay.address}

1. Click the puzzle piece in the toolbar, then KeyFerry (pin it, if you like).
2. On a key's card press Import: the plan opens.
3. Press "Import key with … models". The sheet then says how many are served, how that was checked, and has Undo.
4. Press "Import again" on the card: the plan says that nothing is left to do.

The same cards, History and all settings are on the page that is open in the window.
Close the window, or press Ctrl+C here, to end the demo.`;
