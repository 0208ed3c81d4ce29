import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const INDEX = join(createRequire(import.meta.url).resolve('lucide-react'), '../../esm/lucide-react.mjs');

/**
 * Imports each icon of lucide-react 1.77 from its own file. Through the package's index every icon hangs on every page:
 * the bundler cannot put an icon beside what draws it, and reads 1,700 modules for sixty.
 */
export const iconFiles: Plugin = {
  name: 'icon-files',
  enforce: 'pre',
  transform(code, id) {
    if (!/src\/ui\/.*\.tsx$/.test(id)) return undefined;
    return code.replace(/import \{([^}]*)\} from 'lucide-react';/, (_, names: string) =>
      names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name && !name.startsWith('type '))
        .map((name) => name.split(' as '))
        .map(([icon = '', local = icon]) => `import ${local} from 'lucide-react/icons/${fileOf(icon)}';`)
        .join(''),
    );
  },
};

const index = readFileSync(INDEX, 'utf8');

/** Icons have several names each, and the package's index says which file is meant. */
function fileOf(icon: string): string {
  const file = new RegExp(`\\bas ${icon}\\b[^;]*'\\./icons/(.*)\\.mjs'`).exec(index)?.[1];
  if (!file) throw new Error(`lucide-react has no icon ${icon}`);
  return file;
}
