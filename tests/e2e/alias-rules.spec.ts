import type { Page } from '@playwright/test';
import { checkAxe } from './support/check-axe.ts';
import { cardOf, field, importPlan, openPlan, sheetOf, toastsOf } from './support/interface.ts';
import { providersOf, servedModels } from './support/servers.ts';
import { expect, test } from './support/world.ts';

const models = [
  'openai/gpt-4o-2024-11-20',
  'claude-3-opus-instruct',
  'deepseek-ai/DeepSeek-V3',
  'gemini-2.5-pro-preview',
];

test.use({ worldOptions: { relay: { models } } });

const addRule = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click();
};
const rule = (page: Page, name: string) => page.getByRole('group', { name });
const shows = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Preview' }).getByRole('listitem').filter({ hasText: name });

/** A set that strips vendors, turns claude names round, lower-cases, and leaves previews out. */
async function makeSet(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New rule set' }).click();
  await field(page, 'Name').fill('Team names');
  await addRule(page, 'Strip vendor prefix');
  await addRule(page, 'Strip date');
  await addRule(page, 'Replace by a pattern');
  await field(rule(page, 'Rule 3: Replace by a pattern'), 'Pattern').fill('^claude-(\\d)-(\\w+)-instruct$');
  await field(rule(page, 'Rule 3: Replace by a pattern'), 'Replace with').fill('claude-$2-$1');
  await addRule(page, 'Lowercase');
  await addRule(page, 'Leave out names with these words');
  await field(rule(page, 'Rule 5: Leave out names with these words'), 'Words').fill('preview');
}

test('a set is made, tried on the models of a key, and names what is served, also at the next import', async ({
  world,
}) => {
  await world.connect();
  await world.addKey();
  const page = await world.options('#/aliases');
  await makeSet(page);
  await page.getByRole('button', { name: 'Use “Team names” by default' }).click();
  await page.getByLabel('Try on').selectOption({ label: 'Relay' });
  await expect(shows(page, 'openai/gpt-4o-2024-11-20')).toContainText('gpt-4o');
  await expect(shows(page, 'claude-3-opus-instruct')).toContainText('claude-opus-3');
  await expect(shows(page, 'gemini-2.5-pro-preview')).toContainText('By rule 5');
  await page.getByRole('checkbox', { name: /^Keep original names/ }).check();
  await expect(shows(page, 'deepseek-ai/DeepSeek-V3')).toContainText('Keeps its original name as well');
  expect(await checkAxe(page)).toEqual([]);

  await page.getByRole('link', { name: 'Keys' }).click();
  const sheet = await openPlan(page, 'Relay');
  await expect(sheet).toContainText('“Team names” leaves out 1 model.');
  await importPlan(page);
  await expect(cardOf(page, 'Relay')).toContainText('6 of 6 models served');
  expect(await servedModels(world.proxy)).toEqual(
    [...models.slice(0, 3), 'gpt-4o', 'claude-opus-3', 'deepseek-v3'].sort(),
  );

  // A later import takes what the relay offers since by the same rules; nobody chooses anything.
  world.relay.setModels([...models, 'x-ai/Grok-4', 'grok-5-preview']);
  await openPlan(page, 'Relay');
  await importPlan(page);
  await expect(cardOf(page, 'Relay')).toContainText('8 of 8 models served');
  expect(await servedModels(world.proxy)).toEqual(expect.arrayContaining(['grok-4', 'x-ai/Grok-4']));
  expect(providersOf(world.proxy)).toHaveLength(1);
});

test('another set may be chosen for a relay, and for a whole batch, which is remembered there', async ({
  world,
}) => {
  await world.connect();
  await world.addKey(1);
  await world.addKey(2);
  const page = await world.options('#/aliases');
  await makeSet(page);
  // Of the sample some collide and some are left out.
  expect(await checkAxe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Add a rule' }).click();
  expect(await checkAxe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.goto(world.browser.url('options.html#/keys'));
  await page.reload();
  await page.getByRole('button', { name: 'Select 2 that can be imported' }).click();
  await page.getByRole('button', { name: 'Import 2 keys' }).click();
  const dialog = sheetOf(page);
  await dialog.getByLabel('Rename rules').selectOption({ label: 'Team names' });
  await expect(dialog).toContainText('The rename rules leave out 2 models.');
  expect(await checkAxe(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Import 2 keys' }).click();
  await expect(dialog).toContainText('2 of 2 keys served');
  expect(await servedModels(world.proxy)).toEqual(['claude-opus-3', 'deepseek-v3', 'gpt-4o']);
  const { settings } = await world.want('view', {});
  expect(settings.ruleSet).toBeUndefined();
  expect(Object.values(settings.relayRules ?? {})).toEqual([settings.ruleSets?.[0]?.id]);
});

test('sets go to a file and come back from one, with nothing overwritten', async ({ world }) => {
  const page = await world.options('#/aliases');
  await makeSet(page);
  const rulesKept = async (): Promise<number | undefined> =>
    (await world.want('view', {})).settings.ruleSets?.[0]?.rules.filter(({ find }) => find !== '').length;
  await expect.poll(rulesKept).toBe(5);
  const { settings: before } = await world.want('view', {});
  await world.want('settings.save', { settings: { ...before, theme: 'dark' } });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await checkAxe(page)).toEqual([]);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export “Team names”' }).click();
  const file = await (await download).path();
  await page.getByRole('button', { name: 'Delete “Team names”' }).click();
  await expect(page.getByText('No rule set yet')).toBeVisible();
  await toastsOf(page).getByRole('button', { name: 'Undo' }).click();
  await field(page, 'Name').fill('Other');
  await expect(page.getByRole('button', { name: 'Delete “Other”' })).toBeVisible();
  await page.getByLabel('File with rule sets').setInputFiles(file);
  await page.getByRole('button', { name: 'Add 1 rule set' }).click();
  await expect(page.getByRole('button', { name: 'Delete “Team names”' })).toBeVisible();
  const { settings } = await world.want('view', {});
  expect(settings.ruleSets?.map(({ name, rules }) => [name, rules.length])).toEqual([
    ['Other', 5],
    ['Team names', 5],
  ]);
});
