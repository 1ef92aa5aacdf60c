import { ApiKey, type ErrorCode, kafkaErrorName } from '@millrace/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAcls, type TestAcl } from '../testing/acls.ts';
import type { RawConnection } from '../testing/raw-connection.ts';
import { batchOf, createTopic } from '../testing/requests.ts';
import { connectAs, startSecuredBroker } from '../testing/secured-broker.ts';
import type { TestBroker } from '../testing/test-broker.ts';
import { allApis } from './all-apis.ts';

type Grant = readonly [type: TestAcl['type'], name: string, operation: TestAcl['operation']];

interface Row {
  readonly api: keyof typeof ApiKey;
  readonly message: object;
  /** Default: the newest. */
  readonly version?: number;
  /** What is asked for, one after the other, and how its lack is said. */
  readonly needs: readonly (readonly [...Grant, refusal: keyof typeof ErrorCode])[];
}

const TOPIC = 'TOPIC_AUTHORIZATION_FAILED';
const GROUP = 'GROUP_AUTHORIZATION_FAILED';
const CLUSTER = 'CLUSTER_AUTHORIZATION_FAILED';
const TRANSACTION = 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED';
const refusals: ReadonlySet<string> = new Set([TOPIC, GROUP, CLUSTER, TRANSACTION]);

const records = batchOf(['a']);
const partitions = [{ partitionIndex: 0, committedOffset: 0, committedMetadata: '' }];
const cluster = (operation: TestAcl['operation']) =>
  ['CLUSTER', 'kafka-cluster', operation, CLUSTER] as const;
const topic = (operation: TestAcl['operation']) => ['TOPIC', 'orders', operation, TOPIC] as const;
const group = (operation: TestAcl['operation']) => ['GROUP', 'g', operation, GROUP] as const;
const transaction = (operation: TestAcl['operation']) =>
  ['TRANSACTIONAL_ID', 't', operation, TRANSACTION] as const;
const producer = { transactionalId: 't', producerId: 1, producerEpoch: 0 };

