import { produce } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { batchOf, newProducer, produceRequest, write } from './record-requests.ts';

export const script: CompareScript = {
  name: 'produce-idempotent',
  title: 'Idempotent produce: duplicates, gaps, the window of five batches, epochs, unknown producers.',
  async run(peer) {
    for (const version of peer.versions(produce).filter((each) => each >= 3)) {
      const topic = await peer.topic(`once-${version}`);
      await write(peer, topic, ['first']);
      const producerId = await newProducer(peer);
      const ask = (
        label: string,
        baseSequence: number,
        { epoch = 0, values = ['v'], id = producerId } = {},
      ) =>
        peer.ask(
          label,
          produce,
          version,
          produceRequest(
            version,
            topic,
            batchOf(values, { producerId: id, producerEpoch: epoch, baseSequence }),
          ),
        );
      for (let sequence = 0; sequence < 7; sequence++) await ask(`sequence ${sequence}`, sequence);
      await ask('duplicate of the last', 6);
      await ask('duplicate at the edge of the window', 2);
      await ask('duplicate beyond the window', 1);
      await ask('duplicate with another count', 6, { values: ['v', 'w'] });
      await ask('gap', 9);
      await ask('next', 7);
      await ask('new epoch, not from 0', 8, { epoch: 1 });
      await ask('new epoch', 0, { epoch: 1 });
      await ask('old epoch', 8, { epoch: 0 });
      await ask('unknown producer, not from 0', 5, { id: producerId + 500_000 });
      await ask('no sequence', -1);
    }
  },
};
