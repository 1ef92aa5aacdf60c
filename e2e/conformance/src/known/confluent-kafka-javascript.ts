import type { KnownFailure } from '../report/outcome.ts';

/** Fails on Apache Kafka 4.3.1 as well. */
function onBoth(reason: string, ...tests: readonly string[]): KnownFailure[] {
  return tests.map((test) => ({ test, on: 'both', reason }));
}

/** Failed on Apache Kafka 4.3.1 too, in some runs, or failed on a busy machine only. */
function sometimes(reason: string, ...tests: readonly string[]): KnownFailure[] {
  return tests.map((test) => ({ test, on: 'both', reason, sometimes: true }));
}

const caches = [true, false].flatMap((isAutoCommit) =>
  [1, 3].map(
    (concurrency) =>
      `consumer: test/promisified/consumer/consumerCacheTests.spec.js: Consumer message cache - isAutoCommit = ${isAutoCommit} - partitionsConsumedConcurrently = ${concurrency} - does not hold up polling for non-message events`,
  ),
);
const speed = ['classic', 'consumer'].flatMap((protocol) =>
  [1, 3].flatMap((concurrency) =>
    [
      'consumes messages concurrently where partitionsConsumedConcurrently - partitions = diffConcurrencyPartitions',
      'stops consuming messages when running = false',
    ].map(
      (test) =>
        `${protocol}: test/promisified/consumer/consumeMessages.spec.js: Consumer - partitionsConsumedConcurrently = ${concurrency} - ${test}`,
    ),
  ),
);

export const confluentKafkaJavascriptFailures: readonly KnownFailure[] = [
  ...onBoth(
    'the hook calls back twice, which mocha no longer lets pass',
    'e2e/consumer.spec.js: Consumer "before each" hook in "Consumer"',
  ),
  ...onBoth(
    'waits for a second callback of a commit that calls back once',
    'e2e/groups.spec.js: Consumer group/Producer should be able to commit, read committed and restart from the committed offset',
  ),
  ...sometimes(
    'a record is in work when its partition is taken away, and the next owner reads it once more',
    ...caches,
  ),
  ...sometimes('measures how long things take; a busy machine is slower', ...speed),
];
