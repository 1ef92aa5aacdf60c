import type { Random } from '@millrace/host';
import { buildBatch, WireWriter, ZERO_UUID } from '@millrace/protocol';
import { ConsumerProtocolSubscription } from '@millrace/protocol/messages/consumer-protocol';

/** A value for a field, or `undefined`: what was made up stays. */
export type FieldMaker = (random: Random, known: ReadonlyMap<string, string | number>) => unknown;

const topics = [
  'fuzz-0',
  'fuzz-1',
  'fuzz-2',
  'fuzz-3',
  'fuzz-new',
  'fuzz-gone',
  '',
  'not/a/topic',
  'x'.repeat(260),
];
const groups = [
  'classic-0',
  'classic-1',
  'consumer-0',
  'consumer-1',
  'share-0',
  'share-1',
  'streams-0',
  'any',
  '',
];
const transactions = ['txn-0', 'txn-1', 'txn-2', null, null, ''];
const instances = [null, null, null, 'static-0', 'static-1', ''];
const topicConfigs = [
  'retention.ms',
  'max.message.bytes',
  'cleanup.policy',
  'min.insync.replicas',
  'compression.type',
];
const otherConfigs = [
  'consumer.session.timeout.ms',
  'share.auto.offset.reset',
  'interval.ms',
  'no.such.config',
  '',
];
const configValues = ['1', '1000', '-1', 'compact', 'delete', 'lz4', 'earliest', 'x', '', null];

function oneOf<T>(...values: readonly T[]): (random: Random) => T {
  return (random) => values[random.uint32() % values.length]!;
}

function batch(random: Random, known: ReadonlyMap<string, string | number>): Buffer {
  const at = (name: string, otherwise: number) => Number(known.get(name) ?? otherwise);
  const hasProducer = random.uint32() % 3 !== 0;
  const count = 1 + (random.uint32() % 4);
  const value = Buffer.alloc(random.uint32() % 200, 'v');
  return buildBatch(
    Array.from({ length: count }, (_, index) => ({
      timestampMs: 1_767_225_600_000 + index,
      key: 'k',
      value,
    })),
    {
      compression: oneOf('none', 'gzip', 'lz4', 'zstd', 'snappy')(random) as 'none',
      isTransactional: hasProducer && random.uint32() % 2 === 0,
      isControl: random.uint32() % 40 === 0,
      producerId: hasProducer ? at('producerId', random.uint32() % 5) : -1,
      producerEpoch: hasProducer ? Math.max(0, at('producerEpoch', 0)) : -1,
      baseSequence: hasProducer ? random.uint32() % 4 : -1,
    },
  );
}

function subscription(random: Random): Buffer {
  const writer = new WireWriter();
  ConsumerProtocolSubscription.write(
    writer,
    { topics: ['fuzz-0', oneOf('fuzz-1', 'fuzz-gone')(random)], userData: null },
    1,
  );
  return Buffer.concat([Buffer.from([0, 1]), ...writer.finish()]);
}

const epoch = oneOf(-1, -2, 0, 0, 0, 1, 2, 3);
const timeoutMs = oneOf(0, 1, 10, 100, 1000, -1);

