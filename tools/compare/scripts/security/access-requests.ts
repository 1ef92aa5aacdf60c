import { ZERO_UUID } from '@millrace/protocol';
import * as apis from '../../src/apis.ts';
import type { Api } from '../../src/apis.ts';
import type { Peer } from '../../src/peer.ts';
import { batchOf, produceRequest, type Topic } from '../records/record-requests.ts';

/** What there is that a peer may be kept from. */
export interface Resources {
  readonly topic: Topic;
  readonly absent: string;
  readonly group: string;
  readonly transaction: string;
  /** That no group has. */
  readonly member: string;
}

/** One request in every version. */
export type AccessRequest = (peer: Peer, label: string, resources: Resources) => Promise<void>;

function every<Input extends object, Response extends object>(
  what: string,
  api: Api<Input, Response>,
  message: (resources: Resources, version: number) => Input | undefined,
): AccessRequest {
  return async (peer, label, resources) => {
    // Produce is advertised from 0 on, and served from 3 on.
    const versions = peer.versions(api).filter((version) => api !== apis.produce || version >= 3);
    for (const version of versions) {
      const request = message(resources, version);
      if (request !== undefined) await peer.ask(`${label}: ${what}`, api, version, request);
    }
  };
}

/** There, topics that are not made have an id, too: see create-topics. */
const FIRST_WITH_TOPIC_ID = 7;

const holder = { producerId: 1, producerEpoch: 0 };
const partitionIndexes = [0];
const byTopic = (topic: Topic, version: number, firstById: number) =>
  version >= firstById ? { topicId: topic.id } : { name: topic.name };
const creation = (name: string) => ({
  name,
  numPartitions: 1,
  replicationFactor: 1,
  assignments: [],
  configs: [],
});
const offsets = [{ partitionIndex: 0, committedOffset: 1, committedMetadata: '' }];

/** Requests about a topic. */
export const ofTopics: readonly AccessRequest[] = [
  every('produce', apis.produce, ({ topic }, version) => produceRequest(version, topic, batchOf(['a']))),
  every('fetch', apis.fetch, ({ topic }, version) => ({
    ...(version <= 14 ? { replicaId: -1 } : {}),
    maxWaitMs: 0,
    minBytes: 0,
    maxBytes: 1000,
    topics: [
      {
        ...(version >= 13 ? { topicId: topic.id } : { topic: topic.name }),
        partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1000 }],
      },
    ],
  })),
  every('offsets', apis.listOffsets, ({ topic, absent }) => ({
    replicaId: -1,
    topics: [topic.name, absent].map((name) => ({
      name,
      partitions: [{ partitionIndex: 0, timestamp: -1 }],
    })),
  })),
  every('metadata', apis.metadata, ({ topic, absent }, version) => ({
    topics: [{ name: topic.name }, { name: absent }],
    ...(version >= 4 ? { allowAutoTopicCreation: false } : {}),
    ...(version >= 8 ? { includeTopicAuthorizedOperations: true } : {}),
  })),
  every('metadata by id', apis.metadata, ({ topic }, version) =>
    version < 12
      ? undefined
      : {
          topics: [{ topicId: topic.id, name: null }],
          allowAutoTopicCreation: false,
          includeTopicAuthorizedOperations: true,
        },
  ),
  every('partitions', apis.describeTopicPartitions, ({ topic, absent }) => ({
    topics: [{ name: topic.name }, { name: absent }],
    responsePartitionLimit: 10,
    cursor: null,
  })),
  every('delete records', apis.deleteRecords, ({ topic, absent }) => ({
    topics: [topic.name, absent].map((name) => ({ name, partitions: [{ partitionIndex: 0, offset: 0 }] })),
    timeoutMs: 1000,
  })),
  every('epochs', apis.offsetForLeaderEpoch, ({ topic }, version) => ({
    ...(version >= 3 ? { replicaId: -1 } : {}),
    topics: [{ topic: topic.name, partitions: [{ partition: 0, leaderEpoch: 0 }] }],
  })),
  every('create', apis.createTopics, ({ topic, absent }, version) =>
    version >= FIRST_WITH_TOPIC_ID
      ? undefined
      : { topics: [creation(topic.name), creation(absent)], timeoutMs: 1000, validateOnly: true },
  ),
  every('delete', apis.deleteTopics, ({ topic, absent }, version) => ({
    ...(version < 6
      ? { topicNames: [topic.name, absent] }
      : { topics: [topic.name, absent].map((name) => ({ name, topicId: ZERO_UUID })) }),
    timeoutMs: 1000,
  })),
  every('delete by id', apis.deleteTopics, ({ topic }, version) =>
    version < 6 ? undefined : { topics: [{ name: null, topicId: topic.id }], timeoutMs: 1000 },
  ),
  every('more partitions', apis.createPartitions, ({ topic, absent }) => ({
    topics: [topic.name, absent].map((name) => ({ name, count: 2, assignments: null })),
    timeoutMs: 1000,
    validateOnly: true,
  })),
  every('configs', apis.describeConfigs, ({ topic, absent }) => ({
    resources: [topic.name, absent].map((resourceName) => ({
      resourceType: 2,
      resourceName,
      configurationKeys: ['retention.ms'],
    })),
  })),
  every('alter configs', apis.alterConfigs, ({ topic, absent }) => ({
    resources: [topic.name, absent].map((resourceName) => ({ resourceType: 2, resourceName, configs: [] })),
    validateOnly: true,
  })),
  every('alter configs by steps', apis.incrementalAlterConfigs, ({ topic, absent }) => ({
    resources: [topic.name, absent].map((resourceName) => ({ resourceType: 2, resourceName, configs: [] })),
    validateOnly: true,
  })),
  every('producers', apis.describeProducers, ({ topic, absent }) => ({
    topics: [topic.name, absent, 'no spaces please'].map((name) => ({ name, partitionIndexes })),
  })),
];

