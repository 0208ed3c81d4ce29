import { cardOf, importPlan, openPlan } from '../support/interface.ts';
import { expect, test } from '../support/world.ts';

test.use({ worldOptions: { proxy: { version: '8.0.20', layout: 'mixed' } } });

test('a file that an import converted is put back from the page of CLIProxyAPI', async ({ world }) => {
  const before = world.proxy.file;
  await world.connect();
  await world.addKey();
  const popup = await world.popup();
  await openPlan(popup, 'Relay');
  await importPlan(popup);
  await expect(cardOf(popup, 'Relay')).toContainText('4 of 4 models served');
  expect(world.proxy.file).toContain('config-version: 8');

  const page = await world.options('#/cliproxyapi');
  const restore = page.getByRole('button', { name: 'Restore config.yaml as it was' });
  await restore.click();
  await expect(page.getByRole('alertdialog')).toContainText('whoever wrote it');
  await restore.click();
  await expect(page.getByText('config.yaml is as it was before the change.')).toBeVisible();
  expect(world.proxy.file).toBe(before);
  await expect(cardOf(await world.popup(), 'Relay')).toContainText('Not in CLIProxyAPI');
});
