import { defineConfig } from '@playwright/test';

/** One browser at a time: the real popup needs the focus, and timings mean something. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: '.artifacts/e2e',
  globalSetup: './tests/e2e/support/global-setup.ts',
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
});
