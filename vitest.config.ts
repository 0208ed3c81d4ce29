import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

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
      {
        extends: true,
        test: { name: 'pages', include: ['tests/ui/**/*.test.{ts,tsx}'] },
      },
    ],
  },
});
