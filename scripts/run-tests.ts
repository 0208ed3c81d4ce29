import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './build-extension.ts';

const UNIT = join(ROOT, '.artifacts/unit.json');
const E2E = join(ROOT, '.artifacts/e2e.json');

/** Quickest first, so that a slip shows at once. */
const STEPS: { script: string; args?: string[]; env?: NodeJS.ProcessEnv }[] = [
  { script: 'format' },
  { script: 'types' },
  { script: 'lint' },
  { script: 'dead-code' },
  { script: 'unit', args: ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT}`] },
  { script: 'build' },
  { script: 'sizes' },
  { script: 'e2e', args: ['--reporter=list,json'], env: { PLAYWRIGHT_JSON_OUTPUT_FILE: E2E } },
];

interface Tally {
  passed: number;
  failed: number;
}

/** `npm test`: every check in turn until one fails, then how many tests passed and failed, as the runners counted. */
async function main(): Promise<void> {
  mkdirSync(join(ROOT, '.artifacts'), { recursive: true });
  [UNIT, E2E].forEach((file) => rmSync(file, { force: true }));
  for (const step of STEPS) {
    if (await runStep(step)) continue;
    process.exitCode = 1;
    console.error(`\n"npm run ${step.script}" failed; nothing after it was run.`);
    break;
  }
  const tallies = [unitTally(), e2eTally()];
  const sum = (what: keyof Tally): number => tallies.reduce((total, tally) => total + tally[what], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
}

function runStep({ script, args = [], env = {} }: (typeof STEPS)[number]): Promise<boolean> {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  return new Promise((resolve) => {
    const child = spawn(npm, ['run', script, '--', ...args], {
      cwd: ROOT,
      stdio: 'inherit',
      shell: process.platform === 'win32',
      env: { ...process.env, ...env },
    });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

function unitTally(): Tally {
  const report = readReport(UNIT) as { numPassedTests?: number; numFailedTests?: number };
  return { passed: report.numPassedTests ?? 0, failed: report.numFailedTests ?? 0 };
}

function e2eTally(): Tally {
  const { stats } = readReport(E2E) as {
    stats?: { expected: number; unexpected: number; flaky: number };
  };
  return { passed: stats?.expected ?? 0, failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0) };
}

const readReport = (file: string): object =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as object) : {};

await main();
