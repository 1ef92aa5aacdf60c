import { fetch, produce } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { batchOf, fetchRequest, write } from './record-requests.ts';

export const script: CompareScript = {
  name: 'long-polls',
  title: 'Fetches that wait: for a record to come, for more bytes than there are, ended by an error.',
  async run(peer) {
    const topic = await peer.topic('polled');
    await write(peer, topic, ['a']);
    const versions = peer.versions(fetch);
    for (const [index, version] of [versions[0]!, versions.at(-1)!].entries()) {
      const at = 1 + index;
      const base = fetchRequest(version, topic, { offset: at });
      const waiting = peer.ask('until a record comes', fetch, version, {
        ...base,
        maxWaitMs: 5000,
        minBytes: 1,
      });
      await write(peer, topic, ['b'], 0);
      await waiting;
      await peer.ask('more bytes than there are', fetch, version, {
        ...fetchRequest(version, topic, { offset: 0 }),
        maxWaitMs: 50,
        minBytes: 1 << 20,
      });
      await peer.ask('beyond the end', fetch, version, {
        ...fetchRequest(version, topic, { offset: 99 }),
        maxWaitMs: 5000,
        minBytes: 1,
      });
    }

    // What one request writes to several partitions is answered as a whole.
    const wide = await peer.topic('wide', { partitions: 3 });
    const all = [0, 1, 2];
    for (let round = 0; round < 3; round++) {
      const [topic] = fetchRequest(12, wide, { offset: round }).topics;
      const waiting = peer.quietly(
        fetch,
        12,
        {
          ...fetchRequest(12, wide),
          maxWaitMs: 5000,
          minBytes: 1,
          topics: [
            { ...topic!, partitions: all.map((partition) => ({ ...topic!.partitions[0]!, partition })) },
          ],
        },
        { on: 'reader' },
      );
      // Takes long enough for the fetch to wait.
      await peer.caughtUp();
      await peer.quietly(produce, 9, {
        transactionalId: null,
        acks: -1,
        timeoutMs: 5000,
        topicData: [
          { name: wide.name, partitionData: all.map((index) => ({ index, records: batchOf(['a']) })) },
        ],
      });
      const { responses } = await waiting;
      const sizes = responses.flatMap(({ partitions }) =>
        partitions.map(({ partitionIndex, records }) => `${partitionIndex}: ${records?.length ?? 0} bytes`),
      );
      peer.note(`several partitions at a time, round ${round}`, sizes.toSorted());
    }
  },
};
