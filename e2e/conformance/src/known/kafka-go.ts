import type { KnownFailure } from '../report/outcome.ts';

/** Fails on Apache Kafka 4.3.1 as well. */
function onBoth(reason: string, ...tests: readonly string[]): KnownFailure[] {
  return tests.map((test) => ({ test: `. ${test}`, on: 'both', reason }));
}

/** Fails on Apache Kafka 4.3.1 as well, in nearly all runs. */
function onBothSometimes(reason: string, ...tests: readonly string[]): KnownFailure[] {
  return tests.map((test) => ({ test: `. ${test}`, on: 'both', reason, sometimes: true }));
}

/** Failed on Apache Kafka 4.3.1 in one run or both. */
function onKafkaSometimes(reason: string, ...tests: readonly string[]): KnownFailure[] {
  return tests.map((test) => ({ test: `. ${test}`, on: 'kafka', reason, sometimes: true }));
}

export const kafkaGoFailures: readonly KnownFailure[] = [
  ...onBoth(
    'creates a topic with segments of 200 bytes, and Kafka 4 wants a megabyte at least (KIP-1030)',
    'TestReaderReadCompactedMessage',
  ),
  ...onBothSometimes(
    'wants twelve records of each of two readers, and one of them has one partition of three, with eight records',
    'TestReaderConsumerGroup',
    'TestReaderConsumerGroup/consumer_group_rebalance',
  ),
  ...onKafkaSometimes(
    'looks at once after a change, which brokers of Apache Kafka hear of a little later',
    'TestClientAlterConfigs',
    'TestClientDescribeACLs',
    'TestClientIncrementalAlterConfigs',
    'TestConn',
    'TestConn/test_delete_topics',
    'TestDescribeUserScramCredentials',
  ),
  ...onKafkaSometimes(
    'measures how long things take; a busy machine is slower',
    'TestClient',
    'TestClient/retrieve_committed_offsets_for_a_consumer_group_and_topic',
    'TestClientElectLeaders',
    'TestRebalanceTooManyConsumers',
  ),
];
