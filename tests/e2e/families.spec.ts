import { recordings } from '../relays/recordings.ts';
import { startReplayServer } from '../relays/replay-server.ts';
import { PLAIN, SERVERS } from '../relays/servers.ts';
import { cardOf, field, importButton, importIcon, sheetOf } from './support/interface.ts';
import { providersOf, servedModels } from './support/servers.ts';
import { expect, test } from './support/world.ts';

for (const [family, { server, query, masked, count, first }] of Object.entries(SERVERS)) {
  test(`an account at ${family} is recognised and listed, and a key of it is served`, async ({ world }) => {
    await world.connect();
    const steps = recordings(server, [
      'status',
      'self-and-quota',
      'keys-list',
      ...(masked ? ['keys-reveal'] : []),
    ]);
    const relay = await startReplayServer(
      steps.filter(({ note }) => note !== 'no keys yet'),
      query,
      ['gpt-4o', 'deepseek-chat'],
    );
    const page = await world.options('#/accounts');
    await page.getByRole('button', { name: 'Add account' }).click();
    const dialog = sheetOf(page);
    await field(dialog, 'Site URL').fill(`${relay.origin}/console/token`);
    await field(dialog, 'Site URL').blur();
    await expect(dialog.getByRole('status')).toContainText(/has the settings|carry New API/);
    expect(relay.calls.every(({ headers }) => headers['authorization'] === undefined)).toBe(true);
    await field(dialog, 'Access token').fill(PLAIN.accessToken);
    await dialog.getByLabel(/^User ID/).fill(PLAIN.userId);
    await dialog.getByRole('button', { name: 'Add account' }).click();
    await expect(page.getByRole('listitem')).toContainText(`${count} keys`);

    await page.goto(world.browser.url('options.html#/keys'));
    const name = masked ? 'key-01' : 'key-04';
    await expect(cardOf(page, name).first()).toBeVisible();
    await importIcon(page, name).first().click();
    await importButton(page).click();
    await expect(cardOf(page, name).first()).toContainText('2 of 2 models served');
    expect(await servedModels(world.proxy)).toEqual(['deepseek-chat', 'gpt-4o']);
    const [provider] = providersOf(world.proxy);
    expect(provider).toMatchObject({ 'base-url': `${relay.origin}/v1` });
    if (first) expect(JSON.stringify(provider)).toContain('sk-');
    expect(JSON.stringify(provider)).not.toContain('**');
    expect(relay.calls.map(({ path }) => path)).not.toContain('/api/user/token');
    await relay.stop();
  });
}
