import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

/** What is about the lists of CLIProxyAPI, and runs on each way in which a server keeps them (`tests/workflows/scene.ts`). */
const ABOUT_LISTS = [
  'tests/workflows/import/lists.test.ts',
  'tests/workflows/import/reverted.test.ts',
  'tests/workflows/{batch,entries,undo,carry-over}/*.test.ts',
];

const WORLDS_OF_8 = [
  '8, old layout',
  '8, new layout',
  '8, mixed layout',
  '8 without v0, stage a',
  '8 without v0, stage b',
];

export default defineConfig({
  plugins: [WxtVitest()],
  test: {
    // Vitest would leave one core to its own process, which only waits.
    maxWorkers: '100%',
    // Two cores under load: what is awaited is an event, and it may take its time.
    testTimeout: 30_000,
    mockReset: true,
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'logic',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/ui/**', 'tests/e2e/**'],
          // Without modules loaded anew for each file it takes a third of the time. No module keeps state.
          isolate: false,
        },
      },
      ...WORLDS_OF_8.map((world) => ({
        extends: true as const,
        test: {
          name: `CLIProxyAPI ${world}`,
          include: ABOUT_LISTS,
          isolate: false,
          env: { CLIPROXYAPI_WORLD: world },
        },
      })),
      {
        extends: true,
        test: { name: 'pages', include: ['tests/ui/**/*.test.{ts,tsx}'] },
      },
    ],
  },
});
