import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT } from '../../../scripts/build-extension.ts';
import { findChromium } from '../../../scripts/find-chromium.ts';

/** The browser is found, or installed, once for all tests. */
export default async function globalSetup(): Promise<void> {
  if (!existsSync(join(BUILT, 'manifest.json')))
    throw new Error('The extension is not built yet: run "npm run build", then this again.');
  process.env['CHROME_PATH'] = await findChromium();
}
