import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ROOT } from './build-extension.ts';

const UNIT = join(ROOT, '.artifacts/unit.json');
const E2E = join(ROOT, '.artifacts/e2e.json');

interface Step {
  script: string;
  args?: string[];
  env?: NodeJS.ProcessEnv;
}

/** Quickest first, so that a slip shows at once. Those of one line run side by side; `sizes` also builds. */
const STEPS: Step[][] = [
  ['format', 'types', 'lint', 'dead-code'].map((script) => ({ script })),
  [{ script: 'unit', args: ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT}`] }],
  [{ script: 'sizes' }],
  [{ script: 'e2e', args: ['--reporter=list,json'], env: { PLAYWRIGHT_JSON_OUTPUT_FILE: E2E } }],
];

interface Ended {
  script: string;
  ok: boolean;
  seconds: number;
}

interface Tally {
  passed: number;
  failed: number;
}

/** `npm test`: every check until one fails, then what each took, and how many tests passed and failed. */
async function main(): Promise<void> {
  mkdirSync(join(ROOT, '.artifacts'), { recursive: true });
  [UNIT, E2E].forEach((file) => rmSync(file, { force: true }));
  const ended: Ended[] = [];
  for (const steps of STEPS) {
    ended.push(...(await Promise.all(steps.map((step) => runStep(step, steps.length > 1)))));
    if (ended.some(({ ok }) => !ok)) break;
  }
  console.log();
  for (const { script, ok, seconds } of ended)
    console.log(`${script.padEnd(10)}${seconds.toFixed(0).padStart(5)} s${ok ? '' : '  FAILED'}`);
  if (ended.some(({ ok }) => !ok)) {
    process.exitCode = 1;
    console.error('\nNothing after what failed was run.');
  }
  const tallies = [unitTally(), e2eTally()];
  const sum = (what: keyof Tally): number => tallies.reduce((total, tally) => total + tally[what], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
}

/** Steps that run side by side say what they have to say when they end, so that their words do not mix. */
async function runStep({ script, args = [], env = {} }: Step, quiet: boolean): Promise<Ended> {
  const started = performance.now();
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const child = spawn(npm, ['run', script, '--', ...args], {
    cwd: ROOT,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...env },
  });
  const said = [child.stdout, child.stderr].map((stream) => (stream ? text(stream) : Promise.resolve('')));
  const ok = await new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
  if (quiet) console.log((await Promise.all(said)).join('').trim());
  return { script, ok, seconds: (performance.now() - started) / 1000 };
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
