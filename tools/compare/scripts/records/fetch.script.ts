import { fetch } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { fetchRequest, write, type FetchOptions } from './record-requests.ts';

export const script: CompareScript = {
  name: 'fetch',
  title:
    'Fetch in every version: from the start, the middle and the end, beyond it, by epoch, limits, unknown places.',
  async run(peer) {
    const topic = await peer.topic('read', { partitions: 2 });
    const strange = { name: peer.unique('nowhere'), id: 'dGhpcy1pcy1uby10b3BpYw' };
    for (const values of [['a', 'b', 'c'], ['d'], ['e', 'f']]) await write(peer, topic, values);
    for (const version of peer.versions(fetch)) {
      const ask = (label: string, options: FetchOptions = {}, place = topic) =>
        peer.ask(label, fetch, version, fetchRequest(version, place, options));
      await ask('from the start');
      await ask('inside a batch', { offset: 1 });
      await ask('second batch', { offset: 3 });
      await ask('at the end', { offset: 6 });
      await ask('beyond the end', { offset: 7 });
      await ask('negative offset', { offset: -1 });
      await ask('one byte', { maxBytes: 1, partitionMaxBytes: 1 });
      await ask('zero bytes', { maxBytes: 0, partitionMaxBytes: 0 });
      await ask('read committed', { isolationLevel: 1 });
      await ask('empty partition', { partition: 1 });
      await ask('unknown partition', { partition: 9 });
      await ask('unknown topic', {}, strange);
      if (version >= 9) await ask('epoch 0', { epoch: 0 });
      if (version >= 9) await ask('epoch from the future', { epoch: 5 });
      await peer.ask('nothing', fetch, version, {
        ...(version <= 14 ? { replicaId: -1 } : {}),
        maxWaitMs: 0,
        minBytes: 0,
        topics: [],
      });
    }
  },
};
