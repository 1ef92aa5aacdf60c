import { join } from 'node:path';
import { batchBaseOffset, batchLastOffset, batchMaxTimestamp, batchSizeBytes } from '@millrace/protocol';
import { CorruptFileError } from '../errors.ts';
import type { SegmentDamageMark } from '../files/damage-mark.ts';
import { readOptionalFile } from '../files/read-optional-file.ts';
import { rewriteInPlace } from '../files/rewrite-in-place.ts';
import { segmentFileName, type SegmentFileSuffix } from '../files/segment-file-name.ts';
import { MAX_RELATIVE_OFFSET } from '../limits.ts';
import { segmentMaxBytes } from '../log-config.ts';
import type { LogContext } from '../partition/log-context.ts';
import type { GrowingTable } from './growing-table.ts';
import { OffsetIndex } from './offset-index.ts';
import { OffsetOverflow } from './offset-overflow.ts';
import type { PooledFile } from './open-files.ts';
import { scanBatches, type BatchVisitor, type ScanBlocks, type ScanEnd } from './scan-batches.ts';
import { BatchOrder, type BatchOrderOptions } from './batch-order.ts';
import { isZeroRange } from './is-zero-range.ts';
import { SegmentIndex } from './segment-index.ts';
import { TIME_INDEX_ENTRY_BYTES, TimeIndex } from './time-index.ts';

const SMALL_SEGMENT_BYTES = 65536;

export interface SegmentState {
  readonly baseOffset: number;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly createdMs: number;
}

export interface SegmentDamage {
  readonly position: number;
  readonly problem: string;
  readonly lostBytes: number;
}

/**
 * One segment: a file of batches with its indexes. Files are opened and indexes loaded when they are needed, so that
 * a node with many segments starts fast and small.
 *
 * Not safe for concurrent changes: the owner runs append, truncate and close one after the other. Reads may run at
 * any time.
 */
export class LogSegment {
  readonly baseOffset: number;
  readonly createdMs: number;
  readonly file: PooledFile;
  /** Readers are kept from what lies at or behind this place. */
  damage: SegmentDamageMark | undefined;
  readonly #context: LogContext;
  #sizeBytes: number;
  #modifiedMs: number;
  #index: Promise<SegmentIndex> | undefined;
  /** The index files say all that the index in memory does. */
  #isIndexSaved = false;
  /** The file is longer than its batches: `preallocate`. */
  #isReserved = false;
  /** Nothing was written to the index files that a power loss could take. */
  #isIndexSynced = true;
  #largestTimestampMs: number | undefined;
  #firstTimestampMs: number | undefined;

  constructor(context: LogContext, state: SegmentState) {
    this.#context = context;
    this.baseOffset = state.baseOffset;
    this.createdMs = state.createdMs;
    this.#sizeBytes = state.sizeBytes;
    this.#modifiedMs = state.modifiedMs;
    this.file = context.files.file(this.path('.log'));
  }

