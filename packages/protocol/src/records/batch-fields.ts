/**
 * Fields of a batch at a position of a larger buffer, read without making anything. The caller knows that the whole
 * header is there; `wholeBatchSizeBytes` is the function that finds out.
 */
import {
  ATTRIBUTES_OFFSET,
  BASE_OFFSET_OFFSET,
  BASE_SEQUENCE_OFFSET,
  BASE_TIMESTAMP_OFFSET,
  BATCH_LENGTH_OFFSET,
  COMPRESSION_MASK,
  CONTROL_BIT,
  CRC_OFFSET,
  DELETE_HORIZON_BIT,
  LAST_OFFSET_DELTA_OFFSET,
  LOG_OVERHEAD,
  MAGIC_OFFSET,
  MAX_SEQUENCE,
  MAX_TIMESTAMP_OFFSET,
  NO_SEQUENCE,
  PARTITION_LEADER_EPOCH_OFFSET,
  PRODUCER_EPOCH_OFFSET,
  PRODUCER_ID_OFFSET,
  RECORD_COUNT_OFFSET,
  TIMESTAMP_TYPE_BIT,
  TRANSACTIONAL_BIT,
} from './batch-layout.ts';
import { crc32c } from './crc32c.ts';
import { readInt16, readInt32, readInt64, readUint32, writeInt32, writeInt64 } from './int64.ts';

/** The offset of the first record, also of one that was compacted away. */
export function batchBaseOffset(buffer: Uint8Array, position: number): number {
  return readInt64(buffer, position + BASE_OFFSET_OFFSET);
}

/** Bytes of the whole batch, base offset and length field included. */
export function batchSizeBytes(buffer: Uint8Array, position: number): number {
  return LOG_OVERHEAD + readInt32(buffer, position + BATCH_LENGTH_OFFSET);
}

/** The epoch of the leader that has appended the batch. */
export function batchLeaderEpoch(buffer: Uint8Array, position: number): number {
  return readInt32(buffer, position + PARTITION_LEADER_EPOCH_OFFSET);
}

/** The format of the batch; 2 is the only one that is read. */
export function batchMagic(buffer: Uint8Array, position: number): number {
  return (buffer[position + MAGIC_OFFSET]! << 24) >> 24;
}

/** The stored CRC-32C, unsigned. */
export function batchCrc(buffer: Uint8Array, position: number): number {
  return readUint32(buffer, position + CRC_OFFSET);
}

/** The 16 bits of attributes. */
export function batchAttributes(buffer: Uint8Array, position: number): number {
  return readInt16(buffer, position + ATTRIBUTES_OFFSET);
}

/** The codec id of the attributes, 0 to 7; not checked. */
export function batchCompressionId(buffer: Uint8Array, position: number): number {
  return buffer[position + ATTRIBUTES_OFFSET + 1]! & COMPRESSION_MASK;
}

/** Whether the timestamp is that of the broker. */
export function isBatchLogAppendTime(buffer: Uint8Array, position: number): boolean {
  return (buffer[position + ATTRIBUTES_OFFSET + 1]! & TIMESTAMP_TYPE_BIT) !== 0;
}

/** Whether it is part of a transaction. */
export function isBatchTransactional(buffer: Uint8Array, position: number): boolean {
  return (buffer[position + ATTRIBUTES_OFFSET + 1]! & TRANSACTIONAL_BIT) !== 0;
}

/** Whether it holds a control record, which no consumer sees. */
export function isBatchControl(buffer: Uint8Array, position: number): boolean {
  return (buffer[position + ATTRIBUTES_OFFSET + 1]! & CONTROL_BIT) !== 0;
}

/** Whether the base timestamp says from when on tombstones may go (KIP-534). */
export function hasBatchDeleteHorizon(buffer: Uint8Array, position: number): boolean {
  return (buffer[position + ATTRIBUTES_OFFSET + 1]! & DELETE_HORIZON_BIT) !== 0;
}

/** From the base offset to the last one. */
export function batchLastOffsetDelta(buffer: Uint8Array, position: number): number {
  return readInt32(buffer, position + LAST_OFFSET_DELTA_OFFSET);
}

/** The offset of the last record, also of one that was compacted away. */
export function batchLastOffset(buffer: Uint8Array, position: number): number {
  return batchBaseOffset(buffer, position) + batchLastOffsetDelta(buffer, position);
}

