import { defineConfig } from 'vitest/config';

/**
 * One configuration for every package: tests run from sources (the `@millrace/source` condition), so no test waits
 * for a build or sees a stale one.
 */
const conditions = ['@millrace/source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['src/**/*.test.ts'],
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 20_000,
    // Nx asks for colours; programs whose output a test compares must not heed it.
    env: { FORCE_COLOR: '0' },
  },
});
