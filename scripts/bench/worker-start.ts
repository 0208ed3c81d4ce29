import { launchExtension, type ExtensionBrowser } from '../../tests/e2e/support/launch.ts';
import { stopWorker } from '../../tests/e2e/support/stop-worker.ts';
import { figure, median, type Figure } from './figures.ts';

const STOPS = 9;

/** From a message to a sleeping worker until its answer. */
export async function measureWorkerStart(extension: string): Promise<Figure[]> {
  const browser = await launchExtension({ extension });
  try {
    return [figure('worker, cold start to first answer', median(await coldStarts(browser)), 'ms', 30)];
  } finally {
    await browser.close();
  }
}

/** Nine cold starts in a row, in milliseconds: the worker is stopped, then asked for the picture. */
export async function coldStarts(browser: ExtensionBrowser): Promise<number[]> {
  const times: number[] = [];
  for (let stop = 0; stop < STOPS; stop++) {
    await stopWorker(browser);
    times.push(
      await browser.desk.evaluate(async () => {
        const asked = performance.now();
        await chrome.runtime.sendMessage({ name: 'view', input: {} });
        return performance.now() - asked;
      }),
    );
  }
  return times;
}
