import { mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared.ts';

/** Suites in `e2e` start a broker of their own, unless they are given a cluster: `npm run test:kafka`. */
export default mergeConfig(shared, {
  test: {
    include: ['e2e/**/*.test.ts'],
    provide: { bootstrapServers: '', saslBootstrapServers: '' },
  },
});
