import { defineConfig } from '@playwright/test';

/**
 * Three browsers at a time on two cores: each test has a browser, servers and, where it needs one, a screen of its own,
 * and waits for events of theirs most of the time.
 */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: '.artifacts/e2e',
  globalSetup: './tests/e2e/support/global-setup.ts',
  workers: 3,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
});
