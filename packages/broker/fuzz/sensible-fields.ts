import type { Random } from '@millrace/host';
import { ApiKey, ZERO_UUID } from '@millrace/protocol';
import { plausibleValues } from './plausible-values.ts';
import { streamsMember } from './sensible-streams.ts';
import { firstOf, topicName, type Fields, type Known } from './sensible-values.ts';

type Recipe = (random: Random, known: Known) => Fields;

/** Requests with the same state behind them; what one of them learned is of use to the others. */
const families: readonly (readonly number[])[] = [
  [ApiKey.JOIN_GROUP, ApiKey.SYNC_GROUP, ApiKey.HEARTBEAT, ApiKey.LEAVE_GROUP, ApiKey.OFFSET_COMMIT],
  [ApiKey.CONSUMER_GROUP_HEARTBEAT, ApiKey.CONSUMER_GROUP_DESCRIBE, ApiKey.OFFSET_FETCH],
  [ApiKey.SHARE_GROUP_HEARTBEAT, ApiKey.SHARE_FETCH, ApiKey.SHARE_ACKNOWLEDGE],
  [ApiKey.STREAMS_GROUP_HEARTBEAT, ApiKey.STREAMS_GROUP_DESCRIBE],
  [
    ApiKey.INIT_PRODUCER_ID,
    ApiKey.ADD_PARTITIONS_TO_TXN,
    ApiKey.ADD_OFFSETS_TO_TXN,
    ApiKey.END_TXN,
    ApiKey.TXN_OFFSET_COMMIT,
    ApiKey.PRODUCE,
  ],
  [ApiKey.FETCH],
];

/** @returns a small number; what is in no family is in one with all the others */
export function familyOf(apiKey: number): number {
  return families.findIndex((keys) => keys.includes(apiKey));
}

/** What comes next where things go well. */
export const followUps: Readonly<Record<number, readonly number[]>> = {
  [ApiKey.JOIN_GROUP]: [ApiKey.SYNC_GROUP],
  [ApiKey.SYNC_GROUP]: [ApiKey.HEARTBEAT, ApiKey.OFFSET_COMMIT, ApiKey.LEAVE_GROUP],
  [ApiKey.INIT_PRODUCER_ID]: [ApiKey.ADD_PARTITIONS_TO_TXN, ApiKey.ADD_OFFSETS_TO_TXN],
  [ApiKey.ADD_PARTITIONS_TO_TXN]: [ApiKey.PRODUCE, ApiKey.END_TXN],
  [ApiKey.ADD_OFFSETS_TO_TXN]: [ApiKey.TXN_OFFSET_COMMIT, ApiKey.END_TXN],
  [ApiKey.TXN_OFFSET_COMMIT]: [ApiKey.END_TXN],
  [ApiKey.END_TXN]: [ApiKey.ADD_PARTITIONS_TO_TXN],
  [ApiKey.CONSUMER_GROUP_HEARTBEAT]: [ApiKey.CONSUMER_GROUP_HEARTBEAT],
  [ApiKey.SHARE_GROUP_HEARTBEAT]: [ApiKey.SHARE_FETCH, ApiKey.SHARE_GROUP_HEARTBEAT],
  [ApiKey.SHARE_FETCH]: [ApiKey.SHARE_ACKNOWLEDGE, ApiKey.SHARE_FETCH],
  [ApiKey.STREAMS_GROUP_HEARTBEAT]: [ApiKey.STREAMS_GROUP_HEARTBEAT, ApiKey.STREAMS_GROUP_DESCRIBE],
};

const classicGroup = firstOf('classic', 2);
const consumerGroup = firstOf('consumer', 2);
const shareGroup = firstOf('share', 2);
const transaction = firstOf('txn', 3);

function classicMember(random: Random, known: Known): Fields {
  return {
    groupId: known.get('groupId') ?? classicGroup(random),
    memberId: known.get('memberId') ?? '',
    generationId: known.get('memberEpoch') ?? 0,
    groupInstanceId: null,
    protocolType: 'consumer',
    protocolName: 'range',
  };
}

function openTransaction(random: Random, known: Known): Fields {
  return {
    transactionalId: known.get('transactionalId') ?? transaction(random),
    v3AndBelowTransactionalId: known.get('transactionalId') ?? transaction(random),
  };
}

/** A member that joins, or goes on as the last answer said. */
function modernMember(group: (random: Random) => string): Recipe {
  return (random, known) => {
    const isJoining = random.uint32() % 3 === 0;
    const fields = { instanceId: null, rackId: null, subscribedTopicRegex: null, serverAssignor: null };
    if (!isJoining)
      return { ...fields, subscribedTopicNames: null, topicPartitions: null, rebalanceTimeoutMs: -1 };
    const memberId = random.bytes(16).toString('base64url');
    return {
      ...fields,
      groupId: known.get('groupId') ?? group(random),
      memberId,
      memberEpoch: 0,
      rebalanceTimeoutMs: 1000,
      subscribedTopicNames: ['fuzz-0', topicName(random)],
      topicPartitions: [],
    };
  };
}

