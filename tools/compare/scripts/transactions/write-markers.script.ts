import { fetch, writeTxnMarkers } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { fetchRequest, newProducer, write } from '../records/record-requests.ts';

export const script: CompareScript = {
  name: 'write-markers',
  title:
    'WriteTxnMarkers: for producers with and without an open transaction, unknown partitions, old epochs.',
  async run(peer) {
    const producerId = await newProducer(peer);
    for (const version of peer.versions(writeTxnMarkers)) {
      const topic = await peer.topic(`marked-${version}`, { partitions: 2 });
      await write(peer, topic, ['a']);
      const ask = (
        label: string,
        { name = topic.name, partitions = [0], epoch = 0, coordinatorEpoch = 0, isCommit = true } = {},
      ) =>
        peer.ask(label, writeTxnMarkers, version, {
          markers: [
            {
              producerId,
              producerEpoch: epoch,
              transactionResult: isCommit,
              topics: [{ name, partitionIndexes: partitions }],
              coordinatorEpoch,
            },
          ],
        });
      await ask('a marker out of nothing', { partitions: [0, 1] });
      await ask('an abort', { isCommit: false });
      await ask('a later epoch', { epoch: 4 });
      await ask('an older epoch', { epoch: 1 });
      await ask('an older coordinator', { epoch: 4, coordinatorEpoch: -1 });
      await ask('unknown partition', { partitions: [9], epoch: 4 });
      await ask('unknown topic', { name: peer.unique('nowhere'), epoch: 4 });
      await peer.ask('no markers', writeTxnMarkers, version, { markers: [] });
      await peer.ask('what was written', fetch, 11, fetchRequest(11, topic));
    }
  },
};
