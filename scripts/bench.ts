import { parseArgs } from 'node:util';
import { measureBatch } from './bench/batch.ts';
import { measureBigDialog, measureScrolling } from './bench/big-dialog.ts';
import { figureTable, type Figure } from './bench/figures.ts';
import { measureImport } from './bench/import.ts';
import { measureManyChannels } from './bench/many-channels.ts';
import { measureManyKeys } from './bench/many-keys.ts';
import { measurePaint } from './bench/paint.ts';
import { measurePlanning } from './bench/planning.ts';
import { compareWorkerFiles } from './bench/worker-files.ts';
import { measureSeveral } from './bench/several.ts';
import { measureWorkerStart } from './bench/worker-start.ts';
import { BUILT } from './build-extension.ts';
import { measureBundle } from './bundle-sizes.ts';
import { judgeSizes, sizeTable } from './size-limits.ts';

const USAGE = `npm run bench [-- --json | --worker-files | --only <part>]
--only measures the parts that have this in their names (keys, channels, batch …), of what was built last.
--worker-files builds the worker as one file and as two, and measures the cold start of both in turn.
Sizes are limits: one that is exceeded ends with exit code 1. Times depend on the machine and are reported beside their aims.`;

const PARTS = [
  measurePaint,
  measureSeveral,
  measureWorkerStart,
  measureBigDialog,
  measureScrolling,
  measureManyKeys,
  measureManyChannels,
  measureImport,
  measureBatch,
];

async function measureParts(parts: typeof PARTS): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const measure of parts) {
    console.error(`${measure.name} …`);
    figures.push(...(await measure(BUILT)));
  }
  return figures;
}

async function measureOnly(part: string): Promise<void> {
  const parts = PARTS.filter(({ name }) => name.toLowerCase().includes(part.toLowerCase()));
  if (parts.length === 0) throw new Error(`no part has "${part}" in its name`);
  console.log(figureTable(await measureParts(parts)));
}

async function main(json: boolean): Promise<void> {
  const sizes = judgeSizes(await measureBundle());
  const figures: Figure[] = measurePlanning();
  figures.push(...(await measureParts(PARTS)));
  console.log(
    json ? JSON.stringify({ sizes, figures }, null, 2) : `${sizeTable(sizes)}\n\n${figureTable(figures)}`,
  );
  if (sizes.some((size) => !size.ok)) process.exitCode = 1;
}

try {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      'worker-files': { type: 'boolean' },
      only: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) console.log(USAGE);
  else if (values['worker-files']) console.log(figureTable(await compareWorkerFiles()));
  else if (values.only !== undefined) await measureOnly(values.only);
  else await main(Boolean(values.json));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  const { code } = error as { code?: unknown };
  process.exitCode = String(code).startsWith('ERR_PARSE_ARGS') ? 2 : 1;
}
