import { expect, test } from 'vitest';
import { pageChunk } from '../../scripts/page-chunks';

/** Module → what it imports; what it loads later is marked with `later`. */
const graph = (imports: Record<string, string[]>) => ({
  getModuleInfo: (id: string) => ({
    isEntry: id.includes('entrypoints/'),
    importers: Object.keys(imports).filter((from) => imports[from]?.includes(id)),
    dynamicImporters: Object.keys(imports).filter((from) => imports[from]?.includes(`later ${id}`)),
  }),
});

const PAGES = graph({
  'entrypoints/popup/main.tsx': ['src/ui/popup/app.tsx'],
  'entrypoints/options/main.tsx': ['src/ui/options/app.tsx'],
  'src/ui/popup/app.tsx': ['src/ui/say.ts', 'src/ui/popup/skipped.ts', 'later src/ui/popup/setup.tsx'],
  'src/ui/options/app.tsx': ['src/ui/say.ts', 'later src/ui/accounts/accounts-page.tsx'],
  'src/ui/popup/setup.tsx': ['src/ui/popup/skipped.ts'],
});

test.each([
  ['src/ui/say.ts', 'shell'],
  ['src/ui/popup/app.tsx', null],
  ['src/ui/popup/setup.tsx', 'dialogs'],
  ['src/ui/accounts/accounts-page.tsx', 'pages'],
  // In the popup's own file it would make whoever loads the dialogs run the popup.
  ['src/ui/popup/skipped.ts', 'shell'],
])('%s goes into %s', (id, chunk) => {
  expect(pageChunk(id, PAGES)).toBe(chunk);
});