/** By the name of the field: what makes a request pass the first checks more often than not. */
export const plausibleValues: Readonly<Record<string, FieldMaker>> = {
  topic: oneOf(...topics),
  topicName: oneOf(...topics),
  topicNames: oneOf(...topics),
  subscribedTopicNames: oneOf(...topics),
  subscribedTopicRegex: oneOf(null, null, 'fuzz.*', '.*', '(', 'fuzz-[01]'),
  groupId: oneOf(...groups),
  groupsNames: oneOf(...groups),
  groups: oneOf(...groups),
  groupIds: oneOf(...groups),
  groupInstanceId: oneOf(...instances),
  instanceId: oneOf(...instances),
  memberId: oneOf('', '', 'member-0', 'member-1', ZERO_UUID),
  transactionalId: oneOf(...transactions),
  transactionalIds: oneOf('txn-0', 'txn-1', 'txn-2', ''),
  coordinatorKeys: oneOf(...groups, 'txn-0', 'share-0:AAAAAAAAAAAAAAAAAAAAAA:0'),
  key: oneOf(...groups, 'txn-0'),
  keyType: oneOf(0, 1, 2, 3),
  protocolType: oneOf('consumer', 'consumer', 'consumer', 'connect', ''),
  protocolName: oneOf('range', 'range', 'sticky', null),
  serverAssignor: oneOf(null, 'uniform', 'range', 'no-such'),
  sessionTimeoutMs: oneOf(6000, 10_000, 45_000, 300_000, 1),
  rebalanceTimeoutMs: oneOf(1, 100, 1000, -1, 60_000),
  transactionTimeoutMs: oneOf(50, 1000, 60_000, 900_000, 0),
  maxWaitMs: oneOf(0, 0, 1, 20, 100),
  timeoutMs,
  leaderId: oneOf(1, 0, -1),
  brokerId: oneOf(99, 2, 0, -1),
  numPartitions: oneOf(1, 1, 2, -1, 0, 3, 2_147_483_647),
  count: oneOf(1, 2, 3, 4, 0, -1),
  replicationFactor: oneOf(1, 1, 1, -1, 2, 0),
  brokerIds: oneOf(1, 1, 2, -1),
  partition: oneOf(0, 0, 1, 2, -1),
  partitionIndex: oneOf(0, 0, 1, 2, -1),
  partitionIndexes: oneOf(0, 0, 1, 2, -1),
  partitions: oneOf(0, 0, 1, 2, -1),
  index: oneOf(0, 0, 1, -1),
  acks: oneOf(-1, 1, 1, 0, 7),
  replicaId: oneOf(-1, -1, -1, 1, -2),
  isolationLevel: oneOf(0, 1),
  maxBytes: oneOf(1_048_576, 1, 0, 2_147_483_647),
  partitionMaxBytes: oneOf(1_048_576, 1, 0, 2_147_483_647),
  minBytes: oneOf(0, 1, 1, 1_000_000),
  fetchOffset: oneOf(0, 0, 1, 5, 1000, -1),
  committedOffset: oneOf(0, 1, 5, -1),
  timestamp: oneOf(-1, -2, -3, -4, -5, 1_767_225_600_000),
  leaderEpoch: oneOf(-1, -1, 0, 1),
  currentLeaderEpoch: oneOf(-1, -1, 0, 1),
  producerEpoch: epoch,
  memberEpoch: epoch,
  generationId: epoch,
  generationIdOrMemberEpoch: epoch,
  shareSessionEpoch: epoch,
  sessionEpoch: epoch,
  acknowledgeTypes: oneOf(0, 1, 2, 3, 4, 5),
  resourceType: oneOf(2, 2, 32, 16, 4, 8, 0, 99),
  resourceName: oneOf('fuzz-0', 'fuzz-1', 'fuzz-new', 'share-0', 'consumer-0', 'metrics', '7'),
  entityType: oneOf('user', 'client-id', 'ip', 'x'),
  entityName: oneOf('somebody', 'somebody-else'),
  configName: oneOf(...topicConfigs, ...otherConfigs),
  value: oneOf(...configValues),
  feature: oneOf(
    'share.version',
    'group.version',
    'streams.version',
    'transaction.version',
    'eligible.leader.replicas.version',
    'no.such.feature',
  ),
  records: batch,
  metadata: subscription,
  saltedPassword: (random) => random.bytes(32),
  iterations: oneOf(4096, 8192, 1, 100_000),
  mechanism: oneOf('PLAIN', 'SCRAM-SHA-256'),
};

/** What is called `name`, by the list it is in. */
export const plausibleNames: Readonly<Record<string, FieldMaker>> = {
  configs: plausibleValues['configName']!,
  protocols: oneOf('range', 'range', 'sticky'),
  topics: oneOf(...topics),
  topicData: oneOf(...topics),
  deletions: oneOf('somebody'),
  upsertions: oneOf('somebody'),
  users: oneOf('somebody'),
};
