import { startNewApi } from '../../tests/fakes/new-api.ts';
import { want } from '../../tests/e2e/support/ask.ts';
import { launchExtension } from '../../tests/e2e/support/launch.ts';
import { figure, percentile, type Figure } from './figures.ts';
import { keyTimes, typeAndClear, watchKeys } from './key-to-paint.ts';

const CHANNELS = 1_000;
const MODELS = 100;
const ADMIN = { id: 1, username: 'root', accessToken: 'LabPatBenchFakeKeyFakeKeyFak0001', role: 100 };
const TYPED = ['channel 1', '0042', 'model-77', 'nothing like it'];

/** The channels of a New API on their page: from a key press in the search until the frame that shows the letter. */
export async function measureManyChannels(extension: string): Promise<Figure[]> {
  const channels = Array.from({ length: CHANNELS }, (_, at) => ({
    name: `channel ${String(at).padStart(4, '0')}`,
    key: `sk-bench-secret-of-channel-${at}`,
    baseUrl: `https://relay-${at % 100}.example`,
    models: Array.from({ length: MODELS }, (_unused, model) => `vendor-${at % 20}/model-${model}`).join(','),
    group: at % 3 ? 'default' : 'vip',
  }));
  const site = await startNewApi({ users: [ADMIN], channels });
  const browser = await launchExtension({ extension });
  try {
    const newApiId = await want(browser.desk, 'new-api.save', {
      name: 'Bench',
      siteUrl: site.origin,
      accessToken: ADMIN.accessToken,
      userId: String(ADMIN.id),
    });
    const page = await browser.context.newPage();
    await page.goto(browser.url(`options.html#/channels/${newApiId}`));
    await page.locator(`[role="table"][aria-rowcount="${CHANNELS + 1}"]`).waitFor();
    await page.getByRole('searchbox').click();
    await watchKeys(page);
    await typeAndClear(page, TYPED);
    const times = await keyTimes(page);
    const rows = await page.locator('[data-row]').count();
    const what = `${CHANNELS.toLocaleString('en')} channels`;
    return [
      figure(`${what}: key press to paint, 95 %`, percentile(times, 0.95), 'ms', 32),
      figure(`${what}: drawn`, rows, 'rows', 60),
    ];
  } finally {
    await browser.close();
    await site.stop();
  }
}