/** Requests about a group. */
export const ofGroups: readonly AccessRequest[] = [
  every('commit', apis.offsetCommit, ({ topic, group }, version) => ({
    groupId: group,
    topics: [{ ...byTopic(topic, version, 10), partitions: offsets }],
  })),
  every('committed', apis.offsetFetch, ({ topic, group }, version) =>
    version < 8
      ? { groupId: group, topics: [{ name: topic.name, partitionIndexes }] }
      : { groups: [{ groupId: group, topics: [{ ...byTopic(topic, version, 10), partitionIndexes }] }] },
  ),
  every('all committed', apis.offsetFetch, ({ group }, version) =>
    version < 2
      ? undefined
      : version < 8
        ? { groupId: group, topics: null }
        : { groups: [{ groupId: group, topics: null }] },
  ),
  every('coordinator', apis.findCoordinator, ({ group }, version) => ({
    ...(version < 4 ? { key: group } : { coordinatorKeys: [group] }),
    ...(version >= 1 ? { keyType: 0 } : {}),
  })),
  every('join', apis.joinGroup, ({ group, member }) => ({
    groupId: group,
    sessionTimeoutMs: 10_000,
    memberId: member,
    protocolType: 'consumer',
    protocols: [],
  })),
  every('sync', apis.syncGroup, ({ group, member }, version) => ({
    groupId: group,
    memberId: member,
    generationId: 1,
    ...(version >= 5 ? { protocolType: 'consumer', protocolName: 'range' } : {}),
    assignments: [],
  })),
  every('sync without protocol', apis.syncGroup, ({ group, member }) => ({
    groupId: group,
    memberId: member,
    generationId: 1,
    assignments: [],
  })),
  every('beat', apis.heartbeat, ({ group, member }) => ({
    groupId: group,
    generationId: 1,
    memberId: member,
  })),
  every('leave', apis.leaveGroup, ({ group, member }, version) => ({
    groupId: group,
    ...(version < 3 ? { memberId: member } : { members: [{ memberId: member }] }),
  })),
  every('describe', apis.describeGroups, ({ group }, version) => ({
    groups: [group],
    ...(version >= 3 ? { includeAuthorizedOperations: true } : {}),
  })),
  every('delete', apis.deleteGroups, ({ group }) => ({ groupsNames: [group, group] })),
  every('delete offsets', apis.offsetDelete, ({ topic, group }) => ({
    groupId: group,
    topics: [{ name: topic.name, partitions: [{ partitionIndex: 0 }] }],
  })),
  every('consumer beats', apis.consumerGroupHeartbeat, ({ topic, group }) => ({
    groupId: group,
    memberId: 'AAAAAAAAAAAAAAAAAAAAAQ',
    memberEpoch: 5,
    rebalanceTimeoutMs: 10_000,
    subscribedTopicNames: [topic.name],
    topicPartitions: [],
  })),
  every('consumer group', apis.consumerGroupDescribe, ({ group }) => ({
    groupIds: [group],
    includeAuthorizedOperations: true,
  })),
  every('share beats', apis.shareGroupHeartbeat, ({ topic, group }) => ({
    groupId: group,
    memberId: 'AAAAAAAAAAAAAAAAAAAAAQ',
    memberEpoch: 5,
    subscribedTopicNames: [topic.name],
  })),
  every('share group', apis.shareGroupDescribe, ({ group }) => ({
    groupIds: [group],
    includeAuthorizedOperations: true,
  })),
  every('share fetch', apis.shareFetch, ({ topic, group }) => ({
    groupId: group,
    memberId: 'AAAAAAAAAAAAAAAAAAAAAQ',
    shareSessionEpoch: 0,
    maxWaitMs: 0,
    minBytes: 0,
    maxBytes: 1000,
    maxRecords: 10,
    batchSize: 10,
    topics: [{ topicId: topic.id, partitions: [{ partitionIndex: 0, acknowledgementBatches: [] }] }],
    forgottenTopicsData: [],
  })),
  every('share acknowledge', apis.shareAcknowledge, ({ topic, group }) => ({
    groupId: group,
    memberId: 'AAAAAAAAAAAAAAAAAAAAAQ',
    shareSessionEpoch: -1,
    topics: [
      {
        topicId: topic.id,
        partitions: [
          {
            partitionIndex: 0,
            acknowledgementBatches: [{ firstOffset: 0, lastOffset: 0, acknowledgeTypes: [1] }],
          },
        ],
      },
    ],
  })),
  every('share offsets', apis.describeShareGroupOffsets, ({ topic, group }) => ({
    groups: [{ groupId: group, topics: [{ topicName: topic.name, partitions: [0] }] }],
  })),
  every('all share offsets', apis.describeShareGroupOffsets, ({ group }) => ({
    groups: [{ groupId: group, topics: null }],
  })),
  every('alter share offsets', apis.alterShareGroupOffsets, ({ topic, group }) => ({
    groupId: group,
    topics: [{ topicName: topic.name, partitions: [{ partitionIndex: 0, startOffset: 0 }] }],
  })),
  every('delete share offsets', apis.deleteShareGroupOffsets, ({ topic, group }) => ({
    groupId: group,
    topics: [{ topicName: topic.name }],
  })),
  every('group configs', apis.describeConfigs, ({ group }) => ({
    resources: [
      { resourceType: 32, resourceName: group, configurationKeys: ['consumer.session.timeout.ms'] },
    ],
  })),
  every('alter group configs', apis.incrementalAlterConfigs, ({ group }) => ({
    resources: [{ resourceType: 32, resourceName: group, configs: [] }],
    validateOnly: true,
  })),
];

