import type { Page } from '@playwright/test';

interface Watched {
  times: number[];
  painted: Promise<void>;
}

/** A task that is posted in a frame's callback runs when that frame has been drawn. */
function watch(): void {
  const place = window as unknown as Watched;
  place.times = [];
  document.addEventListener(
    'keydown',
    () => {
      const pressed = performance.now();
      place.painted = new Promise((resolve) => {
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener('message', () => {
            place.times.push(performance.now() - pressed);
            resolve();
          });
          port1.start();
          port2.postMessage(null);
        });
      });
    },
    { capture: true },
  );
}

export async function pressAndPaint(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key === ' ' ? 'Space' : key);
  await page.evaluate(() => (window as unknown as Watched).painted);
}

/** Types each text and clears it again, each key when the one before it is painted, for as long as `more` says so. */
export async function typeAndClear(
  page: Page,
  texts: readonly string[],
  more: () => boolean = () => true,
): Promise<void> {
  for (const text of texts) {
    for (const key of [...text, ...Array.from(text, () => 'Backspace')]) {
      if (!more()) return;
      await pressAndPaint(page, key);
    }
  }
}

/** Notes, from now on, how many milliseconds each key press takes until the frame that shows it. */
export const watchKeys = (page: Page): Promise<void> => page.evaluate(watch);

export const keyTimes = (page: Page): Promise<number[]> =>
  page.evaluate(() => (window as unknown as Watched).times);