const rows: readonly Row[] = [
  {
    api: 'PRODUCE',
    version: 12,
    message: { acks: -1, topicData: [{ name: 'orders', partitionData: [{ index: 0, records }] }] },
    needs: [topic('WRITE')],
  },
  {
    api: 'PRODUCE',
    version: 12,
    message: {
      transactionalId: 't',
      acks: -1,
      topicData: [{ name: 'orders', partitionData: [{ index: 0, records }] }],
    },
    needs: [transaction('WRITE'), topic('WRITE')],
  },
  {
    api: 'FETCH',
    version: 12,
    message: {
      maxBytes: 1000,
      topics: [{ topic: 'orders', partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1000 }] }],
    },
    needs: [topic('READ')],
  },
  {
    api: 'LIST_OFFSETS',
    message: {
      replicaId: -1,
      topics: [{ name: 'orders', partitions: [{ ...partitions[0], timestamp: -1 }] }],
    },
    needs: [topic('DESCRIBE')],
  },
  { api: 'METADATA', message: { topics: [{ name: 'orders' }] }, needs: [topic('DESCRIBE')] },
  {
    api: 'METADATA',
    message: { topics: [{ name: 'absent' }], allowAutoTopicCreation: true },
    needs: [
      ['TOPIC', 'absent', 'DESCRIBE', TOPIC],
      ['TOPIC', 'absent', 'CREATE', TOPIC],
    ],
  },
  {
    api: 'OFFSET_COMMIT',
    version: 9,
    message: { groupId: 'g', topics: [{ name: 'orders', partitions }] },
    needs: [group('READ'), topic('READ')],
  },
  {
    api: 'OFFSET_FETCH',
    version: 9,
    message: { groups: [{ groupId: 'g', topics: [{ name: 'orders', partitionIndexes: [0] }] }] },
    needs: [group('DESCRIBE'), topic('DESCRIBE')],
  },
  { api: 'FIND_COORDINATOR', message: { keyType: 0, coordinatorKeys: ['g'] }, needs: [group('DESCRIBE')] },
  {
    api: 'FIND_COORDINATOR',
    message: { keyType: 1, coordinatorKeys: ['t'] },
    needs: [transaction('DESCRIBE')],
  },
  { api: 'JOIN_GROUP', message: { groupId: 'g', sessionTimeoutMs: 10_000 }, needs: [group('READ')] },
  { api: 'HEARTBEAT', message: { groupId: 'g' }, needs: [group('READ')] },
  { api: 'LEAVE_GROUP', message: { groupId: 'g' }, needs: [group('READ')] },
  {
    api: 'SYNC_GROUP',
    message: { groupId: 'g', protocolType: 'consumer', protocolName: 'range' },
    needs: [group('READ')],
  },
  { api: 'DESCRIBE_GROUPS', message: { groups: ['g'] }, needs: [group('DESCRIBE')] },
  {
    api: 'CREATE_TOPICS',
    message: {
      topics: [{ name: 'new', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] }],
      validateOnly: true,
    },
    needs: [
      ['TOPIC', 'new', 'CREATE', TOPIC],
      ['TOPIC', 'new', 'DESCRIBE_CONFIGS', TOPIC],
    ],
  },
  {
    api: 'DELETE_TOPICS',
    version: 5,
    message: { topicNames: ['missing'] },
    needs: [['TOPIC', 'missing', 'DELETE', TOPIC]],
  },
  {
    api: 'DELETE_RECORDS',
    message: { topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, offset: 0 }] }] },
    needs: [topic('DELETE')],
  },
  { api: 'INIT_PRODUCER_ID', message: { transactionalId: null }, needs: [cluster('IDEMPOTENT_WRITE')] },
  {
    api: 'INIT_PRODUCER_ID',
    message: { transactionalId: 't', transactionTimeoutMs: 1 },
    needs: [transaction('WRITE')],
  },
  {
    api: 'OFFSET_FOR_LEADER_EPOCH',
    message: { topics: [{ topic: 'orders', partitions: [{ partition: 0, leaderEpoch: 0 }] }] },
    needs: [topic('DESCRIBE')],
  },
  {
    api: 'ADD_PARTITIONS_TO_TXN',
    version: 3,
    message: {
      v3AndBelowTransactionalId: 't',
      v3AndBelowProducerId: 1,
      v3AndBelowProducerEpoch: 0,
      v3AndBelowTopics: [{ name: 'orders', partitions: [0] }],
    },
    needs: [transaction('WRITE'), topic('WRITE')],
  },
  { api: 'ADD_PARTITIONS_TO_TXN', message: { transactions: [] }, needs: [cluster('CLUSTER_ACTION')] },
  {
    api: 'ADD_OFFSETS_TO_TXN',
    message: { ...producer, groupId: 'g' },
    needs: [transaction('WRITE'), group('READ')],
  },
  { api: 'END_TXN', message: producer, needs: [transaction('WRITE')] },
  {
    api: 'WRITE_TXN_MARKERS',
    message: {
      markers: [
        {
          producerId: 1,
          producerEpoch: 0,
          transactionResult: true,
          coordinatorEpoch: 0,
          topics: [{ name: 'missing', partitionIndexes: [0] }],
        },
      ],
    },
    needs: [cluster('CLUSTER_ACTION')],
  },
  {
    api: 'TXN_OFFSET_COMMIT',
    message: { ...producer, groupId: 'g', topics: [{ name: 'orders', partitions }] },
    needs: [transaction('WRITE'), group('READ'), topic('READ')],
  },
  {
    api: 'DESCRIBE_CONFIGS',
    message: {
      resources: [{ resourceType: 2, resourceName: 'orders', configs: [], configurationKeys: null }],
    },
    needs: [topic('DESCRIBE_CONFIGS')],
  },
  {
    api: 'DESCRIBE_CONFIGS',
    message: { resources: [{ resourceType: 4, resourceName: '1', configurationKeys: null }] },
    needs: [cluster('DESCRIBE_CONFIGS')],
  },
  {
    api: 'DESCRIBE_CONFIGS',
    message: { resources: [{ resourceType: 32, resourceName: 'g', configurationKeys: null }] },
    needs: [group('DESCRIBE_CONFIGS')],
  },
  {
    api: 'ALTER_CONFIGS',
    message: {
      resources: [{ resourceType: 2, resourceName: 'orders', configs: [], configurationKeys: null }],
    },
    needs: [topic('ALTER_CONFIGS')],
  },
  {
    api: 'INCREMENTAL_ALTER_CONFIGS',
    message: { resources: [{ resourceType: 4, resourceName: '', configs: [] }] },
    needs: [cluster('ALTER_CONFIGS')],
  },
  {
    api: 'CREATE_PARTITIONS',
    message: { topics: [{ name: 'orders', count: 1, assignments: null }] },
    needs: [topic('ALTER')],
  },
  { api: 'ELECT_LEADERS', message: { topicPartitions: [] }, needs: [cluster('ALTER')] },
  { api: 'ALTER_PARTITION_REASSIGNMENTS', message: { topics: [] }, needs: [cluster('ALTER')] },
  { api: 'LIST_PARTITION_REASSIGNMENTS', message: { topics: null }, needs: [cluster('DESCRIBE')] },
  { api: 'DESCRIBE_QUORUM', message: { topics: [] }, needs: [cluster('DESCRIBE')] },
  { api: 'UPDATE_FEATURES', message: { featureUpdates: [] }, needs: [cluster('ALTER')] },
  { api: 'UNREGISTER_BROKER', message: { brokerId: 77 }, needs: [cluster('ALTER')] },
  {
    api: 'ALTER_REPLICA_LOG_DIRS',
    message: { dirs: [{ path: '/nowhere', topics: [{ name: 'orders', partitions: [0] }] }] },
    needs: [cluster('ALTER')],
  },
  { api: 'DESCRIBE_LOG_DIRS', message: { topics: [] }, needs: [cluster('DESCRIBE')] },
  {
    api: 'DESCRIBE_CLIENT_QUOTAS',
    message: { components: [], strict: false },
    needs: [cluster('DESCRIBE_CONFIGS')],
  },
  {
    api: 'ALTER_CLIENT_QUOTAS',
    message: { entries: [{ entity: [{ entityType: 'user', entityName: 'a' }], ops: [] }] },
    needs: [cluster('ALTER_CONFIGS')],
  },
  { api: 'LIST_CONFIG_RESOURCES', message: {}, needs: [cluster('DESCRIBE_CONFIGS')] },
  { api: 'ADD_RAFT_VOTER', message: { voterId: 7, listeners: [] }, needs: [cluster('ALTER')] },
  { api: 'REMOVE_RAFT_VOTER', message: { voterId: 7 }, needs: [cluster('ALTER')] },
  { api: 'DELETE_GROUPS', message: { groupsNames: ['g'] }, needs: [group('DELETE')] },
  {
    api: 'OFFSET_DELETE',
    message: { groupId: 'g', topics: [{ name: 'orders', partitions }] },
    needs: [group('DELETE')],
  },
  {
    api: 'DESCRIBE_PRODUCERS',
    message: { topics: [{ name: 'orders', partitionIndexes: [0] }] },
    needs: [topic('READ')],
  },
  { api: 'DESCRIBE_TRANSACTIONS', message: { transactionalIds: ['t'] }, needs: [transaction('DESCRIBE')] },
  {
    api: 'CONSUMER_GROUP_HEARTBEAT',
    message: { groupId: 'g', memberId: 'm', subscribedTopicNames: ['orders'] },
    needs: [group('READ'), topic('DESCRIBE')],
  },
  { api: 'CONSUMER_GROUP_DESCRIBE', message: { groupIds: ['g'] }, needs: [group('DESCRIBE')] },
  {
    api: 'DESCRIBE_TOPIC_PARTITIONS',
    message: { topics: [{ name: 'orders' }], responsePartitionLimit: 9 },
    needs: [topic('DESCRIBE')],
  },
];

