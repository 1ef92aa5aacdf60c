import { produce } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { batchOf, produceRequest, write } from './record-requests.ts';

export const script: CompareScript = {
  name: 'produce',
  title: 'Produce in every version: every acks, no records, places that are not there.',
  known: [
    {
      step: 'null records, v*',
      field: '*',
      reason: 'Apache Kafka fails on it and closes the connection; an answer says what was wrong',
    },
  ],
  async run(peer) {
    for (const version of peer.versions(produce).filter((each) => each >= 3)) {
      const topic = await peer.topic(`written-${version}`, { partitions: 2 });
      await write(peer, topic, ['first']);
      const strange = { name: peer.unique('nowhere'), id: 'dGhpcy1pcy1uby10b3BpYw' };
      const ask = (label: string, ...rest: ParametersAfterVersion) =>
        peer.ask(label, produce, version, produceRequest(version, ...rest));
      await ask('acks all', topic, batchOf(['a', 'b']));
      await ask('acks one', topic, batchOf(['c']), { acks: 1 });
      await ask('acks two', topic, batchOf(['d']), { acks: 2 });
      await ask('no records', topic, Buffer.alloc(0));
      await ask('null records', topic, null);
      await ask('unknown partition', topic, batchOf(['e']), { index: 9 });
      await ask('negative partition', topic, batchOf(['e']), { index: -1 });
      await ask('unknown topic', strange, batchOf(['f']));
      await ask('internal topic', { name: '__consumer_offsets', id: strange.id }, batchOf(['g']));
      await ask('two batches', topic, Buffer.concat([batchOf(['h']), batchOf(['i'])]));
      await ask('after all that', topic, batchOf(['z']));
    }
  },
};

type ParametersAfterVersion =
  Parameters<typeof produceRequest> extends [number, ...infer Rest] ? Rest : never;
