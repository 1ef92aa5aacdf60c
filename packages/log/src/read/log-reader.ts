import { batchNextOffset, batchSizeBytes, KafkaError } from '@millrace/protocol';
import { CorruptFileError } from '../errors.ts';
import type { LogContext } from '../partition/log-context.ts';
import { lastStableOffset, type PartitionState } from '../partition/partition-state.ts';
import { damageError, quarantineSegment } from '../partition/segment-quarantine.ts';
import type { LogSegment } from '../segment/log-segment.ts';
import type { AbortedTransaction } from '../segment/transaction-index.ts';
import { readSegments, type ReadCursor, type SegmentRead, type SequentialRead } from './read-segments.ts';
import type { ReadBound, ReadOptions, ReadResult } from './read-result.ts';
import type { BatchSelection, PartitionTail } from './tail-cache.ts';

/** Consumers that read behind the tail at different places; each remembers where its next batch begins. */
const MAX_CURSORS = 16;
const NO_RECORDS: readonly Buffer[] = [];
const releaseNothing = (): void => undefined;

/** Serves reads by offset: from memory at the head of the log, otherwise from the segment files. */
export class LogReader {
  readonly #context: LogContext;
  readonly #state: PartitionState;
  readonly #tail: PartitionTail;
  readonly #cursors = new Map<number, ReadCursor>();

  constructor(context: LogContext, state: PartitionState, tail: PartitionTail) {
    this.#context = context;
    this.#state = state;
    this.#tail = tail;
  }

  /** @throws KafkaError OFFSET_OUT_OF_RANGE, KAFKA_STORAGE_ERROR */
  read(options: ReadOptions): ReadResult | Promise<ReadResult> {
    const state = this.#state;
    state.directory.assertOnline();
    const { offset } = options;
    if (offset < state.logStartOffset || offset > state.logEndOffset) {
      throw new KafkaError(
        'OFFSET_OUT_OF_RANGE',
        `Offset ${offset} of ${this.#context.name} is not within [${state.logStartOffset}, ${state.logEndOffset}]`,
      );
    }
    const upToOffset = this.boundOf(options.upTo);
    if (offset >= upToOffset) return this.#result(NO_RECORDS, options, upToOffset);
    const minOneBatch = options.minOneMessage ?? false;
    if (this.#tail.covers(offset)) {
      const batches = this.#tail.read(offset, upToOffset, options.maxBytes, minOneBatch);
      if (!this.#tail.isLent(batches)) return this.#result(batches, options, upToOffset);
      const records = this.#copied(batches);
      return this.#result([records], options, upToOffset, this.#releaseOnce(records));
    }
    return this.#readFiles(options, { offset, upToOffset, maxBytes: options.maxBytes, minOneBatch });
  }

  /** The memory of the tail is used again, whoever still reads. */
  #copied(batches: readonly Buffer[]): Buffer {
    let sizeBytes = 0;
    for (const { length } of batches) sizeBytes += length;
    const copy = this.#context.readAhead.pool.take(sizeBytes);
    let at = 0;
    for (const batch of batches) {
      copy.set(batch, at);
      at += batch.length;
    }
    return copy;
  }

  boundOf(bound: ReadBound): number {
    switch (bound) {
      case 'logEndOffset':
        return this.#state.logEndOffset;
      case 'highWatermark':
        return this.#state.highWatermark;
      case 'lastStableOffset':
        return lastStableOffset(this.#state);
    }
  }

  /** After a truncation file positions are others. */
  reset(): void {
    for (const offset of this.#cursors.keys()) this.#dropCursor(offset);
  }

  async #readFiles(
    options: ReadOptions,
    selection: { offset: number; upToOffset: number; maxBytes: number; minOneBatch: boolean },
  ): Promise<ReadResult> {
    const segments = this.#state.segments.covering(selection.offset, selection.upToOffset);
    const { truncations } = this.#state;
    const sequential = { cursor: this.#cursors.get(selection.offset), readAhead: this.#context.readAhead };
    const read = await this.#readSound(segments, selection, sequential);
    if (truncations === this.#state.truncations) this.#moveCursor(selection.offset, read.next);
    if (read.records.length === 0) return this.#result(NO_RECORDS, options, selection.upToOffset);
    const release = this.#releaseOnce(read.records);
    return this.#result([read.records], options, selection.upToOffset, release);
  }

  /** Reads up to damage, never across it; where it is met for the first time, the rest of its segment is marked. */
  async #readSound(
    segments: readonly LogSegment[],
    selection: BatchSelection,
    sequential: SequentialRead,
  ): Promise<SegmentRead> {
    const { directory } = this.#state;
    assertSound(segments[0]!, selection.offset);
    try {
      return await directory.guard(() => readSegments(segments, selection, sequential));
    } catch (error) {
      const segment = segments.find(({ file }) => file.path === (error as CorruptFileError).file);
      if (!(error instanceof CorruptFileError) || segment === undefined) throw error;
      const index = await segment.index().catch(() => undefined);
      const fromPosition = index?.offset.lookup(selection.offset) ?? 0;
      await directory.guard(() => quarantineSegment(this.#context, segment, error, fromPosition));
      assertSound(segments[0]!, selection.offset);
      return directory.guard(() => readSegments(segments, selection, { ...sequential, cursor: undefined }));
    }
  }

  #releaseOnce(records: Buffer): () => void {
    const { pool } = this.#context.readAhead;
    let held: Buffer | undefined = records;
    return () => {
      if (held !== undefined) pool.give(held);
      held = undefined;
    };
  }

  #moveCursor(offset: number, next: ReadCursor | undefined): void {
    this.#cursors.delete(offset);
    if (next === undefined) return;
    this.#cursors.set(next.offset, next);
    if (this.#cursors.size > MAX_CURSORS) {
      const [oldest] = this.#cursors.keys();
      this.#dropCursor(oldest!);
    }
  }

  #dropCursor(offset: number): void {
    const ahead = this.#cursors.get(offset)?.ahead;
    if (ahead !== undefined) this.#context.readAhead.drop(ahead);
    this.#cursors.delete(offset);
  }

  #result(
    records: readonly Buffer[],
    options: ReadOptions,
    upToOffset: number,
    release: () => void = releaseNothing,
  ): ReadResult {
    const state = this.#state;
    let sizeBytes = 0;
    for (const buffer of records) sizeBytes += buffer.length;
    const result = {
      records,
      sizeBytes,
      highWatermark: state.highWatermark,
      lastStableOffset: lastStableOffset(state),
      logStartOffset: state.logStartOffset,
      logEndOffset: state.logEndOffset,
      release,
    };
    if (options.upTo !== 'lastStableOffset') return result;
    return { ...result, abortedTransactions: this.#aborted(records, options.offset, upToOffset) };
  }

  #aborted(records: readonly Buffer[], offset: number, upToOffset: number): readonly AbortedTransaction[] {
    const last = records.at(-1);
    if (this.#state.aborted.size === 0 || last === undefined) return [];
    let nextOffset = offset;
    for (let at = 0; at < last.length; at += batchSizeBytes(last, at)) nextOffset = batchNextOffset(last, at);
    return this.#state.aborted.overlapping(offset, Math.min(nextOffset, upToOffset));
  }
}

/** @throws CorruptFileError for an offset in the part of a segment that is damaged */
function assertSound(segment: LogSegment, offset: number): void {
  const { damage } = segment;
  if (damage !== undefined && offset >= damage.fromOffset) throw damageError(segment, damage);
}
