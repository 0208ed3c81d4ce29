import { join } from 'node:path';
import { Advice } from './advice.ts';
import { run } from './system.ts';

export const ROOT = join(import.meta.dirname, '..');

/** Where `wxt build` puts the unpacked extension. */
export const BUILT = join(ROOT, '.output/chrome-mv3');

/** Builds (or packs) the extension as `npm run build` does. */
export async function buildExtension(
  command: 'build' | 'zip' = 'build',
  env: Record<string, string> = {},
): Promise<string> {
  const wxt = join(ROOT, 'node_modules/wxt/bin/wxt.mjs');
  if (!(await run(process.execPath, [wxt, command], { NO_COLOR: '1', ...env })))
    throw new Advice(`"wxt ${command}" failed; what it said stands above.`);
  return BUILT;
}
