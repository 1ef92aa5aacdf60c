import shared from '../../../vitest.shared.ts';

/** The suites by themselves, over a cluster that is there already: see `run-on-kafka.ts`. */
export default {
  ...shared,
  test: {
    ...shared.test,
    include: ['e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
};
