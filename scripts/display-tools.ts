import { findOnPath, installDebianPackages } from './system.ts';

/** What a headed run without a screen needs: a display, real key presses, and a look at the whole screen. */
const TOOLS = [
  { program: 'Xvfb', package: 'xvfb' },
  { program: 'xdotool', package: 'xdotool' },
  { program: 'import', package: 'imagemagick' },
];

/** Installs what is missing where that is possible; false where the tools are not to be had. */
export async function ensureDisplayTools(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const missing = TOOLS.filter((tool) => !findOnPath(tool.program));
  if (missing.length === 0) return true;
  await installDebianPackages(missing.map((tool) => tool.package));
  return TOOLS.every((tool) => findOnPath(tool.program));
}
