import { produce } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { batchOf, produceRequest, write } from './record-requests.ts';

function changed(change: (batch: Buffer) => void): Buffer {
  const batch = batchOf(['a', 'b', 'c']);
  change(batch);
  return batch;
}

export const script: CompareScript = {
  name: 'produce-damaged',
  title: 'Produce with batches that no client would send: bad CRC, magic, length, counts, compression.',
  known: [
    {
      step: '*, v13',
      field: '*.logStartOffset',
      reason:
        'Apache Kafka looks at the frame before it finds the partition; the start of the log is true either way',
    },
  ],
  async run(peer) {
    const topic = await peer.topic('damaged');
    await write(peer, topic, ['first']);
    const versions = peer.versions(produce).filter((each) => each >= 3);
    for (const version of [versions[0]!, versions.at(-1)!]) {
      const ask = (label: string, records: Buffer) =>
        peer.ask(label, produce, version, produceRequest(version, topic, records));
      const [lengthAt, magicAt, crcAt, attributesAt, lastDeltaAt, countAt] = [8, 16, 17, 21, 23, 57];
      await ask(
        'bad CRC',
        changed((batch) => batch.writeUInt32BE(7, crcAt)),
      );
      await ask(
        'magic 3',
        changed((batch) => batch.writeInt8(3, magicAt)),
      );
      await ask(
        'magic -1',
        changed((batch) => batch.writeInt8(-1, magicAt)),
      );
      await ask('cut in the records', batchOf(['a', 'b', 'c']).subarray(0, -3));
      await ask('cut in the header', batchOf(['a']).subarray(0, 40));
      await ask(
        'length too small',
        changed((batch) => batch.writeInt32BE(10, lengthAt)),
      );
      await ask(
        'length too large',
        changed((batch) => batch.writeInt32BE(1 << 20, lengthAt)),
      );
      await ask(
        'length negative',
        changed((batch) => batch.writeInt32BE(-1, lengthAt)),
      );
      await ask(
        'attributes changed under the CRC',
        changed((batch) => batch.writeInt16BE(1, attributesAt)),
      );
      await ask(
        'count changed under the CRC',
        changed((batch) => batch.writeInt32BE(9, countAt)),
      );
      await ask(
        'last offset delta changed under the CRC',
        changed((batch) => batch.writeInt32BE(9, lastDeltaAt)),
      );
      await ask('a control batch', batchOf(['a'], { isControl: true }));
      await ask('a base offset', batchOf(['a'], { baseOffset: 77 }));
      await ask('a good one', batchOf(['z']));
    }
  },
};
