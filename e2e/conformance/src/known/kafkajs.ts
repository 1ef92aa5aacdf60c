import type { KnownFailure } from '../report/outcome.ts';

/** Fails on Apache Kafka 4.3.1 as well. */
function onBoth(reason: string, ...tests: readonly string[]): KnownFailure[] {
  return tests.map((test) => ({ test, on: 'both', reason }));
}

/** Fails on Apache Kafka 4.3.1 only. */
function onKafka(reason: string, ...tests: readonly string[]): KnownFailure[] {
  return tests.map((test) => ({ test, on: 'kafka', reason }));
}

/** Failed on Apache Kafka 4.3.1 in one of two runs. */
function onKafkaSometimes(reason: string, ...tests: readonly string[]): KnownFailure[] {
  return tests.map((test) => ({ test, on: 'kafka', reason, sometimes: true }));
}

/** Fails now and then, whichever broker it is. */
function onBothSometimes(reason: string, ...tests: readonly string[]): KnownFailure[] {
  return tests.map((test) => ({ test, on: 'both', reason, sometimes: true }));
}

export const kafkajsFailures: readonly KnownFailure[] = [
  ...onBothSometimes(
    'wants a broker that takes longer than a millisecond for each of its answers',
    'src/consumer/__tests__/instrumentationEvents.spec.js: Consumer > Instrumentation Events emits request timeout events',
  ),
  ...onBothSometimes(
    'holds the answer back in the client, for 100 ms against a time-out of 50 that is looked for in intervals',
    'src/network/connection.spec.js: Network > Connection #send respect the requestTimeout',
  ),
  ...onBoth(
    'wants a second broker, which one node is not',
    'src/admin/__tests__/alterConfigs.spec.js: Admin alter broker configs',
    'src/admin/__tests__/deleteTopicRecords.spec.js: Admin > deleteTopicRecords if all broker errors are retriable, will retry the request',
    'src/admin/__tests__/deleteTopicRecords.spec.js: Admin > deleteTopicRecords if at least 1 broker error is non-retriable, will not attempt to retry',
    'src/admin/__tests__/deleteTopicRecords.spec.js: Admin > deleteTopicRecords in case of retriable error, tries again from the last successful partition (does not re-process successful partition twice)',
    'src/admin/__tests__/describeCluster.spec.js: Admin describeCluster retrieves metadata for all brokers in the cluster',
    'src/admin/__tests__/describeConfigs.spec.js: Admin describeConfigs describe broker configs',
    'src/broker/__tests__/deleteRecords.spec.js: Broker > deleteRecords rejects the promise when broker is not the partition leader',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #connect does not connect to the seed broker if it has connected brokers',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #findBroker connects the broker if it is not connected',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #hasConnectedBrokers returns true if any of the brokers are connected',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #refreshMetadata cleans up unused brokers',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #refreshMetadata updates the list of brokers',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #removeBroker erases metadataExpireAt to force a metadata refresh',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #removeBroker removes the broker by host and port',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #removeBroker replaces the seed broker if it is the target broker',
    'src/cluster/__tests__/findGroupCoordinator.spec.js: Cluster > findGroupCoordinator attempt to find coordinator across all brokers until one is found',
    'src/cluster/__tests__/findGroupCoordinator.spec.js: Cluster > findGroupCoordinator retry on ECONNREFUSED',
    'src/producer/__tests__/idempotentProduceMessages.spec.js: concurrent produce() calls > where produce() throws a retriable error after the message is written to the log, all messages are written to the partition once',
    'src/producer/__tests__/idempotentProduceMessages.spec.js: concurrent produce() calls > where produce() throws a retriable error on 2nd call, all messages are written to the partition once',
    'src/producer/__tests__/idempotentProduceMessages.spec.js: concurrent produce() calls > where produce() throws a retriable error on the first call, all messages are written to the partition once',
    'src/producer/__tests__/idempotentProduceMessages.spec.js: sequential produce() calls > where produce() throws a retriable error after the message is written to the log, all messages are written to the partition once, in order',
    'src/producer/__tests__/idempotentProduceMessages.spec.js: sequential produce() calls > where produce() throws a retriable error, all messages are written to the partition once, in order',
  ),
  ...onBoth(
    'creates a topic with replicas on two or three brokers',
    'src/admin/__tests__/alterPartitionReassignments.spec.js: Admin alterPartitionReassignments reassign partitions',
    'src/admin/__tests__/alterPartitionReassignments.spec.js: Admin alterPartitionReassignments throws an error trying to assign invalid broker',
    'src/admin/__tests__/createAcls.spec.js: Admin createAcls checks topic access',
    'src/admin/__tests__/createTopics.spec.js: Admin createTopics creating topic with manual replica assignment',
    'src/admin/__tests__/deleteAcls.spec.js: Admin deleteAcls applies and deletes acl',
    'src/admin/__tests__/describeAcls.spec.js: Admin describeAcls creates and queries acl',
    'src/admin/__tests__/listPartitionReassignments.spec.js: Admin listPartitionReassignments list reassignments',
    'src/broker/__tests__/alterPartitionReassignments.spec.js: Broker > alterPartitionReassignments request',
    'src/broker/__tests__/listPartitionReassignments.spec.js: Broker > alterPartitionReassignments request',
    'src/broker/__tests__/produce.spec.js: Broker > Produce Record batch request to a topic with max timestamp difference configured',
  ),
  ...onBoth(
    'joins in a version that hands out a member id first (KIP-394), and does not come back with it',
    'src/broker/__tests__/heartbeat.spec.js: Broker > Heartbeat request',
    'src/broker/__tests__/offsetCommit.spec.js: Broker > OffsetCommit request',
    'src/broker/__tests__/offsetCommit.spec.js: Broker > OffsetCommit request with metadata',
    'src/broker/__tests__/offsetFetch.spec.js: Broker > OffsetFetch request',
    'src/consumer/__tests__/errorRecovery.spec.js: Consumer recovers from offset out of range',
  ),
  ...onBoth(
    'expects the properties of a topic that Kafka 2.4 had',
    'src/broker/__tests__/describeConfigs.spec.js: Broker > describeConfigs request without config names returns all config entries',
  ),
  ...onBoth(
    'sends a version that Kafka 4 has removed (KIP-896)',
    'src/broker/__tests__/listOffsets.spec.js: Broker > ListOffsets v0 request',
  ),
  ...onBoth(
    'expects a broker that takes any producer id, as Kafka 2.4 did',
    'src/broker/__tests__/txnOffsetCommit.spec.js: Broker > TxnOffsetCommit ignores invalid transaction fields',
  ),
  ...onBoth(
    "compares gzip's bytes, which depend on the release of zlib in Node.js; no broker is asked",
    'src/protocol/requests/produce/v2/request.spec.js: Protocol > Requests > Produce > v2 request with gzip',
  ),
  ...onKafkaSometimes(
    'uses a topic at once that was just made: kafkajs does not ask again after UNKNOWN_TOPIC_OR_PARTITION',
    'src/admin/__tests__/fetchOffsets.spec.js: Admin fetchOffsets returns consumer group offsets for all topics',
    'src/admin/__tests__/fetchOffsets.spec.js: Admin fetchOffsets returns consumer group offsets for list of topics',
    'src/admin/__tests__/fetchOffsets.spec.js: Admin fetchOffsets returns the current consumer group offset',
    'src/admin/__tests__/fetchOffsets.spec.js: Admin fetchOffsets when used with the resolvedOffsets option no reset: returns latest *committed* consumer offsets',
    'src/admin/__tests__/fetchOffsets.spec.js: Admin fetchOffsets when used with the resolvedOffsets option reset to latest: returns latest *topic* offsets after resolving',
    'src/admin/__tests__/setOffsets.spec.js: Admin setOffsets throws an error if the consumer group is running',
    'src/broker/__tests__/produce.spec.js: Broker > Produce rejects the Promise if lookupRequest is not defined',
    'src/consumer/__tests__/errorRecovery.spec.js: Consumer recovers from crashes due to retriable errors',
    'src/consumer/__tests__/instrumentationEvents.spec.js: Consumer > Instrumentation Events emits received unsubscribed topics events',
    'src/consumer/__tests__/pause.spec.js: Consumer when pausing pauses when pausing via the eachBatch callback',
    'src/producer/index.spec.js: Producer reconnects the cluster if disconnected',
    'src/producer/index.spec.js: Producer transactions supports sending offsets',
    'src/producer/index.spec.js: Producer transactions without operations allows createing transaction when the previous was aborted without any operations made in it',
    'src/producer/index.spec.js: Producer transactions without operations allows createing transaction when the previous was commited without any operations made in it',
    'src/producer/index.spec.js: Producer transactions without operations does not throw an error when aborting transaction',
    'src/producer/index.spec.js: Producer transactions without operations does not throw an error when commiting transaction',
    "src/producer/index.spec.js: Producer transactions without operations transaction that is created after a transaction that hasn't made any operations should work",
  ),
  ...onKafka(
    'uses a topic at once that was just made: kafkajs does not ask again after UNKNOWN_TOPIC_OR_PARTITION',
    'src/admin/__tests__/fetchTopicMetadata.spec.js: Admin fetchTopicMetadata creates a new topic if the topic does not exist and "allowAutoTopicCreation" is true',
    'src/broker/__tests__/describeConfigs.spec.js: Broker > describeConfigs request',
    'src/broker/__tests__/describeGroups.spec.js: Broker > DescribeGroups request',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #disconnect disconnects all brokers in the broker pool',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #disconnect erases metadata and broker pool information',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #findBroker finds a broker by nodeId',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #findBroker recreates the connection on ILLEGAL_SASL_STATE error',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #findBroker throws an error when the broker is not found',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #findConnectedBroker connects the seed broker if needed',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #findConnectedBroker returns a connected broker if it is available',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #findConnectedBroker returns a known broker connecting it in the process',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #findConnectedBroker returns the seed broker if no other broker is available',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #refreshMetadata includes the seed broker into the broker pool',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #refreshMetadata retries on LEADER_NOT_AVAILABLE errors',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #refreshMetadata updates the metadata object',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #refreshMetadata when replacing nodeIds with different host/port/rack replaces the broker when the host change',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #refreshMetadata when replacing nodeIds with different host/port/rack replaces the broker when the port change',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #refreshMetadata when replacing nodeIds with different host/port/rack replaces the broker when the rack change',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #withBroker returns null if the callback never resolves',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #withBroker returns the result of the callback',
    'src/cluster/__tests__/brokerPool.spec.js: Cluster > BrokerPool #withBroker throws an error if there are no brokers configured',
    'src/producer/index.spec.js: Producer transactions allows sending messages outside a transaction',
    'src/producer/index.spec.js: Producer transactions transaction flow abort',
    'src/producer/index.spec.js: Producer transactions transaction flow commit',
    'src/producer/index.spec.js: Producer when idempotent=true produce messages for Kafka 0.11 with headers',
  ),
  ...onKafkaSometimes(
    'comes while the coordinator loads',
    'src/consumer/__tests__/consumeMessages.spec.js: Consumer consume messages',
  ),
  ...onKafka(
    'measures how long things take',
    'src/consumer/__tests__/consumeMessages.spec.js: Consumer concurrent heartbeats are consolidated and respect heartbeatInterval',
  ),
  ...onKafkaSometimes(
    'measures how long things take',
    'src/utils/lock.spec.js: Utils > Lock allows only one resource at a time',
  ),
  ...onKafka(
    'expects no text beside a success, as Kafka 2.4 had none; Kafka 4 sends an empty one',
    'src/broker/__tests__/createAcls.spec.js: Broker > createAcls request',
    'src/broker/__tests__/describeAcls.spec.js: Broker > describeAcls request',
  ),
];
