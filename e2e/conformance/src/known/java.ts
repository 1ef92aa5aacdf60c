import type { KnownFailure } from '../report/outcome.ts';

export const javaFailures: readonly KnownFailure[] = [
  {
    test: 'ClientCompatibilityTest *',
    on: 'both',
    reason: 'ends with 1 with these parameters on either broker; which of them it wants otherwise is open',
  },
];