/** APIs whose ACLs are shown elsewhere, and those that need none. */
const elsewhere: readonly (keyof typeof ApiKey)[] = [
  'API_VERSIONS',
  'SASL_HANDSHAKE',
  'SASL_AUTHENTICATE',
  'LIST_GROUPS',
  'LIST_TRANSACTIONS',
  'DESCRIBE_CLUSTER',
  'GET_TELEMETRY_SUBSCRIPTIONS',
  'PUSH_TELEMETRY',
  'DESCRIBE_ACLS',
  'CREATE_ACLS',
  'DELETE_ACLS',
  'DESCRIBE_USER_SCRAM_CREDENTIALS',
  'ALTER_USER_SCRAM_CREDENTIALS',
  'CREATE_DELEGATION_TOKEN',
  'RENEW_DELEGATION_TOKEN',
  'EXPIRE_DELEGATION_TOKEN',
  'DESCRIBE_DELEGATION_TOKEN',
];
/** Share groups: their own tests. */
const ofShareGroups = (key: number) =>
  key >= ApiKey.SHARE_GROUP_HEARTBEAT && key <= ApiKey.DELETE_SHARE_GROUP_OFFSETS;

let server: TestBroker;
let admin: RawConnection;

beforeAll(async () => {
  const users = ['admin', ...rows.map((_, index) => `case-${index}`)];
  const passwords = users.map((name) => `user_${name}="${name}"`).join(' ');
  server = await startSecuredBroker({
    'listener.name.sasl_plaintext.plain.sasl.jaas.config': `PlainLoginModule required ${passwords};`,
  });
  admin = await connectAs(server, 'admin');
  await createTopic(admin, 'orders');
  await server.broker.ensureInternalTopic('__consumer_offsets');
});

