import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { Advice } from './advice.ts';
import { findOnPath, installDebianPackages, run } from './system.ts';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];

const NOT_FOUND = `No Chromium was found, and none could be installed.
Install Chromium, Google Chrome or Microsoft Edge, or run "npx playwright install chromium",
or set CHROME_PATH to the program of a browser that is there; then run this again.`;

/** The browser that CHROME_PATH names, else an installed one, else one that is installed now. */
export async function findChromium(): Promise<string> {
  const wanted = process.env['CHROME_PATH'];
  if (wanted) {
    if (existsSync(wanted)) return wanted;
    throw new Advice(
      `CHROME_PATH is ${wanted}, and there is no such file. Correct it, or unset it to have one found.`,
    );
  }
  return installedBrowser() ?? (await installFromDebian()) ?? (await downloadByPlaywright());
}

function installedBrowser(): string | undefined {
  const onPath = NAMES.map(findOnPath).find((path) => path !== undefined);
  return onPath ?? [...usualPlaces(), chromium.executablePath()].find((path) => existsSync(path));
}

function usualPlaces(): string[] {
  if (process.platform === 'darwin') {
    const apps = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
    return apps.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);
  }
  if (process.platform !== 'win32') return [];
  const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(
    (name) => process.env[name] ?? [],
  );
  const programs = ['Chromium/Application/chrome.exe', 'Google/Chrome/Application/chrome.exe'];
  return roots.flatMap((root) =>
    [...programs, 'Microsoft/Edge/Application/msedge.exe'].map((program) => join(root, program)),
  );
}

/** The font comes along because a bare machine has none, and pages would be drawn without any letters. */
async function installFromDebian(): Promise<string | undefined> {
  await installDebianPackages(['chromium', 'fonts-noto-cjk']);
  return findOnPath('chromium');
}

async function downloadByPlaywright(): Promise<string> {
  const path = chromium.executablePath();
  const cli = join(import.meta.dirname, '../node_modules/@playwright/test/cli.js');
  const downloaded = await run(process.execPath, [cli, 'install', 'chromium']);
  if (downloaded && existsSync(path)) return path;
  throw new Advice(NOT_FOUND);
}
