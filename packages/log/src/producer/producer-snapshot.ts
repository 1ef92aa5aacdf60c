import { crc32c } from '@millrace/protocol';
import { CorruptFileError } from '../errors.ts';
import { ProducerEntry } from './producer-entry.ts';

const VERSION = 1;
const HEADER_BYTES = 10;
const ENTRY_BYTES = 46;
const CRC_POSITION = 2;
const COUNT_POSITION = 6;

/** The bytes of a `.snapshot` file. Only the last batch of each producer is kept, as Kafka does. */
export function encodeProducerSnapshot(entries: Iterable<ProducerEntry>): Buffer {
  const list = [...entries];
  const buffer = Buffer.alloc(HEADER_BYTES + list.length * ENTRY_BYTES);
  buffer.writeInt16BE(VERSION, 0);
  buffer.writeInt32BE(list.length, COUNT_POSITION);
  let at = HEADER_BYTES;
  for (const entry of list) {
    writeEntry(buffer, at, entry);
    at += ENTRY_BYTES;
  }
  buffer.writeUInt32BE(crc32c(buffer, COUNT_POSITION, buffer.length), CRC_POSITION);
  return buffer;
}

function writeEntry(buffer: Buffer, at: number, entry: ProducerEntry): void {
  const batch = entry.batches.at(-1);
  buffer.writeBigInt64BE(BigInt(entry.producerId), at);
  buffer.writeInt16BE(entry.producerEpoch, at + 8);
  buffer.writeInt32BE(batch?.lastSequence ?? -1, at + 10);
  buffer.writeBigInt64BE(BigInt(batch?.lastOffset ?? -1), at + 14);
  buffer.writeInt32BE(batch?.offsetDelta ?? 0, at + 22);
  buffer.writeBigInt64BE(BigInt(entry.lastTimestampMs), at + 26);
  buffer.writeInt32BE(entry.coordinatorEpoch, at + 34);
  buffer.writeBigInt64BE(BigInt(entry.currentTransactionFirstOffset), at + 38);
}

/** @throws CorruptFileError when version, length or CRC is wrong. */
export function decodeProducerSnapshot(buffer: Buffer, path: string): ProducerEntry[] {
  if (buffer.length < HEADER_BYTES)
    throw new CorruptFileError(path, buffer.length, 'the header is cut short');
  const version = buffer.readInt16BE(0);
  if (version !== VERSION) throw new CorruptFileError(path, 0, `version ${version} is not ${VERSION}`);
  const crc = crc32c(buffer, COUNT_POSITION, buffer.length);
  if (buffer.readUInt32BE(CRC_POSITION) !== crc)
    throw new CorruptFileError(path, CRC_POSITION, 'the CRC is wrong');
  const count = buffer.readInt32BE(COUNT_POSITION);
  if (buffer.length !== HEADER_BYTES + count * ENTRY_BYTES) {
    throw new CorruptFileError(path, COUNT_POSITION, `${count} entries do not fill ${buffer.length} bytes`);
  }
  return Array.from({ length: count }, (_, index) => readEntry(buffer, HEADER_BYTES + index * ENTRY_BYTES));
}

function readEntry(buffer: Buffer, at: number): ProducerEntry {
  const entry = new ProducerEntry(readLong(buffer, at));
  entry.producerEpoch = buffer.readInt16BE(at + 8);
  entry.lastTimestampMs = readLong(buffer, at + 26);
  entry.coordinatorEpoch = buffer.readInt32BE(at + 34);
  entry.currentTransactionFirstOffset = readLong(buffer, at + 38);
  const lastOffset = readLong(buffer, at + 14);
  if (lastOffset >= 0) {
    const lastSequence = buffer.readInt32BE(at + 10);
    const offsetDelta = buffer.readInt32BE(at + 22);
    entry.batches = [{ lastSequence, lastOffset, offsetDelta, timestampMs: entry.lastTimestampMs }];
    entry.isFromSnapshot = true;
  }
  return entry;
}

function readLong(buffer: Buffer, at: number): number {
  return Number(buffer.readBigInt64BE(at));
}
