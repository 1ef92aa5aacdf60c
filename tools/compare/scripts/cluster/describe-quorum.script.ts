import { describeQuorum } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

export const script: CompareScript = {
  name: 'describe-quorum',
  title: 'DescribeQuorum of the metadata partition, and of partitions that have no quorum.',
  async run(peer) {
    for (const version of peer.versions(describeQuorum)) {
      const ask = async (label: string, topicName: string, partitionIndex: number) => {
        const answer = await peer.quietly(describeQuorum, version, {
          topics: [{ topicName, partitions: [{ partitionIndex }] }],
        });
        const { errorCode, topics } = answer;
        // Offsets and times are those of each log.
        const partitions = topics.flatMap((topic) =>
          topic.partitions.map((partition) => ({
            topic: topic.topicName,
            partitionIndex: partition.partitionIndex,
            errorCode: partition.errorCode,
            leaderId: partition.leaderId,
            isElected: partition.leaderEpoch > 0,
            hasHighWatermark: partition.highWatermark > 0,
            voters: partition.currentVoters.map(({ replicaId, logEndOffset }) => [
              replicaId,
              logEndOffset > 0,
            ]),
            observers: partition.observers.map(({ replicaId }) => replicaId),
          })),
        );
        peer.note(`${label}, v${version}`, { errorCode, partitions });
      };
      await ask('metadata', '__cluster_metadata', 0);
      await ask('another partition', '__cluster_metadata', 1);
      await ask('another topic', peer.unique('orders'), 0);
      await peer.ask('nothing', describeQuorum, version, { topics: [] });
    }
  },
};