  /** A new, empty segment whose file exists. */
  static async create(context: LogContext, baseOffset: number): Promise<LogSegment> {
    const nowMs = context.host.clock.nowMs();
    const segment = new LogSegment(context, {
      baseOffset,
      sizeBytes: 0,
      modifiedMs: nowMs,
      createdMs: nowMs,
    });
    const reservedBytes = context.config().preallocate ? segmentMaxBytes(context.config()) : 0;
    await segment.file.use(async (file) => {
      if (reservedBytes > 0) await file.truncate(reservedBytes);
    });
    segment.#isReserved = reservedBytes > 0;
    segment.#index = Promise.resolve(SegmentIndex.empty(baseOffset));
    return segment;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Time of the last append, by the file system where the segment was not written since it was opened. */
  get modifiedMs(): number {
    return this.#modifiedMs;
  }

  /** Takes the index from whoever wrote the files. */
  adoptIndex(index: SegmentIndex): void {
    this.#index = Promise.resolve(index);
    this.#isIndexSaved = true;
    this.#firstTimestampMs = index.firstTimestampMs;
  }

  path(suffix: SegmentFileSuffix): string {
    return join(this.#context.directory, segmentFileName(this.baseOffset, suffix));
  }

  async index(): Promise<SegmentIndex> {
    this.#index ??= this.#loadIndex();
    const index = await this.#index;
    if (this.#isIndexSaved) this.#context.indexes.markUsed(this, index.sizeInMemoryBytes);
    return index;
  }

  /** A power loss could not take anything from the index files. */
  get isIndexSynced(): boolean {
    return this.#isIndexSynced;
  }

  unloadIndex(): void {
    if (this.#isIndexSaved) this.#index = undefined;
  }

  /** Largest timestamp of a record; -1 if none has one. Takes no more than the last entry of the time index. */
  async largestTimestampMs(): Promise<number> {
    if (this.#index !== undefined) return (await this.#index).maxTimestamp.timestampMs;
    this.#largestTimestampMs ??= await this.#readLargestTimestamp();
    return this.#largestTimestampMs;
  }

  /** Maximum timestamp of the first batch, `undefined` while the segment is empty. */
  async firstTimestampMs(): Promise<number | undefined> {
    if (this.#firstTimestampMs === undefined && this.#sizeBytes > 0) {
      await this.scan(0, false, (buffer, at) => {
        this.#firstTimestampMs = batchMaxTimestamp(buffer, at);
        return false;
      });
    }
    return this.#firstTimestampMs;
  }

  /** Writes batches behind the last one. After an error the file is cut back to what it was, if the disk lets us. */
  async append(chunks: readonly Buffer[], intervalBytes: number): Promise<void> {
    const index = await this.index();
    this.#isIndexSaved = false;
    this.#isIndexSynced = false;
    this.#context.indexes.forget(this);
    this.#largestTimestampMs = undefined;
    const position = this.#sizeBytes;
    try {
      await this.file.use((file) => file.write(chunks, position));
    } catch (error) {
      await this.file.use((file) => file.truncate(position)).catch(() => undefined);
      throw error;
    }
    for (const chunk of chunks) {
      for (let at = 0; at < chunk.length; at += batchSizeBytes(chunk, at)) {
        index.noteBatch(chunk, at, intervalBytes);
      }
    }
    this.#sizeBytes = index.sizeBytes;
    this.#firstTimestampMs ??= index.firstTimestampMs;
    this.#modifiedMs = this.#context.host.clock.nowMs();
  }

  /** Walks batches from a file position; see `scanBatches`. */
  scan(from: number, isCrcChecked: boolean, visit: BatchVisitor, blocks: ScanBlocks = {}): Promise<ScanEnd> {
    const range = { ...blocks, from, to: this.#sizeBytes, isCrcChecked };
    return this.file.use((file) => scanBatches(file, range, visit));
  }

  /**
   * Rebuilds the indexes from the batches and cuts the file at the first one that is damaged.
   * @param onBatch Sees the header of every batch that is kept.
   * @returns where and why it was cut, `undefined` if everything is whole.
   * @throws OffsetOverflow before anything is changed
   */
  async recover(
    options: Pick<BatchOrderOptions, 'endOffset' | 'isContiguous'>,
    onBatch: (buffer: Buffer, at: number) => void,
  ): Promise<SegmentDamage | undefined> {
    const fileBytes = this.#sizeBytes;
    const index = SegmentIndex.empty(this.baseOffset);
    const intervalBytes = this.#context.config()['index.interval.bytes'];
    const order = new BatchOrder({ ...options, baseOffset: this.baseOffset }, (header) => {
      index.noteBatch(header, 0, intervalBytes);
      onBatch(header, 0);
    });
    const scanned = await this.scan(0, true, (buffer, at, position) => order.visit(buffer, at, position));
    order.finish();
    const end = { position: scanned.position, problem: scanned.problem, ...order.damage };
    this.#index = Promise.resolve(index);
    this.#largestTimestampMs = undefined;
    this.#sizeBytes = end.position;
    this.#firstTimestampMs = index.firstTimestampMs;
    const isEmptyBehind =
      scanned.problem !== undefined &&
      (await this.file.use((file) => isZeroRange(file, end.position, fileBytes)));
    if (end.position < fileBytes) {
      await this.file.use(async (file) => {
        await file.truncate(end.position);
        await file.sync();
      });
    }
    await this.saveIndex({ isClosing: true, sync: false });
    // Zeros are no batch that was lost; whether the segment ends too early shows in where the next one begins.
    return isEmptyBehind || end.problem === undefined
      ? undefined
      : { position: end.position, problem: end.problem, lostBytes: fileBytes - end.position };
  }

  /** The offset behind the last batch, found from the last index entry on. */
  async nextOffset(): Promise<number> {
    let next = this.baseOffset;
    // Reading a small file takes less than reading its index, and most partitions of most nodes are small.
    const isSmall = this.#index === undefined && this.#sizeBytes <= SMALL_SEGMENT_BYTES;
    const from = isSmall ? 0 : (await this.index()).offset.lastPosition;
    const end = await this.scan(from, false, (buffer, at) => {
      next = batchLastOffset(buffer, at) + 1;
      return true;
    });
    if (end.problem !== undefined) throw new CorruptFileError(this.file.path, end.position, end.problem);
    if (next - 1 - this.baseOffset > MAX_RELATIVE_OFFSET) throw new OffsetOverflow(this.baseOffset, next - 1);
    return next;
  }

  /** File position of the first batch whose last offset is at or above `offset`; the file size if there is none. */
  async positionOf(offset: number): Promise<number> {
    const from = (await this.index()).offset.lookup(offset);
    const end = await this.scan(from, false, (buffer, at) => batchLastOffset(buffer, at) < offset, {
      blockBytes: 16384,
    });
    if (end.problem !== undefined) throw new CorruptFileError(this.file.path, end.position, end.problem);
    return end.position;
  }

  /**
   * Drops every batch whose last offset is at or above `offset`.
   * @returns the end of what is left: `offset`, or the beginning of the batch that `offset` lies within.
   */
  async truncateTo(offset: number): Promise<number> {
    const position = await this.positionOf(offset);
    let endOffset = offset;
    await this.scan(position, false, (buffer, at) => {
      endOffset = Math.min(endOffset, batchBaseOffset(buffer, at));
      return false;
    });
    const index = await this.index();
    await this.file.use(async (file) => {
      await file.truncate(position);
      await file.sync();
    });
    this.#isReserved = false;
    if (this.damage !== undefined && this.damage.position >= position) this.damage = undefined;
    index.truncate(position, offset);
    this.#isIndexSaved = false;
    this.#context.indexes.forget(this);
    this.#largestTimestampMs = undefined;
    this.#sizeBytes = position;
    if (position === 0) this.#firstTimestampMs = undefined;
    await this.scan(index.offset.lastPosition, false, (buffer, at) => {
      index.noteTimestamp(buffer, at);
      return true;
    });
    await this.saveIndex({ isClosing: false, sync: false });
    return endOffset;
  }

  /**
   * Writes what the index files lack.
   * @param options.isClosing Adds the final entry of the time index first.
   */
  async saveIndex(options: { readonly isClosing: boolean; readonly sync: boolean }): Promise<void> {
    if (this.#index === undefined) return;
    const index = await this.#index;
    if (options.isClosing) {
      index.noteClosing();
      await this.#cutReserved();
    }
    await this.#saveTable(index.offset.table, '.index', options.sync);
    await this.#saveTable(index.time.table, '.timeindex', options.sync);
    if (options.isClosing) this.#isIndexSaved = true;
    if (options.sync) this.#isIndexSynced = true;
  }

  /** Forces the batches to the disk; the indexes too if nothing will be appended any more. */
  async flush(isClosed: boolean): Promise<void> {
    await this.file.use((file) => file.sync());
    if (isClosed) await this.saveIndex({ isClosing: true, sync: true });
  }

  /** Writes batches from `offset` on once more, for `flush` to bring them to the disk for certain. */
  async rewriteFrom(offset: number): Promise<void> {
    const position = offset <= this.baseOffset ? 0 : await this.positionOf(offset);
    await this.file.use((file) => rewriteInPlace(file, position, this.#sizeBytes));
  }

  /** What a clean stop leaves is trusted by the next start, so it must survive a power loss. */
  async saveForCleanStop(): Promise<void> {
    if (this.#index === undefined) return;
    await this.saveIndex({ isClosing: true, sync: false });
    if (!this.#isIndexSynced) await this.saveIndex({ isClosing: true, sync: true });
  }

  /** Ends the use of the files; reads that run come to their end first. */
  async close(): Promise<void> {
    this.#context.indexes.forget(this);
    await this.file.retire();
  }

  async #cutReserved(): Promise<void> {
    if (!this.#isReserved) return;
    this.#isReserved = false;
    await this.file.use((file) => file.truncate(this.#sizeBytes));
  }

  async #saveTable(table: GrowingTable, suffix: '.index' | '.timeindex', sync: boolean): Promise<void> {
    const unsaved = table.unsaved();
    const sizeBytes = table.sizeBytes;
    if (unsaved === undefined && !sync) return;
    const file = await this.#context.host.disk.open(this.path(suffix), 'write');
    try {
      if (unsaved?.truncate === true) await file.truncate(unsaved.position);
      if (unsaved !== undefined && unsaved.bytes.length > 0)
        await file.write([unsaved.bytes], unsaved.position);
      if (sync) await file.sync();
    } finally {
      await file.close();
    }
    this.#isIndexSynced = false;
    table.markSaved(sizeBytes);
  }

  async #loadIndex(): Promise<SegmentIndex> {
    try {
      const [offset, time] = await Promise.all([this.#readOffsetIndex(), this.#readTimeIndex()]);
      this.#isIndexSaved = true;
      return new SegmentIndex(offset, time, this.#sizeBytes);
    } catch (error) {
      if (!(error instanceof CorruptFileError)) {
        this.#index = undefined;
        throw error;
      }
      this.#context.logger.warn('Index is rebuilt from its segment', {
        file: error.file,
        reason: error.message,
      });
      return this.#rebuildIndex();
    }
  }

  async #readOffsetIndex(): Promise<OffsetIndex> {
    const path = this.path('.index');
    return OffsetIndex.parse(this.baseOffset, await this.#readIndexFile(path), path, this.#sizeBytes);
  }

  async #readTimeIndex(): Promise<TimeIndex> {
    const path = this.path('.timeindex');
    return TimeIndex.parse(this.baseOffset, await this.#readIndexFile(path), path);
  }

  async #readLargestTimestamp(): Promise<number> {
    const { disk } = this.#context.host;
    const status = await disk.stat(this.path('.timeindex'));
    const isWhole = status !== undefined && status.sizeBytes % TIME_INDEX_ENTRY_BYTES === 0;
    if (!isWhole) return (await this.index()).maxTimestamp.timestampMs;
    if (status.sizeBytes === 0) return -1;
    const file = await disk.open(this.path('.timeindex'), 'read');
    try {
      const entry = Buffer.alloc(TIME_INDEX_ENTRY_BYTES);
      await file.read(entry, status.sizeBytes - TIME_INDEX_ENTRY_BYTES);
      return new TimeIndex(this.baseOffset, entry).lastTimestampMs;
    } finally {
      await file.close();
    }
  }

  async #readIndexFile(path: string): Promise<Buffer> {
    const content = await readOptionalFile(this.#context.host.disk, path);
    if (content === undefined) throw new CorruptFileError(path, 0, 'it is missing');
    return content;
  }

  async #rebuildIndex(): Promise<SegmentIndex> {
    const index = SegmentIndex.empty(this.baseOffset);
    const intervalBytes = this.#context.config()['index.interval.bytes'];
    const end = await this.scan(0, false, (buffer, at) => {
      index.noteBatch(buffer, at, intervalBytes);
      return true;
    });
    if (end.problem === undefined) return index;
    this.#index = undefined;
    throw new CorruptFileError(this.file.path, end.position, end.problem);
  }
}
