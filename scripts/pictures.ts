import { mkdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Page } from '@playwright/test';
import { comesToRest, importButton, importIcon, openPlan, resultOf } from '../tests/e2e/support/interface.ts';
import { launchExtension } from '../tests/e2e/support/launch.ts';
import { Advice } from './advice.ts';
import { buildExtension, ROOT } from './build-extension.ts';
import { ensureDisplayTools } from './display-tools.ts';
import { cameraOf, type Camera } from './pictures/camera.ts';
import { startFilm } from './pictures/film.ts';
import { NEXT_KEY, openScene } from './pictures/scene.ts';
import { run } from './system.ts';

/** Where README looks for its pictures. */
const PICTURES = join(ROOT, 'docs/pictures');
/** A picture of more bytes is not worth waiting for. */
const MOST_BYTES = { png: 80_000, webp: 500_000 };

type Scheme = 'light' | 'dark';

/** `npm run pictures`: popup, plan and result of an import, light and dark, and the import as a moving picture. */
async function main(): Promise<void> {
  if (!(await ensureDisplayTools()))
    throw new Advice('ImageMagick makes the pictures small and joins them; install it first.');
  const extension = await buildExtension();
  await mkdir(PICTURES, { recursive: true });
  for (const scheme of ['light', 'dark'] as const) {
    await inScene(extension, scheme, (page, camera) => pictureImport(page, camera, scheme));
  }
  await inScene(extension, 'light', filmImport);
}

/** A fresh browser with a popup that a user may have before them. */
async function inScene(
  extension: string,
  colorScheme: Scheme,
  work: (page: Page, camera: Camera) => Promise<void>,
): Promise<void> {
  const browser = await launchExtension({ extension });
  try {
    const { page, stop } = await openScene(browser);
    try {
      await page.emulateMedia({ colorScheme });
      await work(page, await cameraOf(page));
    } finally {
      await stop();
    }
  } finally {
    await browser.close();
  }
}

async function pictureImport(page: Page, shoot: Camera, scheme: Scheme): Promise<void> {
  await picture(page, shoot, `keys-${scheme}`);
  await openPlan(page, NEXT_KEY);
  await picture(page, shoot, `plan-${scheme}`);
  await importButton(page).click();
  await resultOf(page).waitFor();
  await picture(page, shoot, `result-${scheme}`);
}

async function picture(page: Page, shoot: Camera, name: string): Promise<void> {
  const file = join(PICTURES, `${name}.png`);
  await comesToRest(page);
  await shoot(file);
  if (!(await run('convert', [file, '+dither', '-colors', '256', '-strip', '-quality', '95', file])))
    throw new Advice('ImageMagick could not make the picture small; what it said stands above.');
  await weigh(file, MOST_BYTES.png);
}

async function filmImport(page: Page, camera: Camera): Promise<void> {
  const film = await startFilm(page, camera);
  try {
    await film.shoot(1.2);
    await film.pointAt(importIcon(page, NEXT_KEY));
    await openPlan(page, NEXT_KEY);
    await comesToRest(page);
    await film.shoot(2.4);
    await film.pointAt(importButton(page));
    await importButton(page).click();
    while (!(await resultOf(page).isVisible())) await film.shoot(0.3);
    await comesToRest(page);
    await film.shoot(3.2);
    const file = join(PICTURES, 'import.webp');
    await film.end(file);
    await weigh(file, MOST_BYTES.webp);
  } finally {
    await film.drop();
  }
}

async function weigh(file: string, most: number): Promise<void> {
  const { size } = await stat(file);
  console.log(`${relative(ROOT, file)}, ${Math.round(size / 1000)} KB`);
  if (size > most) throw new Advice(`${relative(ROOT, file)} has more than ${most / 1000} KB.`);
}

await main();
