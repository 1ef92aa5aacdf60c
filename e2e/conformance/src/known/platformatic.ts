import type { KnownFailure } from '../report/outcome.ts';

/** Fails on Apache Kafka 4.3.1 as well. */
function onBoth(reason: string, ...tests: readonly string[]): KnownFailure[] {
  return tests.map((test) => ({ test, on: 'both', reason }));
}

/** Failed on Apache Kafka on a busy machine, and need not. */
function sometimes(reason: string, ...tests: readonly string[]): KnownFailure[] {
  return tests.map((test) => ({ test, on: 'both', reason, sometimes: true }));
}

export const platformaticFailures: readonly KnownFailure[] = [
  ...onBoth(
    'wants three brokers, which one node is not',
    'test/clients/admin/admin.test.ts: createTopics should retarget controller when needed',
    'test/clients/admin/admin.test.ts: deleteTopics should retarget controller when needed',
    'test/clients/admin/admin.test.ts: describeLogDirs should describe log directories for topics and support diagnostic channels',
    'test/clients/admin/admin.test.ts: describeLogDirs should handle errors from Connection.get',
    'test/clients/admin/admin.test.ts: describeConfigs should properly describe broker configs',
    'test/clients/admin/admin.test.ts: alterConfigs should properly update broker configs',
    'test/clients/admin/admin.test.ts: incrementalAlterConfigs should properly update broker configs',
    'test/clients/base/base.test.ts: metadata should handle connection failures to non-existent broker',
    'test/clients/base/base.test.ts: metadata should fall back to discovered brokers when bootstrap broker is unreachable',
    'test/clients/base/base.test.ts: metadata should use bootstrap brokers only after clearMetadata',
    'test/clients/producer/producer.test.ts: send should return produced messages when another destination fails',
  ),
  ...sometimes(
    'measures how long things take, or memory',
    'test/clients/consumer/messages-stream-backpressure-memory.test.ts: should respect backpressure and not buffer all messages in memory',
    'test/clients/consumer/messages-stream-backpressure.test.ts: should not stall under backpressure with pipeline and batch stream',
    'test/clients/consumer/messages-stream-paused-guard.test.ts: fetch loop must stop when stream is paused',
  ),
];
