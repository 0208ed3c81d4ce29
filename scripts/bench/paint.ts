import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { want } from '../../tests/e2e/support/ask.ts';
import { launchExtension, type ExtensionBrowser } from '../../tests/e2e/support/launch.ts';
import { figure, median, type Figure } from './figures.ts';

const RUNS = 5;
/** Between the start of a browser and the page: a browser that has just started is busy with itself. */
const SETTLE_MS = 1_000;
const IMPORT_BUTTON = '[aria-label="Import into CLIProxyAPI"]';

export interface Paint {
  fcp: number;
  usable: number;
  cpu: number;
}

/**
 * First contentful paint of each page beside a page with one word in it, in the same run and with a fresh profile each
 * time; when an Import button first stands in a frame; and how long the page's main thread worked.
 */
export async function measurePaint(extension: string): Promise<Figure[]> {
  const blank = await blankExtension();
  const jobs = [
    { name: 'blank', folder: blank, page: 'blank.html' },
    { name: 'popup', folder: extension, page: 'popup.html' },
    { name: 'options', folder: extension, page: 'options.html' },
  ];
  const paints = new Map<string, Paint[]>(jobs.map(({ name }) => [name, []]));
  try {
    for (let run = 0; run < RUNS; run++) {
      for (const job of run % 2 ? jobs.toReversed() : jobs)
        paints
          .get(job.name)
          ?.push(await paintOnce(job.folder, job.page, job.name === 'blank' ? null : EIGHT_KEYS));
    }
  } finally {
    await rm(blank, { recursive: true });
  }
  const of = (name: string, what: keyof Paint): number =>
    median((paints.get(name) ?? []).map((paint) => paint[what]));
  const floor = of('blank', 'fcp');
  return [
    figure('blank page, first contentful paint', floor, 'ms'),
    ...['popup', 'options'].flatMap((name) => [
      figure(`${name}, first contentful paint`, of(name, 'fcp'), 'ms'),
      figure(`${name}, first contentful paint against the blank page`, of(name, 'fcp') / floor, '×', 1.5),
      figure(
        `${name}, first usable Import button after the blank page`,
        of(name, 'usable') - floor,
        'ms',
        200,
      ),
      figure(`${name}, main thread`, of(name, 'cpu'), 'ms', 130),
    ]),
  ];
}

async function blankExtension(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'keyferry-blank-'));
  const manifest = {
    manifest_version: 3,
    name: 'blank',
    version: '1',
    background: { service_worker: 'worker.js' },
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'worker.js'), '');
  const html = '<!doctype html><meta charset="utf-8"><title>blank</title><p>blank</p>';
  await writeFile(join(folder, 'blank.html'), html);
  return folder;
}

/** Opens a page over a fresh profile with so many keys and connections; null: a page that is none of ours. */
export async function paintOnce(extension: string, path: string, world: PaintWorld | null): Promise<Paint> {
  const real = world !== null;
  const browser = await launchExtension({ extension });
  try {
    if (world) await fillIn(browser, world);
    await pause(SETTLE_MS);
    const page = await browser.context.newPage();
    if (real) await page.addInitScript(watchFor, IMPORT_BUTTON);
    const session = await browser.context.newCDPSession(page);
    // CPU time, not wall time: steadier where other work runs on the machine.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(browser.url(path));
    const { fcp, usable } = await page.evaluate(readPaint, real);
    const { metrics } = await session.send('Performance.getMetrics');
    const task = metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? Number.NaN;
    return { fcp, usable, cpu: task * 1000 };
  } finally {
    await browser.close();
  }
}

/** What is there when a page is opened. */
export interface PaintWorld {
  keys: number;
  connections: number;
}

const EIGHT_KEYS: PaintWorld = { keys: 8, connections: 1 };

/** Nothing is asked of any server. */
async function fillIn({ desk }: ExtensionBrowser, { keys, connections }: PaintWorld): Promise<void> {
  const address = 'http://127.0.0.1:1';
  await want(desk, 'connection.save', { address, managementKey: 'mk-bench', remember: 'device' });
  for (let number = 2; number <= connections; number++) {
    const other = { name: `Number ${number}`, address: `http://127.0.0.1:${number}` };
    await want(desk, 'connection.add', { ...other, managementKey: 'mk-bench', remember: 'device' });
  }
  const numbers = Array.from({ length: keys }, (_, at) => at + 1);
  await want(desk, 'keys.add', {
    dry: false,
    keys: numbers.map((number) => ({
      relayName: `Relay ${number % 20}`,
      baseUrl: address,
      key: `sk-bench-key-of-nobody-${String(number).padStart(4, '0')}`,
    })),
  });
}

/** Runs before the page's own scripts: notes the first frame in which the selector matches. */
function watchFor(selector: string): void {
  const place = window as { usableAt?: number };
  const look = (): void => {
    if (!document.querySelector(selector)) return void requestAnimationFrame(look);
    requestAnimationFrame(() => {
      place.usableAt = performance.now();
    });
  };
  look();
}

async function readPaint(real: boolean): Promise<{ fcp: number; usable: number }> {
  const name = 'first-contentful-paint';
  const fcp = await new Promise<number>((resolve) => {
    const look = (): boolean => {
      const entry = performance.getEntriesByName(name)[0];
      if (entry) resolve(entry.startTime);
      return entry !== undefined;
    };
    if (look()) return;
    new PerformanceObserver((_, observer) => {
      if (look()) observer.disconnect();
    }).observe({ type: 'paint', buffered: true });
  });
  const place = window as { usableAt?: number };
  const until = performance.now() + 5_000;
  while (real && place.usableAt === undefined && performance.now() < until)
    await new Promise((resolve) => {
      requestAnimationFrame(resolve);
    });
  return { fcp, usable: place.usableAt ?? Number.NaN };
}
