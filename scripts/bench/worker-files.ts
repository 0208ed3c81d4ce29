import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchExtension } from '../../tests/e2e/support/launch.ts';
import { buildExtension } from '../build-extension.ts';
import { figure, median, type Figure } from './figures.ts';
import { coldStarts } from './worker-start.ts';

const RUNS = 5;
const NAMES = { '1': 'one file', '2': 'two files' } as const;
type Files = keyof typeof NAMES;

/** What the second file of the worker is worth: cold starts of both builds, in turn, five runs of nine stops each. */
export async function compareWorkerFiles(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'keyferry-worker-'));
  const build = async (files: Files): Promise<string> => {
    const built = await buildExtension('build', { KEYFERRY_WORKER_FILES: files });
    await cp(built, join(folder, files), { recursive: true });
    return join(folder, files);
  };
  try {
    const one = await launchExtension({ extension: await build('1') });
    const two = await launchExtension({ extension: await build('2') });
    const medians: Record<Files, number[]> = { '1': [], '2': [] };
    const pairs = [['1', one] as const, ['2', two] as const];
    for (let run = 0; run < RUNS; run++) {
      for (const [files, browser] of run % 2 ? pairs.toReversed() : pairs)
        medians[files].push(median(await coldStarts(browser)));
    }
    await Promise.all([one.close(), two.close()]);
    return (['1', '2'] as const).flatMap((files) => [
      figure(`worker of ${NAMES[files]}, cold start, median of ${RUNS} runs`, median(medians[files]), 'ms'),
      figure(`worker of ${NAMES[files]}, cold start, slowest run`, Math.max(...medians[files]), 'ms'),
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
}
