import { alterReplicaLogDirs, describeLogDirs } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

export const script: CompareScript = {
  name: 'alter-replica-log-dirs',
  title: 'AlterReplicaLogDirs: where the partition is, where nothing is, what is not there.',
  async run(peer) {
    const topic = await peer.topic('moved', { partitions: 2 });
    const { results } = await peer.quietly(describeLogDirs, 4, {
      topics: [{ topic: topic.name, partitions: [0] }],
    });
    const path = results[0]!.logDir;
    for (const version of peer.versions(alterReplicaLogDirs)) {
      const ask = (label: string, to: string, name: string, partitions: readonly number[]) =>
        peer.ask(label, alterReplicaLogDirs, version, {
          dirs: [{ path: to, topics: [{ name, partitions }] }],
        });
      await ask('where it is', path, topic.name, [0, 1]);
      await ask('a partition that is not there', path, topic.name, [7]);
      await ask('a topic that is not there', path, peer.unique('nowhere'), [0]);
      await ask('a directory that is not there', '/no/such/directory', topic.name, [0]);
      await ask('a relative directory', 'data', topic.name, [0]);
      await ask('neither is there', '/no/such/directory', peer.unique('nowhere'), [0]);
      await ask('no partitions', path, topic.name, []);
      await peer.ask('nothing', alterReplicaLogDirs, version, { dirs: [] });
    }
  },
};
