import type { Page } from '@playwright/test';
import { startCliproxyapi, type FakeCliproxyapi } from '../../tests/fakes/cliproxyapi.ts';
import { fakeKey, startNewApi } from '../../tests/fakes/new-api.ts';
import { want } from '../../tests/e2e/support/ask.ts';
import { cardOf, importButton } from '../../tests/e2e/support/interface.ts';
import { launchExtension } from '../../tests/e2e/support/launch.ts';
import { openPopup } from '../../tests/e2e/support/open-popup.ts';
import { waitForCard } from '../../tests/e2e/support/wait-for-card.ts';
import { figure, median, type Figure } from './figures.ts';

const IMPORTS = 3;
/** What the real server spends on comparing the management key, with every request. */
const BCRYPT_MS = 70;

const providers = Array.from({ length: 10 }, (_, at) => ({
  name: `provider ${at}`,
  'base-url': `https://provider-${at}.example/v1`,
  'api-key-entries': [{ 'api-key': `sk-bench-of-provider-${at}` }],
  models: Array.from({ length: 20 }, (_unused, model) => ({
    name: `p${at}/m-${model}`,
    alias: `p${at}-m-${model}`,
  })),
}));

/** What the proxy may be asked for the plan, and from the click on Import with one proof. */
const WORLDS = [
  { world: '7.2', server: {}, most: { plan: 1, click: 5 } },
  { world: '8, new layout', server: { version: '8.0.20', layout: 'new' }, most: { plan: 3, click: 7 } },
] as const;
type World = (typeof WORLDS)[number];

/** Imports some keys in the popup, one after another, each of a relay of its own, and counts what the proxy is asked. */
export async function measureImport(extension: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const world of WORLDS) figures.push(...(await measureIn(extension, world)));
  return figures;
}

async function measureIn(extension: string, { world, server, most }: World): Promise<Figure[]> {
  const proxy = await startCliproxyapi({ providers, bcryptMs: BCRYPT_MS, ...server });
  const relays = await Promise.all(Array.from({ length: IMPORTS }, (_, at) => startRelay(at)));
  const browser = await launchExtension({ extension });
  try {
    const { desk } = browser;
    const { origin: address, managementKey } = proxy;
    await want(desk, 'connection.save', { address, managementKey, remember: 'device' });
    const runs: ImportRun[] = [];
    for (const [at, relay] of relays.entries()) {
      const relayName = `Relay ${at}`;
      const key = `sk-${fakeKey('bench', at)}`;
      const keyId = await want(desk, 'key.add', { relayName, baseUrl: relay.origin, key });
      const { page, release } = await openPopup(browser);
      runs.push(await importOnce(page, desk, proxy, { keyId, relayName }));
      await release();
    }
    return [
      figure(
        `import (${world}), requests at the proxy for the plan`,
        worst(runs, 'planRequests'),
        'requests',
        most.plan,
      ),
      figure(
        `import (${world}), requests at the proxy from the click on Import`,
        worst(runs, 'requests'),
        'requests',
        most.click,
      ),
      figure(
        `import (${world}), most requests in flight at the proxy`,
        worst(runs, 'inFlight'),
        'requests',
        2,
      ),
      figure(
        `import (${world}), click to served, 10 providers`,
        median(runs.map((run) => run.ms)),
        'ms',
        1_500,
      ),
    ];
  } finally {
    await browser.close();
    await Promise.all([proxy.stop(), ...relays.map((relay) => relay.stop())]);
  }
}

const startRelay = (at: number): ReturnType<typeof startNewApi> =>
  startNewApi({
    models: Array.from({ length: 24 }, (_, model) => `relay-${at}-model-${model}`),
    keys: [{ id: 1, name: 'bench', key: fakeKey('bench', at) }],
  });

interface ImportRun {
  planRequests: number;
  requests: number;
  inFlight: number;
  ms: number;
}

const worst = (runs: ImportRun[], what: keyof ImportRun): number => Math.max(...runs.map((run) => run[what]));

async function importOnce(
  popup: Page,
  desk: Page,
  proxy: FakeCliproxyapi,
  { keyId, relayName }: { keyId: string; relayName: string },
): Promise<ImportRun> {
  proxy.requests.length = 0;
  await cardOf(popup, relayName).getByRole('button', { name: 'Import into CLIProxyAPI' }).click();
  await importButton(popup).waitFor();
  const planRequests = proxy.requests.length;
  const flight = countFlight(proxy);
  const clicked = await popup.evaluate(() => Date.now());
  await importButton(popup).click();
  const { card } = await waitForCard(desk, keyId, clicked);
  if (card?.kind !== 'proved' || card.served !== card.total)
    throw new Error(`the import did not end well: ${JSON.stringify(card)}`);
  const requests = proxy.requests.length - planRequests;
  return { planRequests, requests, inFlight: flight(), ms: card.at - clicked };
}

/** A request without a status has no answer yet. */
function countFlight(proxy: FakeCliproxyapi): () => number {
  let most = 0;
  proxy.faults.onRequest = () => {
    most = Math.max(most, proxy.requests.filter((request) => request.status === 0).length);
  };
  return () => {
    proxy.faults.onRequest = null;
    return most;
  };
}
