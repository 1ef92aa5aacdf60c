import shared from '../../../vitest.shared.ts';

/** Other people's clients and clusters: too slow for every test run, see `npm run interop:registry`. */
export default {
  ...shared,
  test: { ...shared.test, include: ['interop/**/*.test.ts', 'src/server/kafkajs-registry.test.ts'] },
};
