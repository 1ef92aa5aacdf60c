import { join } from 'node:path';
import { streamsChecks } from './java-streams.ts';
import type { JavaTools } from './java-tools.ts';

/** One of Kafka's command line tools, what is asked of it, and what it must print. */
export interface JavaCheck {
  readonly tool: string;
  readonly title: string;
  run(java: JavaTools): Promise<void>;
}

const records = ['k1:one', 'k2:two', 'k3:three'];

/** In this order: later ones find what earlier ones left. */
export const javaChecks: readonly JavaCheck[] = [
  {
    tool: 'TopicCommand',
    title: 'creates, describes, alters, lists and deletes topics',
    async run(java) {
      await java.expect(
        'TopicCommand',
        ['--create', '--topic', 'orders', '--partitions', '2'],
        'Created topic orders',
      );
      await java.expect('TopicCommand', ['--alter', '--topic', 'orders', '--partitions', '3'], '');
      await java.expect('TopicCommand', ['--describe', '--topic', 'orders'], 'PartitionCount: 3');
      await java.expect(
        'TopicCommand',
        ['--create', '--topic', 'brief', '--config', 'retention.ms=1000'],
        'Created topic brief',
      );
      await java.expect('TopicCommand', ['--describe', '--topic', 'brief'], 'retention.ms=1000');
      await java.expect('TopicCommand', ['--list'], 'brief\norders');
      await java.expect('TopicCommand', ['--delete', '--topic', 'brief'], '');
      await java.refuse('TopicCommand', ['--describe', '--topic', 'brief'], 'does not exist');
    },
  },
  {
    tool: 'BrokerApiVersionsCommand',
    title: 'knows every API that the broker has',
    run: (java) => java.expect('BrokerApiVersionsCommand', [], 'ShareFetch(78): 1 to 2 [usable: 2]'),
  },
  {
    tool: 'ConsoleProducer',
    title: 'sends lines with keys',
    run: (java) =>
      java.expect(
        'ConsoleProducer',
        ['--topic', 'orders', '--reader-property', 'parse.key=true', '--reader-property', 'key.separator=:'],
        '',
        { input: `${records.join('\n')}\n` },
      ),
  },
  ...(['classic', 'consumer'] as const).map((protocol) => ({
    tool: 'ConsoleConsumer',
    title: `reads them in a group of the ${protocol} protocol`,
    run: (java: JavaTools) =>
      java.expect(
        'consumer.ConsoleConsumer',
        [
          '--topic',
          'orders',
          '--from-beginning',
          '--max-messages',
          '3',
          '--group',
          `readers-${protocol}`,
          '--formatter-property',
          'print.key=true',
          '--formatter-property',
          'key.separator=:',
          '--command-property',
          `group.protocol=${protocol}`,
        ],
        ...records,
      ),
  })),
  {
    tool: 'ConsoleShareConsumer',
    title: 'reads from a share group that begins at the earliest record',
    async run(java) {
      const group = ['--entity-type', 'groups', '--entity-name', 'workers'];
      await java.expect(
        'kafka.admin.ConfigCommand',
        ['--alter', ...group, '--add-config', 'share.auto.offset.reset=earliest'],
        'Completed updating',
      );
      const reading = ['--topic', 'orders', '--group', 'workers', '--max-messages', '3'];
      await java.expect('consumer.ConsoleShareConsumer', reading, 'one', 'two', 'three');
    },
  },
  {
    tool: 'ConsumerGroupCommand',
    title: 'lists, describes, resets, and deletes groups and their offsets',
    async run(java) {
      const tool = 'consumer.group.ConsumerGroupCommand';
      await java.expect(tool, ['--list', '--type', 'classic'], 'readers-classic');
      await java.expect(tool, ['--list', '--type', 'consumer'], 'readers-consumer');
      await java.expect(tool, ['--describe', '--group', 'readers-consumer'], 'orders', 'LAG');
      await java.expect(tool, ['--describe', '--group', 'readers-consumer', '--state'], 'Empty');
      await java.expect(
        tool,
        ['--reset-offsets', '--group', 'readers-consumer', '--topic', 'orders', '--to-earliest', '--execute'],
        'orders',
      );
      await java.expect(
        tool,
        ['--delete-offsets', '--group', 'readers-classic', '--topic', 'orders'],
        'Successful',
      );
      await java.expect(tool, ['--delete', '--group', 'readers-classic'], 'successful');
    },
  },
  {
    tool: 'ShareGroupCommand',
    title: 'lists, describes, resets and deletes share groups',
    async run(java) {
      const tool = 'consumer.group.ShareGroupCommand';
      await java.expect(tool, ['--list'], 'workers');
      await java.expect(tool, ['--describe', '--group', 'workers'], 'orders');
      await java.expect(
        tool,
        ['--reset-offsets', '--group', 'workers', '--topic', 'orders', '--to-earliest', '--execute'],
        'orders',
      );
      await java.expect(tool, ['--delete', '--group', 'workers'], 'successful');
    },
  },
  {
    tool: 'GroupsCommand',
    title: 'lists groups of all kinds',
    run: (java) => java.expect('GroupsCommand', ['--list'], 'readers-consumer'),
  },
  {
    tool: 'GetOffsetShell',
    title: 'knows the earliest and latest offsets',
    async run(java) {
      await java.expect('GetOffsetShell', ['--topic', 'orders', '--time', 'earliest'], 'orders:0:0');
      await java.expect('GetOffsetShell', ['--topic', 'orders', '--time', 'latest'], 'orders:2:');
    },
  },
  {
    tool: 'DeleteRecordsCommand',
    title: 'moves the start of a partition',
    async run(java) {
      const file = java.file('delete.json', {
        partitions: [0, 1, 2].map((partition) => ({ topic: 'orders', partition, offset: -1 })),
        version: 1,
      });
      await java.expect('DeleteRecordsCommand', ['--offset-json-file', file], 'low_watermark: 1');
    },
  },
  {
    tool: 'LogDirsCommand',
    title: 'describes log directories',
    run: (java) =>
      java.expect('LogDirsCommand', ['--describe', '--topic-list', 'orders'], '"partition":"orders-0"'),
  },
  {
    tool: 'ConfigCommand',
    title: 'alters and describes topics, brokers, users, quotas, groups and client metrics',
    async run(java) {
      const tool = 'kafka.admin.ConfigCommand';
      const topic = ['--entity-type', 'topics', '--entity-name', 'orders'];
      await java.expect(
        tool,
        ['--alter', ...topic, '--add-config', 'retention.ms=60000'],
        'Completed updating',
      );
      await java.expect(tool, ['--describe', ...topic], 'retention.ms=60000');
      const broker = ['--entity-type', 'brokers', '--entity-name', '1'];
      await java.expect(
        tool,
        ['--alter', ...broker, '--add-config', 'message.max.bytes=2000000'],
        'Completed updating',
      );
      await java.expect(tool, ['--describe', ...broker, '--all'], 'message.max.bytes=2000000');
      const user = ['--entity-type', 'users', '--entity-name', 'carol'];
      await java.expect(
        tool,
        ['--alter', ...user, '--add-config', 'SCRAM-SHA-256=[password=secret]'],
        'Completed updating',
      );
      await java.expect(tool, ['--describe', ...user], 'SCRAM-SHA-256');
      await java.expect(
        tool,
        ['--alter', ...user, '--add-config', 'producer_byte_rate=1000'],
        'Completed updating',
      );
      await java.expect(tool, ['--describe', ...user], 'producer_byte_rate=1000');
      const metrics = ['--entity-type', 'client-metrics', '--entity-name', 'all'];
      await java.expect(
        tool,
        ['--alter', ...metrics, '--add-config', 'interval.ms=5000'],
        'Completed updating',
      );
      await java.expect(tool, ['--describe', ...metrics], 'interval.ms=5000');
      const group = ['--entity-type', 'groups', '--entity-name', 'g'];
      await java.expect(
        tool,
        ['--alter', ...group, '--add-config', 'consumer.session.timeout.ms=50000'],
        'Completed updating',
      );
      await java.expect(tool, ['--describe', ...group], 'consumer.session.timeout.ms=50000');
    },
  },
  {
    tool: 'ClientMetricsCommand',
    title: 'lists and deletes subscriptions to client metrics',
    async run(java) {
      await java.expect(
        'ClientMetricsCommand',
        ['--alter', '--name', 'java', '--metrics', 'org.apache.kafka.'],
        'java',
      );
      await java.expect('ClientMetricsCommand', ['--list'], 'java');
      await java.expect('ClientMetricsCommand', ['--delete', '--name', 'java'], '');
    },
  },
  {
    tool: 'AclCommand',
    title: 'adds, lists and removes ACLs',
    async run(java) {
      const acl = ['--allow-principal', 'User:alice', '--operation', 'Read', '--topic', 'orders'];
      await java.expect('AclCommand', ['--add', ...acl], 'principal=User:alice');
      await java.expect('AclCommand', ['--list', '--topic', 'orders'], 'principal=User:alice');
      await java.expect('AclCommand', ['--remove', '--force', ...acl], '');
    },
  },
  {
    tool: 'FeatureCommand',
    title: 'describes features',
    run: (java) =>
      java.expect('FeatureCommand', ['describe'], 'Feature: metadata.version', 'Feature: share.version'),
  },
  {
    tool: 'MetadataQuorumCommand',
    title: 'describes the quorum of one',
    async run(java) {
      await java.expect('MetadataQuorumCommand', ['describe', '--status'], 'LeaderId:');
      await java.expect('MetadataQuorumCommand', ['describe', '--replication'], 'Leader');
    },
  },
  {
    tool: 'LeaderElectionCommand',
    title: 'elects who leads already',
    run: (java) =>
      java.expect('LeaderElectionCommand', ['--election-type', 'preferred', '--all-topic-partitions'], ''),
  },
  {
    tool: 'ReassignPartitionsCommand',
    title: 'lists reassignments, of which there are none',
    run: (java) =>
      java.expect('reassign.ReassignPartitionsCommand', ['--list'], 'No partition reassignments found.'),
  },
  {
    tool: 'ProducerPerformance',
    title: 'sends 20,000 records, plain and in transactions',
    async run(java) {
      const load = [
        '--topic',
        'perf',
        '--num-records',
        '20000',
        '--record-size',
        '100',
        '--throughput',
        '-1',
      ];
      const property = ['--command-property', `bootstrap.servers=${java.bootstrapServers}`];
      await java.expect('ProducerPerformance', [...load, ...property], '20000 records sent');
      const transaction = ['--transactional-id', 'perf', '--transaction-duration-ms', '200'];
      await java.expect('ProducerPerformance', [...load, ...property, ...transaction], '20000 records sent');
    },
  },
  {
    tool: 'ConsumerPerformance',
    title: 'reads them',
    run: (java) =>
      java.expect('ConsumerPerformance', ['--topic', 'perf', '--num-records', '30000'], 'nMsg.sec', ', 3'),
  },
  {
    tool: 'ShareConsumerPerformance',
    title: 'reads them in a share group',
    async run(java) {
      const group = ['--entity-type', 'groups', '--entity-name', 'perf-share'];
      await java.expect(
        'kafka.admin.ConfigCommand',
        ['--alter', ...group, '--add-config', 'share.auto.offset.reset=earliest'],
        'Completed updating',
      );
      const load = [
        '--topic',
        'perf',
        '--num-records',
        '20000',
        '--group',
        'perf-share',
        '--timeout',
        '30000',
      ];
      await java.expect('ShareConsumerPerformance', load, 'nMsg.sec');
    },
  },
  {
    tool: 'EndToEndLatency',
    title: 'measures 200 records there and back',
    run: (java) =>
      java.expect(
        'EndToEndLatency',
        ['--topic', 'latency', '--num-records', '200', '--producer-acks', '1', '--record-size', '100'],
        'Percentiles:',
      ),
  },
  {
    tool: 'TransactionsCommand',
    title: 'lists and describes transactions and producers',
    async run(java) {
      await java.expect('TransactionsCommand', ['list'], 'perf');
      await java.expect('TransactionsCommand', ['describe', '--transactional-id', 'perf'], 'CompleteCommit');
      await java.expect(
        'TransactionsCommand',
        ['describe-producers', '--topic', 'perf', '--partition', '0'],
        'ProducerId',
      );
      await java.expect('TransactionsCommand', ['find-hanging', '--topic', 'perf'], '');
    },
  },
  {
    tool: 'VerifiableProducer',
    title: 'has 1,000 records acknowledged',
    run: (java) =>
      java.expect(
        'VerifiableProducer',
        ['--topic', 'verifiable', '--max-messages', '1000', '--acks', '-1'],
        '"name":"shutdown_complete"',
        '"acked":1000',
      ),
  },
  ...(['classic', 'consumer'] as const).map((protocol) => ({
    tool: 'VerifiableConsumer',
    title: `consumes them all in a group of the ${protocol} protocol`,
    run: (java: JavaTools) =>
      java.expect(
        'VerifiableConsumer',
        [
          '--topic',
          'verifiable',
          '--group-id',
          `verifiers-${protocol}`,
          '--max-messages',
          '1000',
          '--reset-policy',
          'earliest',
          '--group-protocol',
          protocol,
        ],
        '"name":"partitions_assigned"',
        '"name":"offsets_committed"',
        '"name":"shutdown_complete"',
      ),
  })),
  {
    tool: 'VerifiableShareConsumer',
    title: 'acknowledges them all',
    run: (java) =>
      java.expect(
        'VerifiableShareConsumer',
        [
          '--topic',
          'verifiable',
          '--group-id',
          'share-verifiers',
          '--max-messages',
          '1000',
          '--offset-reset-strategy',
          'earliest',
          '--acknowledgement-mode',
          'sync',
        ],
        '"name":"offsets_acknowledged"',
        '"name":"shutdown_complete"',
      ),
  },
  {
    tool: 'ClientCompatibilityTest',
    title: 'finds what it is told to find',
    async run(java) {
      // It refuses a topic in which something is already.
      await java.expect('TopicCommand', ['--create', '--topic', 'compatibility'], 'Created topic');
      await java.expect(
        'ClientCompatibilityTest',
        [
          '--topic',
          'compatibility',
          '--offsets-for-times-supported',
          'true',
          '--cluster-id-supported',
          'true',
          '--expect-record-too-large-exception',
          'false',
          '--num-cluster-nodes',
          '1',
          '--create-topics-supported',
          'true',
          '--describe-acls-supported',
          'true',
          '--describe-configs-supported',
          'true',
          '--idempotent-producer-supported',
          'true',
        ],
        'SUCCESS.',
      );
    },
  },
  {
    tool: 'DumpLogSegments',
    title: 'reads the files of a partition',
    run: (java) =>
      java.expectPlain(
        'DumpLogSegments',
        ['--deep-iteration', '--files', join(java.dataDirectory, 'verifiable-0/00000000000000000000.log')],
        'baseOffset: 0',
        'isvalid: true',
      ),
  },
  ...streamsChecks,
];
