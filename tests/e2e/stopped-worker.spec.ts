import type { FakeCliproxyapi } from '../fakes/cliproxyapi.ts';
import { cardOf, importButton, openPlan } from './support/interface.ts';
import { providersOf, servedModels } from './support/servers.ts';
import { stopWorker } from './support/stop-worker.ts';
import { CHAT_MODELS, expect, test, type World } from './support/world.ts';

const FOREIGN = {
  name: 'somebody else',
  'base-url': 'https://elsewhere.example/v1',
  'api-key-entries': [{ 'api-key': 'sk-foreign-0001', weight: 2 }],
  models: [{ name: 'big', alias: 'huge' }],
};

test.use({ worldOptions: { proxy: { providers: [FOREIGN] } } });

type Step = (proxy: FakeCliproxyapi, stop: () => Promise<void>) => void;

const onRequest =
  (wanted: (line: string) => boolean, nth = 1): Step =>
  (proxy, stop) => {
    let seen = 0;
    proxy.faults.onRequest = async (method, path) => {
      if (!wanted(`${method} ${path}`) || ++seen !== nth) return;
      await stop();
    };
  };

const isRead = (line: string): boolean => line.endsWith('/config') && line.startsWith('GET');
const isWrite = (line: string): boolean => line.startsWith('PUT') || line.startsWith('PATCH');
const isProof = (line: string): boolean => line.includes('/auth-files/models');

/** Where the worker is stopped, counted from the click on Import, and whether the write gets through. */
const STEPS: { name: string; at: Step; written: boolean }[] = [
  { name: 'while it reads the list', at: onRequest(isRead), written: false },
  { name: 'as its write arrives, which the proxy carries out', at: onRequest(isWrite), written: true },
  {
    name: 'as its write arrives, which the proxy loses',
    at: (proxy, stop) => {
      proxy.faults.dropBeforeWrite = 1;
      onRequest(isWrite)(proxy, stop);
    },
    written: false,
  },
  { name: 'while it reads back', at: onRequest(isRead, 2), written: true },
  { name: 'while it asks what is served', at: onRequest(isProof), written: true },
];

for (const { name, at, written } of STEPS) {
  test(`the worker is stopped ${name}`, async ({ world }) => {
    const { proxy } = world;
    await world.connect();
    await world.addKey();
    const popup = await world.popup();
    await openPlan(popup, 'Relay');
    const stopped = new Promise<void>((resolve, reject) => {
      at(proxy, async () => {
        await stopWorker(world.browser).then(() => resolve(), reject);
      });
    });
    await importButton(popup).click();
    await stopped;
    proxy.faults.onRequest = null;
    await proxy.settled();

    await (written ? expectProved(world) : expectFinishable(world));

    await proxy.settled();
    expect(providersOf(proxy).map((provider) => provider['name'])).toEqual(['somebody else', 'Relay']);
    expect(providersOf(proxy)[0]).toMatchObject(FOREIGN);
    expect(providersOf(proxy)[1]?.['api-key-entries']).toHaveLength(1);
    expect(await servedModels(proxy)).toEqual(expect.arrayContaining(CHAT_MODELS));
  });
}

/** The next start of the worker finds the write in the list and proves it, without a hand. */
async function expectProved(world: World): Promise<void> {
  const popup = await world.popup();
  await expect(cardOf(popup, 'Relay')).toContainText('4 of 4 models served');
}

/** Nothing was written: the card says so, or is as it was, and the import can be had with a click. */
async function expectFinishable(world: World): Promise<void> {
  const popup = await world.popup();
  const card = cardOf(popup, 'Relay');
  await expect(card).toContainText(/list does not show it|Not in CLIProxyAPI/);
  const finish = card.getByRole('button', { name: 'Finish' });
  if (await finish.isVisible()) await finish.click();
  else {
    await openPlan(popup, 'Relay');
    await importButton(popup).click();
  }
  await expect(card).toContainText('4 of 4 models served');
}
