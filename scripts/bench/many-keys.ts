import type { Page } from '@playwright/test';
import { want } from '../../tests/e2e/support/ask.ts';
import { launchExtension, type ExtensionBrowser } from '../../tests/e2e/support/launch.ts';
import { figure, percentile, type Figure } from './figures.ts';
import { keyTimes, pressAndPaint, typeAndClear, watchKeys } from './key-to-paint.ts';

const LOOKS = [
  { name: 'popup', path: 'popup.html', as: 'cards', width: 400, height: 600 },
  { name: 'cards', path: 'options.html#/keys', as: 'cards', width: 1280, height: 900 },
  { name: 'table', path: 'options.html#/keys', as: 'table', width: 1280, height: 900 },
] as const;
type Look = (typeof LOOKS)[number];

/** Milliseconds: of a key press, of Ctrl+A, and of the first card after that of a page with five keys. */
const AIMS: Record<number, { press: number; all: number; first: number } | undefined> = {
  1_000: { press: 32, all: 50, first: 150 },
  10_000: { press: 80, all: 80, first: 400 },
};
const TYPED = ['relay 1', '0042', 'key 77', 'nothing like it'];

/**
 * Five, 1,000 and 10,000 keys in the popup, as cards and as a table: when the first of them stands there, and how long a key
 * press in the search and Ctrl+A take until they are painted.
 */
export async function measureManyKeys(extension: string): Promise<Figure[]> {
  const browser = await launchExtension({ extension });
  const figures: Figure[] = [];
  const firstOfFive = new Map<string, number>();
  try {
    const { desk } = browser;
    const address = 'http://127.0.0.1:1';
    await want(desk, 'connection.save', { address, managementKey: 'mk-bench', remember: 'device' });
    let there = 0;
    for (const count of [5, 1_000, 10_000]) {
      await addKeys(desk, there, count);
      there = count;
      for (const look of LOOKS) {
        const seen = await seeKeys(browser, look);
        const five = firstOfFive.get(look.name);
        if (five === undefined) firstOfFive.set(look.name, seen.first);
        figures.push(...figuresOf(count, look, seen, five));
      }
    }
  } finally {
    await browser.close();
  }
  return figures;
}

interface Seen {
  first: number;
  presses: number[];
  all: number;
  rows: number;
}

function figuresOf(count: number, { name }: Look, seen: Seen, five: number | undefined): Figure[] {
  const what = `${count.toLocaleString('en')} keys, ${name}`;
  const aims = AIMS[count];
  return [
    figure(`${what}: key press to paint, 95 %`, percentile(seen.presses, 0.95), 'ms', aims?.press),
    figure(`${what}: Ctrl+A to paint`, seen.all, 'ms', aims?.all),
    five === undefined
      ? figure(`${what}: first one stands there`, seen.first, 'ms')
      : figure(`${what}: first one later than with five`, seen.first - five, 'ms', aims?.first),
    figure(`${what}: drawn at the end of the list`, seen.rows, 'rows', 60),
  ];
}

/** Keys of nobody, of a hundred relays; nothing is asked of any server. */
async function addKeys(desk: Page, from: number, to: number): Promise<void> {
  const keys = Array.from({ length: to - from }, (_, index) => {
    const number = String(from + index).padStart(5, '0');
    return {
      relayName: `Relay ${(from + index) % 100} key ${number}`,
      baseUrl: `http://127.0.0.1:${1 + ((from + index) % 100)}`,
      key: `sk-bench-key-of-nobody-${number}`,
    };
  });
  for (let at = 0; at < keys.length; at += 5_000)
    await want(desk, 'keys.add', { keys: keys.slice(at, at + 5_000), dry: false });
}

async function seeKeys(browser: ExtensionBrowser, { path, as, width, height }: Look): Promise<Seen> {
  const { settings } = await want(browser.desk, 'view', {});
  await want(browser.desk, 'settings.save', { settings: { ...settings, keysAs: as } });
  const page = await browser.context.newPage();
  try {
    await page.setViewportSize({ width, height });
    await page.addInitScript(noteFirstKey);
    await page.goto(browser.url(path));
    await page.locator('[data-key]').first().waitFor();
    // It is noted a frame after the key stands there.
    await page.waitForFunction(() => 'firstKeyAt' in window);
    const first = await page.evaluate(() => (window as { firstKeyAt?: number }).firstKeyAt ?? Number.NaN);
    await watchKeys(page);
    await pressAndPaint(page, 'Control+a');
    const all = (await keyTimes(page)).at(-1) ?? Number.NaN;
    await pressAndPaint(page, '/');
    await watchAgain(page);
    await typeAndClear(page, TYPED);
    const presses = await keyTimes(page);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.waitForTimeout(300);
    return { first, presses, all, rows: await rowsAtEnd(page) };
  } finally {
    await page.close();
  }
}

const watchAgain = (page: Page): Promise<void> =>
  page.evaluate(() => {
    (window as unknown as { times: number[] }).times = [];
  });

/** How many are drawn; an error if the last one is not in sight, has not the focus, or stands over another. */
async function rowsAtEnd(page: Page): Promise<number> {
  const found = await page.evaluate(() => {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-key]')];
    const last = rows.at(-1);
    const place = last?.getBoundingClientRect();
    const before = rows.at(-2)?.getBoundingClientRect();
    return {
      rows: rows.length,
      focused: last === document.activeElement,
      inSight: place !== undefined && place.top >= 0 && place.bottom <= innerHeight,
      apart: !place || !before || place.top >= before.bottom || place.left >= before.right,
    };
  });
  if (!found.focused || !found.inSight || !found.apart)
    throw new Error(`End did not come to the last key: ${JSON.stringify(found)}`);
  return found.rows;
}

/** Runs before the page's own scripts: notes the first frame with a key. */
function noteFirstKey(): void {
  const place = window as { firstKeyAt?: number };
  const look = (): void => {
    if (!document.querySelector('[data-key]')) return void requestAnimationFrame(look);
    requestAnimationFrame(() => {
      place.firstKeyAt = performance.now();
    });
  };
  look();
}
