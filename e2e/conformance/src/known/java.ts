import type { KnownFailure } from '../report/outcome.ts';

/** None: each tool does on ours what it does on Apache Kafka. */
export const javaFailures: readonly KnownFailure[] = [];
