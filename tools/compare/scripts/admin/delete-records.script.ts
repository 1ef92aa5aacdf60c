import { buildBatch } from '@millrace/protocol';
import { deleteRecords, listOffsets, produce } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

export const script: CompareScript = {
  name: 'delete-records',
  title: 'DeleteRecords in every version: up to an offset, to the high watermark, backwards, beyond the end.',
  async run(peer) {
    for (const version of peer.versions(deleteRecords)) {
      const { name } = await peer.topic(`cut-${version}`, { partitions: 2 });
      const compacted = await peer.topic(`kept-${version}`, { configs: { 'cleanup.policy': 'compact' } });
      const records = buildBatch(
        Array.from({ length: 10 }, (_, index) => ({ timestampMs: Date.now(), key: 'k', value: `v${index}` })),
      );
      for (const topic of [name, compacted.name]) {
        await peer.quietly(produce, 9, {
          acks: -1,
          timeoutMs: 5000,
          topicData: [{ name: topic, partitionData: [{ index: 0, records }] }],
        });
      }
      const ask = (label: string, offset: number, { topic = name, partitionIndex = 0 } = {}) =>
        peer.ask(label, deleteRecords, version, {
          topics: [{ name: topic, partitions: [{ partitionIndex, offset }] }],
          timeoutMs: 5000,
        });
      await ask('to 4', 4);
      await ask('backwards', 2);
      await ask('beyond the end', 11);
      await ask('negative', -2);
      await ask('empty partition', 0, { partitionIndex: 1 });
      await ask('unknown partition', 0, { partitionIndex: 9 });
      await ask('unknown topic', 0, { topic: peer.unique('nowhere') });
      await ask('compacted topic', 3, { topic: compacted.name });
      await ask('internal topic', 0, { topic: '__consumer_offsets' });
      await ask('to the high watermark', -1);
      await peer.ask('earliest after it', listOffsets, 7, {
        replicaId: -1,
        topics: [{ name, partitions: [{ partitionIndex: 0, timestamp: -2 }] }],
      });
    }
  },
};