/** What somebody with sense would send, for the APIs that answer nothing else. The fields left out are as they were. */
export const sensibleFields: Readonly<Record<number, Recipe>> = {
  [ApiKey.PRODUCE]: (random, known) => ({
    transactionalId: null,
    acks: -1,
    topicData: [
      {
        name: topicName(random),
        partitionData: [{ index: 0, records: plausibleValues['records']!(random, known) }],
      },
    ],
  }),
  [ApiKey.FETCH]: (random) => ({
    replicaId: -1,
    sessionId: 0,
    sessionEpoch: 0,
    topics: [
      {
        topic: topicName(random),
        partitions: [
          {
            partition: 0,
            currentLeaderEpoch: -1,
            fetchOffset: 0,
            lastFetchedEpoch: -1,
            logStartOffset: -1,
            partitionMaxBytes: 1000,
          },
        ],
      },
    ],
  }),
  [ApiKey.JOIN_GROUP]: (random, known) => ({
    ...classicMember(random, known),
    groupId: known.get('groupId') ?? classicGroup(random),
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 100,
    protocols: [{ name: 'range', metadata: plausibleValues['metadata']!(random, known) }],
  }),
  [ApiKey.SYNC_GROUP]: (random, known) => ({
    ...classicMember(random, known),
    assignments: [{ memberId: known.get('memberId') ?? '', assignment: random.bytes(8) }],
  }),
  [ApiKey.HEARTBEAT]: classicMember,
  [ApiKey.OFFSET_COMMIT]: (random, known) => ({
    ...classicMember(random, known),
    topics: [
      {
        name: topicName(random),
        partitions: [
          {
            partitionIndex: 0,
            committedOffset: random.uint32() % 9,
            committedLeaderEpoch: -1,
            committedMetadata: '',
          },
        ],
      },
    ],
  }),
  [ApiKey.INIT_PRODUCER_ID]: (random) => ({
    transactionalId: transaction(random),
    transactionTimeoutMs: random.uint32() % 4 === 0 ? 500 : 60_000,
    producerId: -1,
    producerEpoch: -1,
    enable2Pc: false,
    keepPreparedTxn: false,
  }),
  [ApiKey.ADD_PARTITIONS_TO_TXN]: (random, known) => ({
    ...openTransaction(random, known),
    v3AndBelowTopics: [{ name: topicName(random), partitions: [0] }],
  }),
  [ApiKey.ADD_OFFSETS_TO_TXN]: openTransaction,
  [ApiKey.END_TXN]: openTransaction,
  [ApiKey.SHARE_ACKNOWLEDGE]: (random, known) => ({
    groupId: known.get('groupId') ?? shareGroup(random),
    shareSessionEpoch: Number(known.get('shareSessionEpoch') ?? 0) + 1,
    topics: [
      {
        topicId: known.get('topicId') ?? ZERO_UUID,
        partitions: [
          {
            partitionIndex: 0,
            acknowledgementBatches: [
              {
                firstOffset: known.get('firstOffset') ?? 0,
                lastOffset: known.get('lastOffset') ?? 0,
                acknowledgeTypes: [random.uint32() % 5],
              },
            ],
          },
        ],
      },
    ],
  }),
  [ApiKey.TXN_OFFSET_COMMIT]: (random, known) => ({
    ...openTransaction(random, known),
    groupId: classicGroup(random),
    memberId: '',
    generationId: -1,
    groupInstanceId: null,
  }),
  [ApiKey.CONSUMER_GROUP_HEARTBEAT]: modernMember(consumerGroup),
  [ApiKey.SHARE_GROUP_HEARTBEAT]: modernMember(shareGroup),
  [ApiKey.STREAMS_GROUP_HEARTBEAT]: streamsMember,
  [ApiKey.SHARE_FETCH]: (random, known) => ({
    groupId: known.get('groupId') ?? shareGroup(random),
    shareSessionEpoch: random.uint32() % 3 === 0 ? 0 : Number(known.get('shareSessionEpoch') ?? -1) + 1,
    maxWaitMs: 10,
    maxBytes: 1_000_000,
    maxRecords: 10,
    batchSize: 10,
    forgottenTopicsData: [],
  }),
  [ApiKey.CREATE_TOPICS]: (random) => ({
    validateOnly: false,
    topics: [
      { name: topicName(random), numPartitions: 2, replicationFactor: 1, assignments: [], configs: [] },
    ],
  }),
};