/** Requests about a transactional id. */
export const ofTransactions: readonly AccessRequest[] = [
  every('produce', apis.produce, ({ topic, transaction }, version) =>
    produceRequest(version, topic, batchOf(['a'], { ...holder, baseSequence: 0, isTransactional: true }), {
      transactionalId: transaction,
    }),
  ),
  every('produce without id', apis.produce, ({ topic }, version) =>
    produceRequest(version, topic, batchOf(['a'], { ...holder, baseSequence: 0, isTransactional: true })),
  ),
  every('produce without transaction', apis.produce, ({ topic, transaction }, version) =>
    produceRequest(version, topic, batchOf(['a']), { transactionalId: transaction }),
  ),
  every('coordinator', apis.findCoordinator, ({ transaction }, version) =>
    version < 1
      ? undefined
      : { ...(version < 4 ? { key: transaction } : { coordinatorKeys: [transaction] }), keyType: 1 },
  ),
  every('init', apis.initProducerId, ({ transaction }) => ({
    transactionalId: transaction,
    transactionTimeoutMs: 1,
  })),
  every('add partitions', apis.addPartitionsToTxn, ({ topic, transaction }, version) =>
    version >= 4
      ? undefined
      : {
          v3AndBelowTransactionalId: transaction,
          v3AndBelowProducerId: 1,
          v3AndBelowProducerEpoch: 0,
          v3AndBelowTopics: [{ name: topic.name, partitions: [0] }],
        },
  ),
  every('add internal partitions', apis.addPartitionsToTxn, ({ transaction }, version) =>
    version >= 4
      ? undefined
      : {
          v3AndBelowTransactionalId: transaction,
          v3AndBelowProducerId: 1,
          v3AndBelowProducerEpoch: 0,
          v3AndBelowTopics: [{ name: '__consumer_offsets', partitions: [0] }],
        },
  ),
  every('add offsets', apis.addOffsetsToTxn, ({ group, transaction }) => ({
    transactionalId: transaction,
    ...holder,
    groupId: group,
  })),
  every('end', apis.endTxn, ({ transaction }) => ({
    transactionalId: transaction,
    ...holder,
    committed: true,
  })),
  every('commit', apis.txnOffsetCommit, ({ topic, group, transaction }) => ({
    transactionalId: transaction,
    ...holder,
    groupId: group,
    topics: [{ name: topic.name, partitions: offsets }],
  })),
  every('describe', apis.describeTransactions, ({ transaction }) => ({ transactionalIds: [transaction] })),
];

