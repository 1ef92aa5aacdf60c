import { buildBatch } from '@millrace/protocol';
import { listOffsets, produce } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

const names: Readonly<Record<number, string>> = {
  [-1]: 'latest',
  [-2]: 'earliest',
  [-3]: 'largest timestamp',
  [-4]: 'earliest local',
  [-5]: 'latest tiered',
  [-6]: 'earliest pending upload',
};

export const script: CompareScript = {
  name: 'list-offsets',
  title:
    'ListOffsets in every version: the special timestamps, times before, between and after the records, errors.',
  async run(peer) {
    const { name } = await peer.topic('timed', { partitions: 2 });
    const firstMs = Date.now() - 60_000;
    for (const [index, values] of [['a', 'b', 'c'], ['d'], ['e', 'f']].entries()) {
      const records = values.map((value, at) => ({ timestampMs: firstMs + index * 1000 + at * 10, value }));
      await peer.quietly(produce, 9, {
        acks: -1,
        timeoutMs: 5000,
        topicData: [{ name, partitionData: [{ index: 0, records: buildBatch(records) }] }],
      });
    }
    for (const version of peer.versions(listOffsets)) {
      const ask = (label: string, timestamp: number, { topic = name, partitionIndex = 0, epoch = -1 } = {}) =>
        peer.ask(label, listOffsets, version, {
          replicaId: -1,
          isolationLevel: 0,
          topics: [{ name: topic, partitions: [{ partitionIndex, timestamp, currentLeaderEpoch: epoch }] }],
        });
      for (const timestamp of [-1, -2, -3, -4, -5, -6]) await ask(names[timestamp]!, timestamp);
      for (const timestamp of [-1, -2, -3])
        await ask(`${names[timestamp]} of nothing`, timestamp, { partitionIndex: 1 });
      await ask('unknown special', -9);
      await ask('before all', firstMs - 1);
      await ask('inside the first batch', firstMs + 5);
      await ask('between batches', firstMs + 500);
      await ask('the last one', firstMs + 2010);
      await ask('after all', firstMs + 3000);
      await ask('a time in nothing', firstMs, { partitionIndex: 1 });
      await ask('unknown partition', -1, { partitionIndex: 9 });
      await ask('unknown topic', -1, { topic: peer.unique('nowhere') });
      if (version >= 4) await ask('epoch 0', -1, { epoch: 0 });
      if (version >= 4) await ask('epoch from the future', -1, { epoch: 9 });
      await peer.ask('partition named twice', listOffsets, version, {
        replicaId: -1,
        topics: [
          {
            name,
            partitions: [
              { partitionIndex: 0, timestamp: -1 },
              { partitionIndex: 0, timestamp: -2 },
            ],
          },
        ],
      });
    }
  },
};
