import { startCliproxyapi } from '../../tests/fakes/cliproxyapi.ts';
import { fakeKey, startNewApi } from '../../tests/fakes/new-api.ts';
import { want } from '../../tests/e2e/support/ask.ts';
import { launchExtension, type ExtensionBrowser } from '../../tests/e2e/support/launch.ts';
import { BATCH_DEFAULTS } from '../../src/core/batch/batch';
import { figure, type Figure } from './figures.ts';

const [KEYS, RELAYS] = [100, 20];
/** What the real server spends on comparing the management key, with every request. */
const BCRYPT_MS = 70;

/** A hundred keys of twenty relays into a proxy with a thousand providers of two hundred models. */
export async function measureBatch(extension: string): Promise<Figure[]> {
  const proxy = await startCliproxyapi({ providers: providers(1_000), bcryptMs: BCRYPT_MS });
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
    const { hash } = await want(desk, 'batch.open', { batchId, keyIds });
    const planned = proxy.requests.length;
    proxy.requests.length = 0;
    const started = Date.now();
    const outcome = await want(desk, 'batch.apply', { batchId, options: BATCH_DEFAULTS, hash });
    if (outcome.kind !== 'done' || outcome.served !== KEYS) throw new Error(JSON.stringify(outcome));
    const ms = Date.now() - started;
    const proofs = proxy.requests.filter(({ path }) => path.includes('/auth-files/models')).length;
    const what = `batch of ${KEYS} keys of ${RELAYS} relays`;
    return [
      figure(`${what}, requests for the plan`, planned, 'requests', 1),
      // Read, write, read back, and a last look.
      figure(`${what}, requests besides the proofs`, proxy.requests.length - proofs, 'requests', 4),
      figure(`${what}, requests of its proofs`, proofs, 'requests'),
      figure(`${what}, until all are proved`, ms, 'ms'),
      figure(`${what}, memory of the worker after it`, await heapOfWorker(browser), 'MB', 64),
    ];
  } finally {
    await browser.close();
    await Promise.all([proxy.stop(), ...relays.map((relay) => relay.stop())]);
  }
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