/** Requests about the cluster. */
export const ofCluster: readonly AccessRequest[] = [
  every('producer id', apis.initProducerId, () => ({ transactionalId: null, transactionTimeoutMs: 1 })),
  every('cluster', apis.describeCluster, () => ({ includeClusterAuthorizedOperations: true })),
  every('metadata', apis.metadata, (_resources, version) =>
    version >= 8 && version <= 10 ? { topics: [], includeClusterAuthorizedOperations: true } : undefined,
  ),
  every('broker configs', apis.describeConfigs, () => ({
    resources: [4, 8].map((resourceType) => ({
      resourceType,
      resourceName: '1',
      configurationKeys: ['log.retention.ms'],
    })),
  })),
  every('metrics configs', apis.describeConfigs, () => ({
    resources: [{ resourceType: 16, resourceName: 'm', configurationKeys: ['interval.ms'] }],
  })),
  every('configs of an unknown kind', apis.describeConfigs, () => ({
    resources: [{ resourceType: 77, resourceName: '1', configurationKeys: null }],
  })),
  every('alter broker configs', apis.alterConfigs, () => ({
    resources: [4, 8, 16, 77].map((resourceType) => ({ resourceType, resourceName: '1', configs: [] })),
    validateOnly: true,
  })),
  every('alter broker configs by steps', apis.incrementalAlterConfigs, () => ({
    resources: [4, 8, 16, 77].map((resourceType) => ({ resourceType, resourceName: '1', configs: [] })),
    validateOnly: true,
  })),
  every('names of configs', apis.listConfigResources, () => ({})),
  every('log dirs', apis.describeLogDirs, () => ({ topics: [] })),
  every('move replicas', apis.alterReplicaLogDirs, ({ topic }) => ({
    dirs: [{ path: '/nowhere', topics: [{ name: topic.name, partitions: [0] }] }],
  })),
  every('elect', apis.electLeaders, ({ topic }) => ({
    topicPartitions: [{ topic: topic.name, partitions: [0] }],
    timeoutMs: 1000,
  })),
  every('reassign', apis.alterPartitionReassignments, ({ topic }) => ({
    topics: [{ name: topic.name, partitions: [{ partitionIndex: 0, replicas: [1] }] }],
    timeoutMs: 1000,
  })),
  every('reassignments', apis.listPartitionReassignments, () => ({ topics: null, timeoutMs: 1000 })),
  every('quorum', apis.describeQuorum, () => ({
    topics: [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }],
  })),
  every('quotas', apis.describeClientQuotas, () => ({ components: [], strict: false })),
  every('alter quotas', apis.alterClientQuotas, () => ({
    entries: [{ entity: [{ entityType: 'user', entityName: 'a' }], ops: [] }],
    validateOnly: true,
  })),
  every('credentials', apis.describeUserScramCredentials, () => ({ users: [{ name: 'a' }] })),
  every('alter credentials', apis.alterUserScramCredentials, () => ({
    deletions: [{ name: 'a', mechanism: 1 }],
    upsertions: [],
  })),
  every('features', apis.updateFeatures, () => ({
    featureUpdates: [{ feature: 'group.version', maxVersionLevel: 1 }],
    timeoutMs: 1000,
  })),
  every('unregister', apis.unregisterBroker, () => ({ brokerId: 77 })),
  every('add voter', apis.addRaftVoter, () => ({
    clusterId: null,
    timeoutMs: 1000,
    voterId: 7,
    voterDirectoryId: 'dGhpcy1pcy1uby10b3BpYw',
    listeners: [],
  })),
  every('remove voter', apis.removeRaftVoter, () => ({
    clusterId: null,
    voterId: 7,
    voterDirectoryId: 'dGhpcy1pcy1uby10b3BpYw',
  })),
  every('acls', apis.describeAcls, () => ({
    resourceTypeFilter: 2,
    resourceNameFilter: 'nothing',
    patternTypeFilter: 3,
    principalFilter: null,
    hostFilter: null,
    operation: 1,
    permissionType: 1,
  })),
  every('create acls', apis.createAcls, () => ({
    creations: [
      {
        resourceType: 2,
        resourceName: 'nothing',
        resourcePatternType: 3,
        principal: 'User:a',
        host: '*',
        operation: 3,
        permissionType: 3,
      },
    ],
  })),
  every('delete acls', apis.deleteAcls, () => ({
    filters: [
      {
        resourceTypeFilter: 2,
        resourceNameFilter: 'nothing',
        patternTypeFilter: 3,
        principalFilter: null,
        hostFilter: null,
        operation: 1,
        permissionType: 1,
      },
    ],
  })),
  every('coordinator of shares', apis.findCoordinator, ({ topic }, version) =>
    version < 4 ? undefined : { coordinatorKeys: [`g:${topic.id}:0`], keyType: 2 },
  ),
  every('create', apis.createTopics, ({ absent }, version) =>
    version >= FIRST_WITH_TOPIC_ID
      ? undefined
      : { topics: [creation(absent)], timeoutMs: 1000, validateOnly: true },
  ),
];