afterAll(() => server[Symbol.asyncDispose]());

/** Names of the authorization errors in an answer. */
async function refusalsOf(connection: RawConnection, { api, version, message }: Row): Promise<string[]> {
  const handler = allApis.find(({ key }) => key === ApiKey[api])!;
  const answer = await connection.send({
    request: handler.request,
    response: handler.response,
    version: version ?? handler.maxVersion,
    message: handler.request.create(message as never) as never,
  });
  return [...new Set(errorCodesIn(answer).map((code) => kafkaErrorName(code)))].filter((name) =>
    refusals.has(name),
  );
}

function errorCodesIn(value: unknown): number[] {
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return [];
  return Object.entries(value).flatMap(([name, field]: [string, unknown]) =>
    /errorcode$/i.test(name) && typeof field === 'number' ? [field] : errorCodesIn(field),
  );
}

describe('ACLs', () => {
  test.each(rows.map((row, index) => [row.api, row.version ?? 'newest', index, row] as const))(
    '%s, version %s, is refused until all that it needs is allowed (case %i)',
    async (_api, _version, index, row) => {
      // A user per case, so that no case has what another was granted.
      const user = `case-${index}`;
      const connection = await connectAs(server, user);
      for (const [type, name, operation, refusal] of row.needs) {
        expect(await refusalsOf(connection, row), `before ${operation} on ${name}`).toEqual([refusal]);
        await createAcls(admin, [{ type, name, operation, principal: `User:${user}` }]);
      }
      expect(await refusalsOf(connection, row)).toEqual([]);
    },
  );

  test('every API has its case', () => {
    const covered = new Set<number>([
      ...rows.map(({ api }) => ApiKey[api]),
      ...elsewhere.map((api) => ApiKey[api]),
    ]);
    const missing = allApis.filter(({ key }) => !covered.has(key) && !ofShareGroups(key));
    expect(missing.map(({ request }) => request.name)).toEqual([]);
  });
});
