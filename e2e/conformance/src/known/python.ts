import type { KnownFailure } from '../report/outcome.ts';

/** A KRaft controller answers before its brokers have heard of a change; checks that look at once may come too early. */
const reason = 'looks at once after a change, which brokers of Apache Kafka hear of a little later';

export const pythonFailures: readonly KnownFailure[] = [
  { test: '*describes and deletes topics', on: 'kafka', reason, sometimes: true },
  { test: '*describes and alters configs', on: 'kafka', reason, sometimes: true },
];
