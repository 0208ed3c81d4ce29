import { fakeKey, startNewApi, type FakeNewApi } from '../fakes/new-api.ts';
import type { Page } from '@playwright/test';
import { checkAxe } from './support/check-axe.ts';
import { sheetOf, toastsOf } from './support/interface.ts';
import { managementCalls, providersOf, servedModels, writesAt } from './support/servers.ts';
import { stopWorker } from './support/stop-worker.ts';
import { expect, test, type World } from './support/world.ts';

const KEYS = 40;
const RELAYS = 12;

/** Twelve relays with forty keys among them: one is down, one slow, one refuses, one lists 2,000 models. */
async function startRelays(): Promise<FakeNewApi[]> {
  const relays = await Promise.all(
    Array.from({ length: RELAYS }, (_, at) =>
      startNewApi({
        systemName: `Relay ${at}`,
        models:
          at === 3
            ? Array.from({ length: 2_000 }, (_unused, index) => `big-${index}`)
            : ['gpt-4o', `only-${at}`, 'text-embedding-3-small'],
        keys: Array.from({ length: 4 }, (_unused, index) => ({
          id: index + 1,
          name: `key ${index + 1}`,
          key: fakeKey(`r${at}k`, index),
        })),
      }),
    ),
  );
  await relays[0]!.stop();
  relays[1]!.faults.delayMs = 1_500;
  relays[2]!.faults.modelsStatus = 401;
  return relays;
}

async function addKeys(world: World, relays: FakeNewApi[]): Promise<void> {
  for (let index = 0; index < KEYS; index++) {
    const at = index % RELAYS;
    const key = `sk-${fakeKey(`r${at}k`, Math.floor(index / RELAYS))}`;
    await world.want('key.add', { relayName: `Relay ${at}`, baseUrl: relays[at]!.origin, key });
  }
}

test('forty keys of twelve relays go in with one write, and come out with one undo', async ({ world }) => {
  test.setTimeout(120_000);
  const relays = await startRelays();
  await world.connect();
  await addKeys(world, relays);
  await world.proxy.setLists('openai-compatibility', [
    {
      name: 'mine',
      'base-url': `${relays[5]!.origin}/v1`,
      priority: 7,
      models: [{ name: 'm', alias: 'm' }],
    },
  ]);
  const before = structuredClone(providersOf(world.proxy));
  const page = await world.options('#/keys');
  await page.getByRole('button', { name: `Select the ${KEYS} that can be imported` }).click();
  world.proxy.requests.length = 0;
  await page.getByRole('button', { name: `Import ${KEYS} keys` }).click();
  const dialog = sheetOf(page);
  const write = dialog.getByRole('button', { name: /^Import \d+ keys$/ });
  await expect(write).toBeVisible();
  // Relays 0 and 2 have four keys each.
  await expect(write).toHaveText('Import 32 keys');
  await expect(dialog).toContainText('8 keys cannot be imported');
  await expect(dialog).toContainText('Adds 9 providers, 32 keys, ');
  await expect(dialog).toContainText('refused the key (401)');
  expect(await checkAxe(page)).toEqual([]);
  expect(writesAt(world.proxy)).toEqual([]);
  await write.click();
  await expect(dialog).toContainText('32 of 40 keys served', { timeout: 60_000 });
  expect(await checkAxe(page)).toEqual([]);
  expect(writesAt(world.proxy)).toHaveLength(1);
  expect(providersOf(world.proxy)).toHaveLength(10);
  expect(providersOf(world.proxy)[0]).toMatchObject({ name: 'mine', priority: 7 });
  expect(await servedModels(world.proxy)).toContain('big-1999');
  await dialog.getByRole('button', { name: 'Undo import' }).click();
  await expect(toastsOf(page).filter({ hasText: 'undone' })).toBeVisible();
  await world.proxy.settled();
  expect(providersOf(world.proxy)).toEqual(before);
  expect(writesAt(world.proxy)).toHaveLength(2);
  await Promise.all(relays.slice(1).map((relay) => relay.stop()));
});

test('the page may be closed while a batch goes on: the next one shows how it ended', async ({ world }) => {
  const { page, write } = await openTwo(world);
  let reached = (): void => undefined;
  const arrived = new Promise<void>((resolve) => (reached = resolve));
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  world.proxy.faults.beforeWrite = async () => {
    reached();
    await held;
  };
  await write.click();
  await arrived;
  await page.close();
  goOn();
  const next = await world.options('#/keys');
  await expect(toastsOf(next)).toContainText('2 of 2 keys served');
  await expect(next.getByText('4 of 4 models served')).toHaveCount(2);
});

/** Two keys of the relay, and their plan, ready to be carried out. */
async function openTwo(world: World): Promise<{ page: Page; write: ReturnType<Page['locator']> }> {
  await world.connect();
  for (const number of [1, 2]) await world.addKey(number);
  const page = await world.options('#/keys');
  await page.getByRole('button', { name: 'Select the 2 that can be imported' }).click();
  await page.getByRole('button', { name: 'Import 2 keys' }).click();
  const write = sheetOf(page).getByRole('button', { name: 'Import 2 keys' });
  await expect(write).toBeEnabled();
  return { page, write };
}

test('the worker is stopped as the write of a batch arrives: its next life finds it and proves every key', async ({
  world,
}) => {
  const { page, write } = await openTwo(world);
  const stopped = new Promise<void>((resolve, reject) => {
    world.proxy.faults.onRequest = async (method) => {
      if (method === 'PUT') await stopWorker(world.browser).then(() => resolve(), reject);
    };
  });
  await write.click();
  await stopped;
  world.proxy.faults.onRequest = null;
  await page.close();
  const next = await world.options('#/keys');
  await expect(next.getByText('4 of 4 models served')).toHaveCount(2);
  expect(providersOf(world.proxy)).toHaveLength(1);
  expect(providersOf(world.proxy)[0]?.['api-key-entries']).toHaveLength(2);
});

test('somebody writes between the plan of a batch and its import: nothing is written before the new plan is agreed to', async ({
  world,
}) => {
  const { page, write } = await openTwo(world);
  const theirs = {
    name: 'theirs',
    'base-url': `${world.relay.origin}/v1`,
    priority: 3,
    models: [{ name: 'gpt-4o', alias: 'big' }],
  };
  await world.proxy.setLists('openai-compatibility', [theirs]);
  await write.click();
  await expect(sheetOf(page)).toContainText('Nothing was written');
  expect(writesAt(world.proxy)).toEqual([]);
  await sheetOf(page).getByRole('button', { name: 'Import 2 keys' }).click();
  await expect(page.getByText('4 of 4 models served')).toHaveCount(2);
  expect(providersOf(world.proxy)).toMatchObject([{ name: 'theirs', priority: 3 }]);
});

test('a wrong management key ends a batch with exactly one refused request', async ({ world }) => {
  const { page, write } = await openTwo(world);
  await world.want('connection.save', {
    address: world.proxy.origin,
    managementKey: 'mk-not-this-one',
    remember: 'device',
  });
  world.proxy.requests.length = 0;
  await write.click();
  await expect(sheetOf(page)).toContainText('refused the management key');
  expect(managementCalls(world.proxy)).toEqual(['GET /v0/management/config 401']);
  expect(providersOf(world.proxy)).toEqual([]);
});
