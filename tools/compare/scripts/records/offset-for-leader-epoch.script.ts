import { buildBatch } from '@millrace/protocol';
import { offsetForLeaderEpoch, produce } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

export const script: CompareScript = {
  name: 'offset-for-leader-epoch',
  title:
    'OffsetForLeaderEpoch in every version: the current epoch, earlier and later ones, fencing, unknown places.',
  async run(peer) {
    const { name } = await peer.topic('epochs', { partitions: 2 });
    await peer.quietly(produce, 9, {
      acks: -1,
      timeoutMs: 5000,
      topicData: [
        {
          name,
          partitionData: [{ index: 0, records: buildBatch([{ timestampMs: Date.now(), value: 'a' }]) }],
        },
      ],
    });
    for (const version of peer.versions(offsetForLeaderEpoch)) {
      const ask = (label: string, leaderEpoch: number, { topic = name, partition = 0, current = -1 } = {}) =>
        peer.ask(label, offsetForLeaderEpoch, version, {
          ...(version >= 3 ? { replicaId: -1 } : {}),
          topics: [{ topic, partitions: [{ partition, leaderEpoch, currentLeaderEpoch: current }] }],
        });
      await ask('current', 0);
      await ask('before any', -1);
      await ask('later', 7);
      await ask('of nothing', 0, { partition: 1 });
      await ask('leader epoch known', 0, { current: 0 });
      await ask('leader epoch from the future', 0, { current: 5 });
      await ask('unknown partition', 0, { partition: 9 });
      await ask('unknown topic', 0, { topic: peer.unique('nowhere') });
    }
  },
};
