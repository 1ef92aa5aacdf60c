// Generated from definitions/structures/log-files.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Binary files of a partition's log folder: .txnindex entries and .snapshot of producer state.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/** AbortedTxn, version 0. */
export interface AbortedTxn {
  producerId: number;
  firstOffset: number;
  lastOffset: number;
  lastStableOffset: number;
}

export interface AbortedTxnInput {
  readonly producerId: number;
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly lastStableOffset: number;
}

/** AbortedTxn, version 0. */
export const AbortedTxn: MessageCodec<AbortedTxn, AbortedTxnInput> = /* @__PURE__ */ defineMessage({
  name: 'AbortedTxn',
  apiKey: -1,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readAbortedTxn,
  write: writeAbortedTxn,
  create: (partial) => ({ ...createAbortedTxn(), ...partial }),
});

function readAbortedTxn(reader: WireReader, _version: number): AbortedTxn {
  const producerId = reader.int64();
  const firstOffset = reader.int64();
  const lastOffset = reader.int64();
  const lastStableOffset = reader.int64();
  return {
    producerId,
    firstOffset,
    lastOffset,
    lastStableOffset,
  };
}

function writeAbortedTxn(writer: WireWriter, message: AbortedTxnInput, _version: number): void {
  const producerId = message.producerId;
  writer.int64(producerId, 'producerId');
  const firstOffset = message.firstOffset;
  writer.int64(firstOffset, 'firstOffset');
  const lastOffset = message.lastOffset;
  writer.int64(lastOffset, 'lastOffset');
  const lastStableOffset = message.lastStableOffset;
  writer.int64(lastStableOffset, 'lastStableOffset');
}

function createAbortedTxn(): AbortedTxn {
  return {
    producerId: 0,
    firstOffset: 0,
    lastOffset: 0,
    lastStableOffset: 0,
  };
}

/** ProducerSnapshot, version 1. */
export interface ProducerSnapshot {
  crc: number;
  producerEntries: ProducerSnapshotProducerEntry[];
}

export interface ProducerSnapshotInput {
  readonly crc: number;
  readonly producerEntries: readonly ProducerSnapshotProducerEntryInput[];
}

export interface ProducerSnapshotProducerEntry {
  producerId: number;
  epoch: number;
  lastSequence: number;
  lastOffset: number;
  offsetDelta: number;
  timestamp: number;
  coordinatorEpoch: number;
  currentTxnFirstOffset: number;
}

export interface ProducerSnapshotProducerEntryInput {
  readonly producerId: number;
  readonly epoch: number;
  readonly lastSequence: number;
  readonly lastOffset: number;
  readonly offsetDelta: number;
  readonly timestamp: number;
  readonly coordinatorEpoch: number;
  readonly currentTxnFirstOffset: number;
}

/** ProducerSnapshot, version 1. */
export const ProducerSnapshot: MessageCodec<ProducerSnapshot, ProducerSnapshotInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ProducerSnapshot',
  apiKey: -1,
  minVersion: 1,
  maxVersion: 1,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readProducerSnapshot,
  write: writeProducerSnapshot,
  create: (partial) => ({ ...createProducerSnapshot(), ...partial }),
});

function readProducerSnapshotProducerEntry(
  reader: WireReader,
  _version: number,
): ProducerSnapshotProducerEntry {
  const producerId = reader.int64();
  const epoch = reader.int16();
  const lastSequence = reader.int32();
  const lastOffset = reader.int64();
  const offsetDelta = reader.int32();
  const timestamp = reader.int64();
  const coordinatorEpoch = reader.int32();
  const currentTxnFirstOffset = reader.int64();
  return {
    producerId,
    epoch,
    lastSequence,
    lastOffset,
    offsetDelta,
    timestamp,
    coordinatorEpoch,
    currentTxnFirstOffset,
  };
}

function writeProducerSnapshotProducerEntry(
  writer: WireWriter,
  message: ProducerSnapshotProducerEntryInput,
  _version: number,
): void {
  const producerId = message.producerId;
  writer.int64(producerId, 'producerEntries.producerId');
  const epoch = message.epoch;
  writer.int16(epoch, 'producerEntries.epoch');
  const lastSequence = message.lastSequence;
  writer.int32(lastSequence, 'producerEntries.lastSequence');
  const lastOffset = message.lastOffset;
  writer.int64(lastOffset, 'producerEntries.lastOffset');
  const offsetDelta = message.offsetDelta;
  writer.int32(offsetDelta, 'producerEntries.offsetDelta');
  const timestamp = message.timestamp;
  writer.int64(timestamp, 'producerEntries.timestamp');
  const coordinatorEpoch = message.coordinatorEpoch;
  writer.int32(coordinatorEpoch, 'producerEntries.coordinatorEpoch');
  const currentTxnFirstOffset = message.currentTxnFirstOffset;
  writer.int64(currentTxnFirstOffset, 'producerEntries.currentTxnFirstOffset');
}

function readProducerSnapshot(reader: WireReader, version: number): ProducerSnapshot {
  const crc = reader.uint32();
  const producerEntriesCount = reader.arrayLength(false, 46);
  const producerEntries = new Array<ProducerSnapshotProducerEntry>(producerEntriesCount);
  for (let i = 0; i < producerEntriesCount; i++) {
    producerEntries[i] = readProducerSnapshotProducerEntry(reader, version);
  }
  return {
    crc,
    producerEntries,
  };
}

function writeProducerSnapshot(writer: WireWriter, message: ProducerSnapshotInput, version: number): void {
  const crc = message.crc;
  writer.uint32(crc, 'crc');
  const producerEntries = message.producerEntries;
  const producerEntriesCount = writer.arrayLength(producerEntries, false, 'producerEntries');
  for (let i = 0; i < producerEntriesCount; i++) {
    writeProducerSnapshotProducerEntry(writer, producerEntries[i]!, version);
  }
}

function createProducerSnapshot(): ProducerSnapshot {
  return {
    crc: 0,
    producerEntries: [],
  };
}
