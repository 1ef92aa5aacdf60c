import { mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared.ts';

/** Suites in `e2e` start a broker of their own, unless they are given a cluster: `npm run test:kafka`. */
export default mergeConfig(shared, {
  test: {
    include: ['e2e/**/*.test.ts'],
    // Simulations take as long as the machine lets them; no test waits for real time to pass.
    testTimeout: 60_000,
    provide: { bootstrapServers: '', saslBootstrapServers: '', sslBootstrapServers: '', tls: null },
  },
});
