import type { Page } from '@playwright/test';
import { startCliproxyapi } from '../../tests/fakes/cliproxyapi.ts';
import { fakeKey, startNewApi } from '../../tests/fakes/new-api.ts';
import { want } from '../../tests/e2e/support/ask.ts';
import { cardOf, sheetOf } from '../../tests/e2e/support/interface.ts';
import { launchExtension } from '../../tests/e2e/support/launch.ts';
import { figure, percentile, type Figure } from './figures.ts';
import { keyTimes, typeAndClear, watchKeys } from './key-to-paint.ts';

const modelsOf = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `vendor-${at % 20}/model-${at}-20250101`);
const TYPED = ['model-1', 'vendor-7/model-12', '20250101', 'nothing like it', 'vendor-19'];

/** The full dialog with 2,000 models, in a tab: from a key press in its search until the frame that shows it. */
export const measureBigDialog = (extension: string): Promise<Figure[]> =>
  inDialog(extension, 2_000, async (page) => {
    const times = await typeAll(page);
    const rows = await sheetOf(page).getByRole('checkbox').count();
    return [
      figure('dialog with 2,000 models, key press to paint, 95 %', percentile(times, 0.95), 'ms', 32),
      figure('dialog with 2,000 models, rows in the document', rows, 'rows', 60),
    ];
  });

/** The same with 5,000: how many frames a wheel that turns all the time costs. */
export const measureScrolling = (extension: string): Promise<Figure[]> =>
  inDialog(extension, 5_000, async (page) => {
    const frames = await scrollThrough(page);
    const late = frames.filter((ms) => ms > LATE_MS).length;
    return [
      figure(`plan of 5,000 models, frames dropped of ${frames.length} while it scrolls`, late, 'frames', 0),
      figure('plan of 5,000 models, from frame to frame, 95 %', percentile(frames, 0.95), 'ms', 20),
    ];
  });

/** Two frames of a screen with 60 a second, less what timers are off. */
const LATE_MS = 30;
const TURNS = 120;

/** Turns the wheel over the list of models once in each frame; milliseconds from each frame to the next. */
async function scrollThrough(page: Page): Promise<number[]> {
  const list = sheetOf(page).getByRole('list').first();
  return list.evaluate(async (element, turns) => {
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    const frames: number[] = [];
    let before = await frame();
    for (let turn = 0; turn < turns; turn++) {
      element.scrollTop += 120;
      const now = await frame();
      frames.push(now - before);
      before = now;
    }
    return frames;
  }, TURNS);
}

async function inDialog(
  extension: string,
  count: number,
  measure: (page: Page) => Promise<Figure[]>,
): Promise<Figure[]> {
  const proxy = await startCliproxyapi();
  const keys = [{ name: 'big', key: fakeKey('big', 1) }];
  const relay = await startNewApi({ models: modelsOf(count), keys });
  const browser = await launchExtension({ extension });
  try {
    const { desk } = browser;
    const { origin: address, managementKey } = proxy;
    await want(desk, 'connection.save', { address, managementKey, remember: 'device' });
    const key = `sk-${fakeKey('big', 1)}`;
    await want(desk, 'key.add', { relayName: 'Big relay', baseUrl: relay.origin, key });
    const page = await browser.context.newPage();
    await page.goto(browser.url('options.html'));
    await openDialog(page);
    return await measure(page);
  } finally {
    await browser.close();
    await Promise.all([proxy.stop(), relay.stop()]);
  }
}

async function openDialog(page: Page): Promise<void> {
  await cardOf(page, 'Big relay').getByRole('button', { name: 'Import into CLIProxyAPI' }).click();
  await sheetOf(page).getByRole('button', { name: 'Choose models' }).click();
  await searchOf(page).waitFor();
}

const searchOf = (page: Page): ReturnType<Page['locator']> =>
  sheetOf(page).getByRole('searchbox', { name: /^Search [\d,]+ models$/ });

/** Types each text and clears it again; the time of every single key. */
async function typeAll(page: Page): Promise<number[]> {
  await searchOf(page).click();
  await watchKeys(page);
  await typeAndClear(page, TYPED);
  return keyTimes(page);
}
