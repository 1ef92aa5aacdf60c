import { setBatchCrc } from '@millrace/protocol';
import type { ProducerIdentity } from './partition-sequencer.ts';

// Places of the producer's fields in a record batch; covered by its CRC.
const PRODUCER_ID_AT = 43;
const PRODUCER_EPOCH_AT = 51;
const BASE_SEQUENCE_AT = 53;
const TWO_TO_32 = 4_294_967_296;

/**
 * A copy of the batch with other producer fields. A copy, because the bytes of an earlier sending belong to the
 * connection they were written to, even after it was lost.
 */
export function withProducerState(batch: Buffer, identity: ProducerIdentity, baseSequence: number): Buffer {
  const copy = Buffer.from(batch);
  copy.writeInt32BE(Math.floor(identity.producerId / TWO_TO_32), PRODUCER_ID_AT);
  copy.writeUInt32BE(identity.producerId % TWO_TO_32, PRODUCER_ID_AT + 4);
  copy.writeInt16BE(identity.epoch, PRODUCER_EPOCH_AT);
  copy.writeInt32BE(baseSequence, BASE_SEQUENCE_AT);
  setBatchCrc(copy, 0);
  return copy;
}
