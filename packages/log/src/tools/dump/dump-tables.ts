import type { Disk } from '@millrace/host';
import { CorruptFileError } from '../../errors.ts';
import { firstSequence } from '../../producer/producer-entry.ts';
import { decodeProducerSnapshot } from '../../producer/producer-snapshot.ts';
import { decodeAbortedTransactions } from '../../segment/transaction-index.ts';
import { readOffsetIndex, readTimeIndex } from '../index-entries.ts';
import type { DumpEntry } from './dump-entry.ts';

const ABORTED_ENTRY_BYTES = 34;
const PRODUCER_HEADER_BYTES = 10;
const PRODUCER_ENTRY_BYTES = 46;

/** The entries of a segment's binary files besides the log itself. */
export async function* dumpTable(
  disk: Disk,
  path: string,
  file: { readonly baseOffset: number; readonly suffix: string },
): AsyncGenerator<DumpEntry> {
  const content = await disk.readFile(path);
  const entries = tables[file.suffix];
  if (entries === undefined) throw new CorruptFileError(path, 0, 'its name says nothing about its content');
  yield* entries(content, path, file.baseOffset);
}

const tables: Readonly<Record<string, (content: Buffer, file: string, baseOffset: number) => DumpEntry[]>> = {
  '.index': (content, file, baseOffset) => {
    const { entries, usedBytes } = readOffsetIndex(content, baseOffset);
    const lines = entries.map(({ at, offset, logPosition }): DumpEntry => ({
      type: 'offset-index',
      file,
      position: at,
      offset,
      logPosition,
    }));
    return [...lines, ...unused(file, usedBytes, content)];
  },
  '.timeindex': (content, file, baseOffset) => {
    const { entries, usedBytes } = readTimeIndex(content, baseOffset);
    const lines = entries.map(({ at, timestampMs, offset }): DumpEntry => ({
      type: 'time-index',
      file,
      position: at,
      timestampMs,
      offset,
    }));
    return [...lines, ...unused(file, usedBytes, content)];
  },
  '.txnindex': (content, file, baseOffset) =>
    decodeAbortedTransactions(content, file, baseOffset).map((transaction, index) => ({
      type: 'aborted-transaction',
      file,
      position: index * ABORTED_ENTRY_BYTES,
      ...transaction,
    })),
  '.snapshot': (content, file) =>
    decodeProducerSnapshot(content, file).map((entry, index) => ({
      type: 'producer',
      file,
      position: PRODUCER_HEADER_BYTES + index * PRODUCER_ENTRY_BYTES,
      producerId: entry.producerId,
      producerEpoch: entry.producerEpoch,
      coordinatorEpoch: entry.coordinatorEpoch,
      currentTransactionFirstOffset: entry.currentTransactionFirstOffset,
      lastTimestampMs: entry.lastTimestampMs,
      firstSequence: entry.batches.length === 0 ? -1 : firstSequence(entry.batches[0]!),
      lastSequence: entry.lastSequence,
      lastOffset: entry.lastDataOffset,
    })),
};

function unused(file: string, usedBytes: number, content: Buffer): DumpEntry[] {
  const sizeBytes = content.length - usedBytes;
  return sizeBytes === 0 ? [] : [{ type: 'unused', file, position: usedBytes, sizeBytes }];
}
