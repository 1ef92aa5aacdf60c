import { describeLogDirs } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { write } from '../records/record-requests.ts';

export const script: CompareScript = {
  name: 'describe-log-dirs',
  title: 'DescribeLogDirs in every version: some partitions, none, all, unknown ones.',
  async run(peer) {
    const topic = await peer.topic('stored', { partitions: 2 });
    await write(peer, topic, ['a', 'b']);
    for (const version of peer.versions(describeLogDirs)) {
      const ask = async (
        label: string,
        topics: readonly { topic: string; partitions: readonly number[] }[] | null,
      ) => {
        const { errorCode, results } = await peer.quietly(describeLogDirs, version, { topics });
        peer.note(`${label}, v${version}`, {
          errorCode,
          directories: results.map((result) => ({
            errorCode: result.errorCode,
            // What the disks have is their own affair; whether it is told is not.
            isSpaceKnown: [result.totalBytes > 0, result.usableBytes > 0],
            topics: result.topics.filter(({ name }) => name === topic.name),
          })),
        });
      };
      await ask('some', [{ topic: topic.name, partitions: [0, 1, 9] }]);
      await ask('no partitions', [{ topic: topic.name, partitions: [] }]);
      await ask('unknown topic', [{ topic: peer.unique('nowhere'), partitions: [0] }]);
      await ask('all', null);
      await ask('none', []);
    }
  },
};
