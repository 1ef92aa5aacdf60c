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
  return setProducerState(Buffer.from(batch), identity, baseSequence);
}

/** The same in place, for a batch that nobody has been given yet. */
export function setProducerState(batch: Buffer, identity: ProducerIdentity, baseSequence: number): Buffer {
  batch.writeInt32BE(Math.floor(identity.producerId / TWO_TO_32), PRODUCER_ID_AT);
  batch.writeUInt32BE(identity.producerId % TWO_TO_32, PRODUCER_ID_AT + 4);
  batch.writeInt16BE(identity.epoch, PRODUCER_EPOCH_AT);
  batch.writeInt32BE(baseSequence, BASE_SEQUENCE_AT);
  setBatchCrc(batch, 0);
  return batch;
}
