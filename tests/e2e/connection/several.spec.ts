import { startCliproxyapi, type FakeCliproxyapi } from '../../fakes/cliproxyapi.ts';
import { checkAxe } from '../support/check-axe.ts';
import { cardOf, importIcon, openPlan, sheetOf, toastsOf } from '../support/interface.ts';
import { providersOf, servedModels, writesAt } from '../support/servers.ts';
import { CHAT_MODELS, expect, test, type World } from '../support/world.ts';

/** A second CLIProxyAPI, connected under the name of NAS; the caller stops it. */
async function connectNas(world: World): Promise<FakeCliproxyapi> {
  const nas = await startCliproxyapi();
  await world.connect();
  const { origin: address, managementKey } = nas;
  await world.want('connection.add', { name: 'NAS', address, managementKey, remember: 'device' });
  await world.addKey();
  return nas;
}

test('a key goes to two in three clicks, is served at both, and comes out of both with one undo', async ({
  world,
}) => {
  const nas = await connectNas(world);
  const popup = await world.popup();
  await importIcon(popup, 'Relay').click();
  const sheet = sheetOf(popup);
  await sheet.getByRole('checkbox', { name: /^NAS/ }).click();
  await expect(sheet).toContainText(/The same as in “.*”\./);
  expect(await checkAxe(popup)).toEqual([]);
  expect([writesAt(world.proxy), writesAt(nas)]).toEqual([[], []]);
  await sheet.getByRole('button', { name: 'Import to 2 CLIProxyAPIs' }).click();

  const text = 'All 4 models are served through this key.';
  await expect(sheet.getByText(text)).toHaveCount(2);
  expect(await checkAxe(popup)).toEqual([]);
  for (const proxy of [world.proxy, nas]) {
    expect(await servedModels(proxy)).toEqual(expect.arrayContaining(CHAT_MODELS));
    expect(writesAt(proxy)).toHaveLength(1);
  }
  await sheet.getByRole('button', { name: 'Undo everywhere' }).click();
  await expect(toastsOf(popup).filter({ hasText: 'undone' })).toBeVisible();
  await expect.poll(() => [providersOf(world.proxy), providersOf(nas)]).toEqual([[], []]);

  const history = await world.options('#/history');
  await expect(
    history
      .getByText(/^Imported 1 key to CLIProxyAPI \(.*, NAS\)$|^Imported 1 key to CLIProxyAPI \(NAS, .*\)$/)
      .first(),
  ).toBeVisible();
  await nas.stop();
});

test('one that is down is said to be so, and holds up nothing', async ({ world }) => {
  const nas = await connectNas(world);
  await nas.stop();
  const page = await world.options('#/keys');
  const sheet = await openPlan(page, 'Relay');
  await sheet.getByRole('checkbox', { name: /^NAS/ }).click();
  await expect(sheet).toContainText('Nothing answers at');
  await sheet.getByRole('button', { name: 'Import key with 4 models' }).click();
  await expect(sheet).toContainText('All 4 models are served through this key.');
  await page.keyboard.press('Escape');
  await expect(cardOf(page, 'Relay')).toContainText('4 of 4 models served');
});

test('where the first is down the same import goes to the other with one click', async ({ world }) => {
  const nas = await connectNas(world);
  await world.proxy.stop();
  const page = await world.options('#/keys');
  await importIcon(page, 'Relay').click();
  const sheet = sheetOf(page);
  await expect(sheet).toContainText('Nothing answers at');
  expect(await checkAxe(page)).toEqual([]);
  await sheet.getByRole('button', { name: 'Import to “NAS” instead…' }).click();
  await sheet.getByRole('button', { name: 'Import key with 4 models' }).click();
  await expect(sheet).toContainText('All 4 models are served through this key.');
  expect(await servedModels(nas)).toEqual(expect.arrayContaining(CHAT_MODELS));
  await nas.stop();
});

test('two keys go to two at once', async ({ world }) => {
  const nas = await connectNas(world);
  await world.addKey(2);
  const page = await world.options('#/keys');
  await page.getByRole('button', { name: 'Import all 2' }).click();
  const dialog = sheetOf(page);
  await dialog.getByRole('checkbox', { name: /^NAS/ }).click();
  await dialog.getByRole('button', { name: 'Import to 2 CLIProxyAPIs' }).click();
  await expect(dialog.getByText('2 of 2 keys served')).toHaveCount(2);
  expect([writesAt(world.proxy), writesAt(nas)].map((writes) => writes.length)).toEqual([1, 1]);
  await dialog.getByRole('button', { name: 'Undo everywhere' }).click();
  await expect.poll(() => [providersOf(world.proxy), providersOf(nas)]).toEqual([[], []]);
  await nas.stop();
});