/** The offset after the batch. */
export function batchNextOffset(buffer: Uint8Array, position: number): number {
  return batchLastOffset(buffer, position) + 1;
}

/** The timestamp that record deltas start from; the delete horizon if that bit is set. Milliseconds. */
export function batchBaseTimestamp(buffer: Uint8Array, position: number): number {
  return readInt64(buffer, position + BASE_TIMESTAMP_OFFSET);
}

/** Milliseconds; the time of every record if the batch is of LogAppendTime. */
export function batchMaxTimestamp(buffer: Uint8Array, position: number): number {
  return readInt64(buffer, position + MAX_TIMESTAMP_OFFSET);
}

/** -1 without an idempotent producer. */
export function batchProducerId(buffer: Uint8Array, position: number): number {
  return readInt64(buffer, position + PRODUCER_ID_OFFSET);
}

/** -1 without an idempotent producer. */
export function batchProducerEpoch(buffer: Uint8Array, position: number): number {
  return readInt16(buffer, position + PRODUCER_EPOCH_OFFSET);
}

/** -1 without an idempotent producer, and in transaction markers. */
export function batchBaseSequence(buffer: Uint8Array, position: number): number {
  return readInt32(buffer, position + BASE_SEQUENCE_OFFSET);
}

/** The sequence of the last record, wrapped past 2147483647; -1 if there is none. */
export function batchLastSequence(buffer: Uint8Array, position: number): number {
  const baseSequence = batchBaseSequence(buffer, position);
  return baseSequence === NO_SEQUENCE
    ? NO_SEQUENCE
    : incrementSequence(baseSequence, batchLastOffsetDelta(buffer, position));
}

/** Records present now; compaction lowers it, to 0 as well. */
export function batchRecordCount(buffer: Uint8Array, position: number): number {
  return readInt32(buffer, position + RECORD_COUNT_OFFSET);
}

/** `sequence + increment` in the ring 0..2147483647 of producer sequences. */
export function incrementSequence(sequence: number, increment: number): number {
  const sum = sequence + increment;
  return sum > MAX_SEQUENCE ? sum - MAX_SEQUENCE - 1 : sum;
}

/** The leader's offset, in place; outside the CRC. */
export function setBatchBaseOffset(buffer: Uint8Array, position: number, baseOffset: number): void {
  writeInt64(buffer, position + BASE_OFFSET_OFFSET, baseOffset);
}

/** The leader's epoch, in place; outside the CRC. */
export function setBatchLeaderEpoch(buffer: Uint8Array, position: number, leaderEpoch: number): void {
  writeInt32(buffer, position + PARTITION_LEADER_EPOCH_OFFSET, leaderEpoch);
}

/** Writes the CRC of the batch over its present bytes. */
export function setBatchCrc(buffer: Uint8Array, position: number): void {
  const crc = crc32c(buffer, position + ATTRIBUTES_OFFSET, position + batchSizeBytes(buffer, position));
  writeInt32(buffer, position + CRC_OFFSET, crc);
}

/** Sets the largest timestamp and the timestamp type, in place, with a new CRC. */
export function setBatchMaxTimestamp(
  buffer: Uint8Array,
  position: number,
  maxTimestampMs: number,
  isLogAppendTime: boolean,
): void {
  const attributes = buffer[position + ATTRIBUTES_OFFSET + 1]!;
  buffer[position + ATTRIBUTES_OFFSET + 1] = isLogAppendTime
    ? attributes | TIMESTAMP_TYPE_BIT
    : attributes & ~TIMESTAMP_TYPE_BIT;
  writeInt64(buffer, position + MAX_TIMESTAMP_OFFSET, maxTimestampMs);
  setBatchCrc(buffer, position);
}

/** Whether the batch is whole within the buffer and its CRC is right. */
export function isBatchCrcValid(buffer: Uint8Array, position: number): boolean {
  if (buffer.length - position < ATTRIBUTES_OFFSET) return false;
  const end = position + batchSizeBytes(buffer, position);
  if (end > buffer.length || end < position + ATTRIBUTES_OFFSET) return false;
  return batchCrc(buffer, position) === crc32c(buffer, position + ATTRIBUTES_OFFSET, end);
}
