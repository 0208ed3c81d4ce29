import { writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';

/** Writes what the page shows into a PNG. */
export type Camera = (file: string) => Promise<void>;

/** Pictures with two pixels for each of CSS, which are sharp on every screen; Playwright's own are as the window is. */
export async function cameraOf(page: Page): Promise<Camera> {
  const { width, height } = page.viewportSize() ?? { width: 400, height: 600 };
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setDeviceMetricsOverride', {
    width,
    height,
    deviceScaleFactor: 2,
    mobile: false,
  });
  return async (file) => {
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'png' });
    await writeFile(file, Buffer.from(data, 'base64'));
  };
}
