import type { KnownFailure } from '../report/outcome.ts';

/** None: all of its tests pass on either broker. */
export const rskafkaFailures: readonly KnownFailure[] = [];
