import { startCliproxyapi } from '../../tests/fakes/cliproxyapi.ts';
import { fakeKey, startNewApi } from '../../tests/fakes/new-api.ts';
import { want } from '../../tests/e2e/support/ask.ts';
import { launchExtension, type ExtensionBrowser } from '../../tests/e2e/support/launch.ts';
import { BATCH_DEFAULTS } from '../../src/core/batch/batch';
import { figure, percentile, type Figure } from './figures.ts';
import { keyTimes, typeAndClear, watchKeys } from './key-to-paint.ts';

/** Of few keys into a large proxy, and of many into one of usual size. Milliseconds. */
const BATCHES = [
  { keys: 100, relays: 20, providers: 1_000 },
  { keys: 1_000, relays: 100, providers: 10, aims: { open: 10_000, prove: 40_000, undo: 5_000, press: 50 } },
] as const;
type Size = (typeof BATCHES)[number];

/** What the real server spends on comparing the management key, with every request. */
const BCRYPT_MS = 70;

/** Batches into a proxy whose providers have two hundred models each: opened, carried out and proved, undone. */
export async function measureBatch(extension: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const size of BATCHES) figures.push(...(await measureOne(extension, size)));
  return figures;
}

async function measureOne(extension: string, size: Size): Promise<Figure[]> {
  const { keys: KEYS, relays: RELAYS } = size;
  const aims = 'aims' in size ? size.aims : undefined;
  const proxy = await startCliproxyapi({ providers: providers(size.providers), bcryptMs: BCRYPT_MS });
  const relays = await Promise.all(
    Array.from({ length: RELAYS }, (_, at) =>
      startNewApi({
        models: Array.from({ length: 24 }, (_unused, model) => `relay-${at}-model-${model}`),
        keys: Array.from({ length: KEYS / RELAYS }, (_unused, key) => ({
          id: key + 1,
          name: `key ${key}`,
          key: fakeKey(`r${at}k`, key),
        })),
      }),
    ),
  );
  const browser = await launchExtension({ extension });
  try {
    const { desk } = browser;
    const { origin: address, managementKey } = proxy;
    await want(desk, 'connection.save', { address, managementKey, remember: 'device' });
    const keys = relays.flatMap((relay, at) =>
      relay.keys.map(({ key }) => ({ relayName: `Relay ${at}`, baseUrl: relay.origin, key: `sk-${key}` })),
    );
    await want(desk, 'keys.add', { keys, dry: false });
    const keyIds = (await want(desk, 'view', {})).keys.map(({ id }) => id);
    const batchId = 'bench';
    proxy.requests.length = 0;
    const opening = Date.now();
    const { hash } = await want(desk, 'batch.open', { batchId, keyIds });
    const openMs = Date.now() - opening;
    const planned = proxy.requests.length;
    proxy.requests.length = 0;
    const started = Date.now();
    const outcome = await want(desk, 'batch.apply', { batchId, options: BATCH_DEFAULTS, hash });
    if (outcome.kind !== 'done' || outcome.served !== KEYS) throw new Error(JSON.stringify(outcome));
    const ms = Date.now() - started;
    const proofs = proxy.requests.filter(({ path }) => path.includes('/auth-files/models')).length;
    const memory = await heapOfWorker(browser);
    const besides = proxy.requests.length - proofs;
    const undoing = Date.now();
    const undone = await want(desk, 'import.undo', { importId: batchId });
    if (undone.kind !== 'undone') throw new Error(JSON.stringify(undone));
    const undoMs = Date.now() - undoing;
    const what = `batch of ${KEYS.toLocaleString('en')} keys of ${RELAYS} relays`;
    const presses = aims ? await pressWhileApplied(browser, keyIds) : [];
    return [
      figure(`${what}, requests for the plan`, planned, 'requests', 1),
      figure(`${what}, until it is planned`, openMs, 'ms', aims?.open),
      // Read, write, read back, what is loaded, and a last look.
      figure(`${what}, requests besides the proofs`, besides, 'requests', 5),
      figure(`${what}, requests of its proofs`, proofs, 'requests'),
      figure(`${what}, until all are proved`, ms, 'ms', aims?.prove),
      figure(`${what}, memory of the worker after it`, memory, 'MB', 64),
      figure(`${what}, until it is undone`, undoMs, 'ms', aims?.undo),
      ...(aims
        ? [
            figure(
              `${what}, ${presses.length} key presses meanwhile to paint, 95 %`,
              percentile(presses, 0.95),
              'ms',
              aims.press,
            ),
          ]
        : []),
    ];
  } finally {
    await browser.close();
    await Promise.all([proxy.stop(), ...relays.map((relay) => relay.stop())]);
  }
}

const TYPED = ['relay 1', '0042', 'key 77', 'nothing like it'];

/**
 * Carries the batch out once more beside a page with all keys, in whose search somebody types until it ends; how long each
 * key press took until it was painted. A batch of its own, so that the page takes nothing from the times of the first.
 */
async function pressWhileApplied(browser: ExtensionBrowser, keyIds: string[]): Promise<number[]> {
  const { desk } = browser;
  const batchId = 'bench-typed';
  const { hash } = await want(desk, 'batch.open', { batchId, keyIds });
  const page = await browser.context.newPage();
  await page.goto(browser.url('options.html#/keys'));
  await page.locator('[data-key]').first().waitFor();
  await page.keyboard.press('/');
  await watchKeys(page);
  let isApplied = false;
  const applied = want(desk, 'batch.apply', { batchId, options: BATCH_DEFAULTS, hash }).finally(() => {
    isApplied = true;
  });
  // Waited for below; typing has begun by the time that it could fail.
  applied.catch(() => {});
  while (!isApplied) await typeAndClear(page, TYPED, () => !isApplied);
  const outcome = await applied;
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return keyTimes(page);
}

const providers = (count: number): Record<string, unknown>[] =>
  Array.from({ length: count }, (_, at) => ({
    name: `provider ${at}`,
    'base-url': `https://provider-${at}.example/v1`,
    'api-key-entries': [{ 'api-key': `sk-bench-of-provider-${at}` }],
    models: Array.from({ length: 200 }, (_unused, model) => ({
      name: `p${at}/m-${model}`,
      alias: `p${at}-m-${model}`,
    })),
  }));

/** Megabytes of JavaScript that the worker holds, as its engine counts them after a collection. */
async function heapOfWorker({ context }: ExtensionBrowser): Promise<number> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (!session) throw new Error('this Playwright shows no browser behind a persistent context');
  const { targetInfos } = await session.send('Target.getTargets');
  const worker = targetInfos.find(({ type }) => type === 'service_worker');
  if (!worker) throw new Error('the worker is asleep');
  const { sessionId } = await session.send('Target.attachToTarget', { targetId: worker.targetId });
  let id = 0;
  const call = (method: string): Promise<{ usedSize: number }> => {
    const mine = ++id;
    return new Promise((resolve) => {
      session.on('Target.receivedMessageFromTarget', ({ message }) => {
        const reply = JSON.parse(message) as { id: number; result: { usedSize: number } };
        if (reply.id === mine) resolve(reply.result);
      });
      void session.send('Target.sendMessageToTarget', {
        sessionId,
        message: JSON.stringify({ id: mine, method }),
      });
    });
  };
  await call('HeapProfiler.collectGarbage');
  const { usedSize } = await call('Runtime.getHeapUsage');
  return usedSize / 2 ** 20;
}
