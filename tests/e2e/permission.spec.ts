import { startCliproxyapi } from '../fakes/cliproxyapi.ts';
import { ensureDisplayTools } from '../../scripts/display-tools.ts';
import { openDisplay, type Display } from './support/display.ts';
import { cardOf, importButton, importIcon, sheetOf, toastsOf } from './support/interface.ts';
import { managementCalls } from './support/servers.ts';
import { expect, test as base, type World } from './support/world.ts';
import { answerPrompt } from './support/permission-prompt.ts';

const MISSING = 'Xvfb, xdotool and ImageMagick are not here';

/** A browser with a window, on a screen of its own: only there does the browser ask. */
const test = base.extend<{ display: Display }>({
  display: async ({}, use, info) => {
    const found = await ensureDisplayTools();
    // Somebody who works on the code may lack a screen; what is merged has passed these tests.
    if (!found && process.env['CI']) throw new Error(MISSING);
    info.skip(!found, MISSING);
    const display = await openDisplay();
    await use(display);
    await display.close();
  },
  worldOptions: async ({ display }, use) => {
    await use({
      browser: {
        headed: true,
        display: display.name,
        viewport: null,
        args: [
          '--window-size=1200,850',
          '--window-position=0,0',
          '--host-resolver-rules=MAP proxy.example 127.0.0.1',
        ],
      },
    });
  },
});

/** The proxy under a name that is not this computer's. */
async function connectByName({ want, proxy, addKey }: World): Promise<void> {
  const address = proxy.origin.replace('127.0.0.1', 'proxy.example');
  await want('connection.save', { address, managementKey: proxy.managementKey, remember: 'device' });
  await addKey();
}

test('a host is asked for from a click on the page, and the import goes on', async ({ world, display }) => {
  await connectByName(world);
  const page = await world.options('#/keys');
  await importIcon(page, 'Relay').waitFor();
  await answerPrompt(display, () => importIcon(page, 'Relay').click(), 'allow');
  await importButton(page).click();
  await expect(cardOf(page, 'Relay')).toContainText('4 of 4 models served');
});

test('from the popup, which the prompt closes, the import goes on in a new one', async ({
  world,
  display,
}) => {
  await connectByName(world);
  const popup = await world.popup();
  await importIcon(popup, 'Relay').waitFor();
  const closed = popup.waitForEvent('close');
  await answerPrompt(display, () => importIcon(popup, 'Relay').click(), 'allow');
  await closed;
  const next = await world.openedPopup();
  await importButton(next).click();
  await expect(cardOf(next, 'Relay')).toContainText('4 of 4 models served');
});

test('a Deny in the popup sends nothing, and is said at the next opening', async ({ world, display }) => {
  await connectByName(world);
  const popup = await world.popup();
  await importIcon(popup, 'Relay').waitFor();
  await answerPrompt(display, () => importIcon(popup, 'Relay').click(), 'deny');
  const next = await world.popup();
  await expect(toastsOf(next)).toContainText('You did not allow access to proxy.example');
  await expect(sheetOf(next)).toBeHidden();
  expect(managementCalls(world.proxy)).toEqual([]);
});

test('a batch to several has its choices again after the prompt, whether it was allowed or not', async ({
  world,
  display,
}) => {
  const nas = await startCliproxyapi();
  await world.connect();
  for (const number of [1, 2]) await world.addKey(number);
  const address = nas.origin.replace('127.0.0.1', 'proxy.example');
  const { managementKey } = nas;
  await world.want('connection.add', { name: 'NAS', address, managementKey, remember: 'device' });
  const popup = await world.popup();
  await popup.getByRole('button', { name: 'Import all 2 into CLIProxyAPI' }).click();
  await sheetOf(popup)
    .getByRole('checkbox', { name: /^Keep names apart/ })
    .click();
  await sheetOf(popup).getByRole('checkbox', { name: /^NAS/ }).click();
  const allow = sheetOf(popup).getByRole('button', { name: /^Allow access to proxy\.example/ });
  await allow.waitFor();
  const closed = popup.waitForEvent('close');
  await answerPrompt(display, () => allow.click(), 'deny');
  await closed;
  // Denied: the same dialog is there at the next opening, and asks again.
  const again = await world.popup();
  const dialog = sheetOf(again);
  await expect(dialog.getByRole('checkbox', { name: /^NAS/ })).toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: /^Keep names apart/ })).toBeChecked();
  const closedAgain = again.waitForEvent('close');
  const next = dialog.getByRole('button', { name: /^Allow access to proxy\.example/ });
  await next.waitFor();
  await answerPrompt(display, () => next.click(), 'allow');
  await closedAgain;
  const last = await world.openedPopup();
  await sheetOf(last).getByRole('button', { name: 'Import to 2 CLIProxyAPIs' }).click();
  await expect(sheetOf(last).getByText('2 of 2 keys served')).toHaveCount(2);
  await nas.stop();
});
