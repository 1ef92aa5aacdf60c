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

const offsets = ['classic', 'consumer'].flatMap((protocol) =>
  [
    'should handle multiple topics each with more than 1 partition',
    'should return correct offset after consuming messages',
  ].map((test) => `${protocol}: test/promisified/admin/fetch_offsets.spec.js: fetchOffset function ${test}`),
);

export const confluentKafkaJavascriptFailures: readonly KnownFailure[] = [
  ...onBoth(
    'does not end in two minutes',
    'e2e/groups.spec.js: Consumer group/Producer should be able to commit, read committed and restart from the committed offset',
  ),
  ...sometimes(
    'the hook calls back twice when connecting takes longer, which mocha does not let pass',
    'e2e/consumer.spec.js: Consumer "before each" hook in "Consumer"',
  ),
  ...sometimes(
    'gives an answer no time at all, and wants to see it late or in time',
    'e2e/consumer.spec.js: Consumer committed and position should obey the timeout',
    'e2e/consumer.spec.js: Consumer seek and positioning should be able to seek with a timeout of 0',
    'e2e/oauthbearer_cb.spec.js: Client with oauthbearer_cb_async as producer',
  ),
  ...sometimes(
    'its cache grows old and it seeks to the record in work, not behind it: read twice unless just that partition moves away',
    ...caches,
  ),
  ...sometimes('measures how long things take; a busy machine is slower', ...speed, ...offsets),
];
