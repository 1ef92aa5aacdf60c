import { electLeaders } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

export const script: CompareScript = {
  name: 'elect-leaders',
  title: 'ElectLeaders on a node that leads everything: preferred, unclean, unknown partitions, all of them.',
  async run(peer) {
    const { name } = await peer.topic('led', { partitions: 2 });
    for (const version of peer.versions(electLeaders)) {
      const ask = (label: string, topic: string, partitions: readonly number[], electionType = 0) =>
        peer.ask(label, electLeaders, version, {
          ...(version >= 1 ? { electionType } : {}),
          topicPartitions: [{ topic, partitions }],
          timeoutMs: 5000,
        });
      await ask('preferred', name, [0, 1]);
      if (version >= 1) await ask('unclean', name, [0], 1);
      if (version >= 1) await ask('unknown type', name, [0], 7);
      await ask('unknown partition', name, [9]);
      await ask('unknown topic', peer.unique('nowhere'), [0]);
      await ask('no partitions', name, []);
      await peer.ask('everything', electLeaders, version, { topicPartitions: null, timeoutMs: 5000 });
      await peer.ask('nothing', electLeaders, version, { topicPartitions: [], timeoutMs: 5000 });
    }
  },
};
