import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { JavaCheck } from './java-checks.ts';
import type { JavaTools } from './java-tools.ts';

/** Short enough to wait until an instance that was killed is missed. */
export const streamsProperties = {
  'group.streams.min.heartbeat.interval.ms': '500',
  'group.streams.heartbeat.interval.ms': '500',
  'group.streams.min.session.timeout.ms': '6000',
  'group.streams.session.timeout.ms': '6000',
};

const APPLICATION = 'word-count';
const program = resolve(import.meta.dirname, '../../java/StreamsCount.java');

function startInstance(java: JavaTools, name: string) {
  return java.start(program, [java.bootstrapServers, APPLICATION, java.folder(name)]);
}

async function send(java: JavaTools, words: readonly string[]): Promise<void> {
  await java.expect('ConsoleProducer', ['--topic', 'words'], '', { input: `${words.join('\n')}\n` });
}

/** All that was counted so far has these lines in it, after so many records. */
async function expectCounts(java: JavaTools, records: number, ...lines: readonly string[]): Promise<void> {
  await java.expect(
    'consumer.ConsoleConsumer',
    ['--topic', 'counted', '--from-beginning', '--max-messages', String(records)],
    ...lines,
  );
}

/** Kafka Streams in the streams protocol (KIP-1071): the second check finds what the first has left. */
export const streamsChecks: readonly JavaCheck[] = [
  {
    tool: 'KafkaStreams',
    title: 'counts words; when an instance is killed, another one goes on from its state',
    async run(java) {
      await java.expect('TopicCommand', ['--create', '--topic', 'words', '--partitions', '4'], 'Created');
      await java.expect('TopicCommand', ['--create', '--topic', 'counted', '--partitions', '1'], 'Created');
      await using first = startInstance(java, 'first');
      await first.printed('STATE RUNNING');
      await send(java, ['one', 'two', 'one']);
      await expectCounts(java, 3, 'one 1', 'one 2', 'two 1');
      await using second = startInstance(java, 'second');
      await second.printed('STATE RUNNING');
      await java.expect('streams.StreamsGroupCommand', ['--list'], APPLICATION);
      await first.kill();
      await send(java, ['one', 'two', 'three']);
      await expectCounts(java, 6, 'one 3', 'two 2', 'three 1');
      const members = ['--describe', '--group', APPLICATION, '--members'];
      await java.expect('streams.StreamsGroupCommand', members, '0:[0,1,2,3]; 1:[0,1,2,3]');
    },
  },
  {
    tool: 'DumpLogSegments',
    title: 'reads what is written down of a streams group',
    async run(java) {
      const folders = readdirSync(java.dataDirectory).filter((name) =>
        name.startsWith('__consumer_offsets-'),
      );
      const files = folders.map((name) => join(java.dataDirectory, name, '00000000000000000000.log'));
      await java.expectPlain(
        'DumpLogSegments',
        ['--offsets-decoder', '--files', files.join(',')],
        '"repartitionSourceTopics":[{"name":"word-count-counts-repartition"',
        '"key":"num.standby.replicas","value":"0"',
        '"activeTasksPendingRevocation"',
      );
    },
  },
];
