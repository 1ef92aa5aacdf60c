import { describeTopicPartitions } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

export const script: CompareScript = {
  name: 'describe-topic-partitions',
  title: 'DescribeTopicPartitions: pages by cursor, unknown topics, limits out of range.',
  async run(peer) {
    const wide = await peer.topic('page-a', { partitions: 5 });
    const narrow = await peer.topic('page-b');
    for (const version of peer.versions(describeTopicPartitions)) {
      const ask = (
        label: string,
        names: readonly string[],
        limit?: number,
        cursor: { topicName: string; partitionIndex: number } | null = null,
      ) =>
        peer.ask(label, describeTopicPartitions, version, {
          topics: names.map((name) => ({ name })),
          ...(limit === undefined ? {} : { responsePartitionLimit: limit }),
          cursor,
        });
      const both = [narrow.name, wide.name];
      await ask('both', both);
      await ask('first page', both, 2);
      await ask('second page', both, 2, { topicName: wide.name, partitionIndex: 2 });
      await ask('last page', both, 10, { topicName: wide.name, partitionIndex: 4 });
      await ask('cursor beyond the partitions', both, 10, { topicName: wide.name, partitionIndex: 99 });
      await ask('cursor in an unknown topic', both, 10, {
        topicName: peer.unique('page-aa'),
        partitionIndex: 0,
      });
      await ask('negative partition in the cursor', both, 10, { topicName: wide.name, partitionIndex: -1 });
      await ask('unknown', [peer.unique('nowhere'), narrow.name]);
      await ask('limit 0', both, 0);
      await ask('named twice', [narrow.name, narrow.name]);
    }
  },
};
