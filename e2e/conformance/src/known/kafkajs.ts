import type { KnownFailure } from '../report/outcome.ts';

/** Fails on Apache Kafka 4.3.1 as well. */
function onBoth(reason: string, ...tests: readonly string[]): KnownFailure[] {
  return tests.map((test) => ({ test, on: 'both', reason }));
}

export const kafkajsFailures: readonly KnownFailure[] = [
  ...onBoth(
    'wants a second broker, which one node is not',
    'src/cluster/__tests__/brokerPool.spec.js: * #connect does not connect to the seed broker *',
    'src/cluster/__tests__/brokerPool.spec.js: * #removeBroker removes the broker by host and port',
    'src/cluster/__tests__/brokerPool.spec.js: * #removeBroker replaces the seed broker *',
    'src/cluster/__tests__/brokerPool.spec.js: * #removeBroker erases metadataExpireAt *',
    'src/cluster/__tests__/brokerPool.spec.js: * #hasConnectedBrokers returns true *',
    'src/cluster/__tests__/brokerPool.spec.js: * #refreshMetadata updates the list of brokers',
    'src/cluster/__tests__/brokerPool.spec.js: * #refreshMetadata cleans up unused brokers',
    'src/cluster/__tests__/brokerPool.spec.js: * #findBroker connects the broker if it is not connected',
    'src/cluster/__tests__/findGroupCoordinator.spec.js: *',
    'src/producer/__tests__/idempotentProduceMessages.spec.js: *',
    'src/admin/__tests__/deleteTopicRecords.spec.js: * in case of retriable error, *',
    'src/admin/__tests__/deleteTopicRecords.spec.js: * if at least 1 broker error *',
    'src/admin/__tests__/deleteTopicRecords.spec.js: * if all broker errors are retriable, *',
    'src/broker/__tests__/deleteRecords.spec.js: * when broker is not the partition leader',
    'src/admin/__tests__/describeCluster.spec.js: *',
    'src/admin/__tests__/alterConfigs.spec.js: Admin alter broker configs',
    'src/admin/__tests__/describeConfigs.spec.js: Admin describeConfigs describe broker configs',
  ),
  ...onBoth(
    'creates a topic with replicas on two or three brokers',
    'src/broker/__tests__/produce.spec.js: * with max timestamp difference configured',
    'src/admin/__tests__/createAcls.spec.js: Admin createAcls checks topic access',
    'src/admin/__tests__/deleteAcls.spec.js: *',
    'src/admin/__tests__/describeAcls.spec.js: *',
    'src/admin/__tests__/alterPartitionReassignments.spec.js: *',
    'src/admin/__tests__/createTopics.spec.js: * creating topic with manual replica assignment',
    'src/admin/__tests__/listPartitionReassignments.spec.js: *',
    'src/broker/__tests__/alterPartitionReassignments.spec.js: *',
    'src/broker/__tests__/listPartitionReassignments.spec.js: *',
  ),
  ...onBoth(
    'joins in a version that hands out a member id first (KIP-394), and does not come back with it',
    'src/consumer/__tests__/errorRecovery.spec.js: Consumer recovers from offset out of range',
    'src/broker/__tests__/offsetCommit.spec.js: *',
    'src/broker/__tests__/offsetFetch.spec.js: *',
    'src/broker/__tests__/heartbeat.spec.js: *',
  ),
  ...onBoth(
    'expects the properties of a topic that Kafka 2.4 had',
    'src/broker/__tests__/describeConfigs.spec.js: * request without config names *',
  ),
  ...onBoth(
    'sends a version that Kafka 4 has removed (KIP-896)',
    'src/broker/__tests__/listOffsets.spec.js: * v0 request',
  ),
  ...onBoth(
    'expects a broker that takes any producer id, as Kafka 2.4 did',
    'src/broker/__tests__/txnOffsetCommit.spec.js: * ignores invalid transaction fields',
  ),
  ...onBoth(
    "compares gzip's bytes, which depend on the release of zlib in Node.js; no broker is asked",
    'src/protocol/requests/produce/v2/request.spec.js: * request with gzip',
  ),
];
