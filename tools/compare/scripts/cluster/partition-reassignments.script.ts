import { alterPartitionReassignments, listPartitionReassignments } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

export const script: CompareScript = {
  name: 'partition-reassignments',
  title:
    'Reassignments on a cluster of one node: to itself, to others, cancelled, unknown places, and the list of them.',
  async run(peer) {
    const { name } = await peer.topic('moved', { partitions: 2 });
    for (const version of peer.versions(alterPartitionReassignments)) {
      const alter = (
        label: string,
        replicas: readonly number[] | null,
        { topic = name, partitionIndex = 0, mayChange = true } = {},
      ) =>
        peer.ask(label, alterPartitionReassignments, version, {
          timeoutMs: 5000,
          ...(version >= 1 ? { allowReplicationFactorChange: mayChange } : {}),
          topics: [{ name: topic, partitions: [{ partitionIndex, replicas }] }],
        });
      await alter('to itself', [1]);
      await alter('to an unknown node', [7]);
      await alter('to itself and an unknown node', [1, 7]);
      await alter('to nobody', []);
      await alter('to itself twice', [1, 1]);
      await alter('to a negative node', [-1]);
      await alter('cancel nothing', null);
      await alter('unknown partition', [1], { partitionIndex: 9 });
      await alter('unknown topic', [1], { topic: peer.unique('nowhere') });
      if (version >= 1) await alter('another factor, not allowed', [1, 7], { mayChange: false });
      await peer.ask('no topics', alterPartitionReassignments, version, { timeoutMs: 5000, topics: [] });
    }
    for (const version of peer.versions(listPartitionReassignments)) {
      const list = (
        label: string,
        topics: readonly { name: string; partitionIndexes: readonly number[] }[] | null,
      ) => peer.ask(label, listPartitionReassignments, version, { timeoutMs: 5000, topics });
      await list('list all', null);
      await list('list some', [{ name, partitionIndexes: [0, 1, 9] }]);
      await list('list of an unknown topic', [{ name: peer.unique('nowhere'), partitionIndexes: [0] }]);
      await list('list none', []);
    }
  },
};
