import { deleteRecords, listOffsets } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { write } from '../records/record-requests.ts';

export const script: CompareScript = {
  name: 'delete-records',
  title: 'DeleteRecords in every version: up to an offset, to the high watermark, backwards, beyond the end.',
  async run(peer) {
    // Otherwise there is no internal topic yet.
    await peer.coordinators();
    for (const version of peer.versions(deleteRecords)) {
      const cut = await peer.topic(`cut-${version}`, { partitions: 2 });
      const compacted = await peer.topic(`kept-${version}`, { configs: { 'cleanup.policy': 'compact' } });
      const values = Array.from({ length: 10 }, (_, index) => `v${index}`);
      for (const topic of [cut, compacted]) await write(peer, topic, values);
      const ask = (label: string, offset: number, { topic = cut.name, partitionIndex = 0 } = {}) =>
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
        topics: [{ name: cut.name, partitions: [{ partitionIndex: 0, timestamp: -2 }] }],
      });
    }
  },
};
