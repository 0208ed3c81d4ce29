import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

export default defineConfig({
  plugins: [WxtVitest()],
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    // Two cores under load: what is awaited is an event, and it may take its time.
    testTimeout: 30_000,
    mockReset: true,
    restoreMocks: true,
  },
});
