import type { WireReader, WireWriter } from '@millrace/protocol';

/** The epoch of a group, and what its topics were like when it began. */
export interface GroupEpoch {
  readonly epoch: number;
  /**
   * Hash of the subscribed topics, 16 hexadecimal digits; empty when there are none. Compared with itself only, so that
   * the function need not be that of Apache Kafka: a group that moves from one to the other begins one epoch more.
   */
  readonly metadataHash: string;
}

const HASH_TAG = 0;
const HASH_BYTES = 8;

/** ConsumerGroupMetadataValue. Written by hand because the hash takes all 64 bits, which a number does not have. */
export function writeGroupEpoch(writer: WireWriter, { epoch, metadataHash }: GroupEpoch): void {
  writer.int32(epoch);
  const value = Buffer.from(metadataHash, 'hex');
  writer.unknownTaggedFields(value.length === 0 ? undefined : [{ tag: HASH_TAG, value }]);
}

export function readGroupEpoch(reader: WireReader): GroupEpoch {
  const epoch = reader.int32();
  const fields = reader.unknownTaggedFields() ?? [];
  const hash = fields.find(({ tag, value }) => tag === HASH_TAG && value.length === HASH_BYTES);
  return { epoch, metadataHash: hash === undefined ? '' : Buffer.from(hash.value).toString('hex') };
}
