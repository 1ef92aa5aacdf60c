import { batchBaseOffset, LONG_MAX, RECORD_BATCH_OVERHEAD } from '@millrace/protocol';
import type { AppendOptions, AppendResult } from '../append/append-result.ts';
import { SerialTasks } from '../append/serial-tasks.ts';
import { cleaningState, type CleanOptions, type CleanResult } from '../cleaner/clean-log.ts';
import type { CleanableRange } from '../cleaner/cleanable-range.ts';
import type { EpochEndOffset } from '../epoch/leader-epoch-cache.ts';
import { IllegalTopicIdError } from '../errors.ts';
import { validateLargeBatch } from '../append/validate-batch.ts';
import type { LogConfig } from '../log-config.ts';
import { findMaxTimestamp, findTimestamp, type TimestampedOffset } from '../read/find-timestamp.ts';
import { LogReader } from '../read/log-reader.ts';
import type { ReadBound, ReadOptions, ReadResult } from '../read/read-result.ts';
import type { PartitionTail } from '../read/tail-cache.ts';
import type { ProducerView } from '../producer/producer-entry.ts';
import { closeLog } from './close-log.ts';
import { LogAppender } from './log-appender.ts';
import { LogCleanup } from './log-cleanup.ts';
import { LogCompaction } from './log-compaction.ts';
import type { LogContext } from './log-context.ts';
import { LogFlusher } from './log-flusher.ts';
import { restartLog, truncateLog } from './log-truncation.ts';
import { LogWriter } from './log-writer.ts';
import type { PartitionFiles } from './partition-files.ts';
import type { LogDamage } from './segment-quarantine.ts';
import { lastStableOffset, type PartitionState } from './partition-state.ts';

export interface PartitionLogParts {
  readonly context: LogContext;
  readonly state: PartitionState;
  readonly files: PartitionFiles;
  readonly updateConfig: (config: LogConfig) => void;
}

/** The commit log of one partition. Made by `LogManager`. */
export class PartitionLog {
  #context!: LogContext;
  #state!: PartitionState;
  #files!: PartitionFiles;
  #updateConfig!: (config: LogConfig) => void;
  #tail!: PartitionTail;
  #flusher!: LogFlusher;
  #writer!: LogWriter;
  #appender!: LogAppender;
  #reader!: LogReader;
  #cleanup!: LogCleanup;
  readonly #tasks = new SerialTasks();
  readonly #listeners = new Set<() => void>();
  readonly #compaction = new LogCompaction();
  #truncating: Promise<unknown> | undefined;
  /** Between two directories: the files of the one are closed, those of the other not open yet. */
  #switching: Promise<unknown> | undefined;

  constructor(parts: PartitionLogParts) {
    this.#assemble(parts);
  }

  #assemble({ context, state, files, updateConfig }: PartitionLogParts): void {
    this.#context = context;
    this.#state = state;
    this.#files = files;
    this.#updateConfig = updateConfig;
    this.#tail = context.tailCache.partition();
    this.#flusher = new LogFlusher(context, state, files);
    this.#writer = new LogWriter({
      context,
      state,
      files,
      flusher: this.#flusher,
      tail: this.#tail,
      tasks: this.#tasks,
      onChange: () => this.#notify(),
      onFailure: () => this.#appender.reset(),
    });
    this.#appender = new LogAppender(context, state, this.#writer, (records, options) =>
      this.append(records, options),
    );
    this.#reader = new LogReader(context, state, this.#tail);
    this.#cleanup = new LogCleanup({ context, state, files, writer: this.#writer });
  }

  get topic(): string {
    return this.#context.topic;
  }

  get partition(): number {
    return this.#context.partition;
  }

  /** 22 characters; empty where a power loss took it before the partition was flushed for the first time. */
  get topicId(): string {
    return this.#state.topicId;
  }

  /** The log directory that the partition lives in. */
  get logDir(): string {
    return this.#state.directory.path;
  }

  get config(): LogConfig {
    return this.#context.config();
  }

  /** First offset that can be read. */
  get logStartOffset(): number {
    return this.#state.logStartOffset;
  }

  /** The log start where the name of the first segment file does not tell it, otherwise `undefined`. */
  get checkpointedLogStartOffset(): number | undefined {
    const { logStartOffset, segments } = this.#state;
    return logStartOffset > segments.first.baseOffset ? logStartOffset : undefined;
  }

  /** First offset that consumers may not see yet. */
  get highWatermark(): number {
    return this.#state.highWatermark;
  }

  /** First offset that `read_committed` consumers may not see yet. */
  get lastStableOffset(): number {
    return lastStableOffset(this.#state);
  }

  /** Offset that the next record gets. */
  get logEndOffset(): number {
    return this.#state.logEndOffset;
  }

  /** Everything below survives a power loss. */
  get recoveryPoint(): number {
    return this.#state.recoveryPoint;
  }

  /** Everything below was compacted; `undefined` if nothing ever was. */
  get cleanedOffset(): number | undefined {
    return this.#state.cleanedOffset;
  }

  /** Rises with every truncation. */
  get truncations(): number {
    return this.#state.truncations;
  }

  /** -1 when nothing was written under an epoch. */
  get latestEpoch(): number {
    return this.#state.epochs.latestEpoch;
  }

  /** A producer as the next append finds it, what is being written included; `undefined` for an unknown one. */
  producer(producerId: number): ProducerView | undefined {
    return this.#appender.producer(producerId);
  }

  /** The idempotent and transactional producers that have written here and are not forgotten yet. */
  producers(): Iterable<ProducerView> {
    return this.#state.producers.entries();
  }

  get sizeBytes(): number {
    return this.#state.segments.sizeBytes;
  }

  get segmentCount(): number {
    return this.#state.segments.all.length;
  }

  /** Offsets that cannot be read because their segment is damaged; empty as long as nobody met any. */
  get damage(): readonly LogDamage[] {
    const all = this.#state.segments.all;
    return all.flatMap(({ damage, file }, index) => {
      if (damage === undefined) return [];
      return [{ ...damage, file: file.path, toOffset: all[index + 1]?.baseOffset }];
    });
  }

  /** False after an I/O error took the directory offline. */
  get isOnline(): boolean {
    return this.#state.directory.failure === undefined;
  }

  /**
   * Checks a large batch of a producer as `append` does, but in turns of the event loop. What it resolves with is to be
   * appended with `isValidated`.
   * @throws KafkaError as `append` does
   */
  validateLarge(records: Buffer): Promise<Buffer> {
    const { name, config, host } = this.#context;
    return validateLargeBatch(records, { name, config: config(), nowMs: host.clock.nowMs() }, host);
  }

  /**
   * Appends batches. The buffer belongs to the log from here on: offsets and leader epoch are patched in place.
   *
   * Resolves when the records are readable: they are in the page cache then and survive a kill of the process, or on
   * the disk and survive a power loss if `flush.messages` is 1. Calls keep their order.
   * @throws KafkaError with the wire code of what is wrong with the batch; InvalidRecordsError, which is one, names
   * the records.
   */
  append(records: Buffer, options: AppendOptions): Promise<AppendResult> {
    if (this.#truncating !== undefined) return this.#truncating.then(() => this.append(records, options));
    if (options.origin === 'replication' && this.#mustBeginAt(records)) {
      return this.restartAt(batchBaseOffset(records, 0)).then(() => this.append(records, options));
    }
    return this.#appender.append(records, options);
  }

  /**
   * Drops everything from `offset` on, as a follower does where its log diverged from its leader's. Appends that were
   * accepted before are written first; those that come meanwhile wait.
   */
  truncateTo(offset: number): Promise<void> {
    const truncate = () => truncateLog(this.#context, this.#state, this.#files, offset);
    return this.#change(() => this.#truncate(truncate));
  }

  /** Drops everything and goes on at `offset`, above or below what was there. */
  restartAt(offset: number): Promise<void> {
    const restart = async (): Promise<boolean> => {
      await restartLog(this.#context, this.#state, this.#files, offset);
      return true;
    };
    return this.#change(() => this.#truncate(restart));
  }

  /** Moves the high watermark up to `offset`, at most to the log end. It never moves down here. */
  updateHighWatermark(offset: number): void {
    const target = Math.min(offset, this.#state.logEndOffset);
    if (target <= this.#state.highWatermark) return;
    this.#state.highWatermark = target;
    this.#state.producers.onHighWatermark(target);
    this.#notify();
  }

  /**
   * Whole batches from `offset` on. Answers at once, without a promise, when memory has them.
   * @throws KafkaError OFFSET_OUT_OF_RANGE, KAFKA_STORAGE_ERROR
   */
  read(options: ReadOptions): ReadResult | Promise<ReadResult> {
    if (this.#switching !== undefined) return this.#switching.then(() => this.read(options));
    return this.#reader.read(options);
  }

  /** The first record whose timestamp is `timestampMs` or later, below the bound; `undefined` for none. */
  async offsetForTimestamp(timestampMs: number, upTo: ReadBound): Promise<TimestampedOffset | undefined> {
    this.#state.directory.assertOnline();
    const { directory, segments } = this.#state;
    const found = await directory.guard(() => findTimestamp(segments.all, timestampMs, this.logStartOffset));
    return found === undefined || found.offset >= this.#reader.boundOf(upTo) ? undefined : found;
  }

  /** The first of the records with the largest timestamp, below the bound; `undefined` for none. */
  async offsetForMaxTimestamp(upTo: ReadBound): Promise<TimestampedOffset | undefined> {
    this.#state.directory.assertOnline();
    const { directory, segments } = this.#state;
    const found = await directory.guard(() => findMaxTimestamp(segments.all, this.logStartOffset));
    return found === undefined || found.offset >= this.#reader.boundOf(upTo) ? undefined : found;
  }

  /** Where a leader epoch ended (KIP-320); -1 for what the log cannot tell. */
  endOffsetForEpoch(epoch: number): EpochEndOffset {
    return this.#state.epochs.endOffsetFor(epoch, this.#state.logEndOffset);
  }

  /** The epoch under which the record at `offset` was written, `undefined` if it is not known. */
  epochForOffset(offset: number): number | undefined {
    return this.#state.epochs.epochForOffset(offset);
  }

  /**
   * Moves the log start up to `beforeOffset`; -1 stands for the high watermark.
   * @returns the log start.
   * @throws KafkaError OFFSET_OUT_OF_RANGE above the high watermark, POLICY_VIOLATION for logs that are only compacted
   */
  async deleteRecords(beforeOffset: number): Promise<number> {
    this.#state.directory.assertOnline();
    const target = this.#cleanup.deletionTarget(beforeOffset);
    const move = (): Promise<boolean> =>
      this.#state.directory.guard(() => this.#cleanup.moveLogStart(target));
    if (await this.#tasks.run(move)) this.#notify();
    return this.#state.logStartOffset;
  }

  /** Moves the log start up as the leader of this replica did, at most to the high watermark. */
  async advanceLogStart(offset: number): Promise<void> {
    this.#state.directory.assertOnline();
    const move = (): Promise<boolean> =>
      this.#state.directory.guard(() =>
        this.#cleanup.moveLogStart(Math.min(offset, this.#state.highWatermark)),
      );
    if (await this.#tasks.run(move)) this.#notify();
  }

  /** Deletes segments by `retention.ms`, `retention.bytes` and log start. @returns how many went. */
  async applyRetention(): Promise<number> {
    const removed = await this.#tasks.run(() => this.#cleanup.applyRetention());
    if (removed > 0) this.#notify();
    return removed;
  }

  /**
   * How much of the log is waiting to be compacted, and whether `min.cleanable.dirty.ratio` or
   * `max.compaction.lag.ms` says that it is time.
   */
  cleaningState(): Promise<CleanableRange & { readonly isDue: boolean }> {
    return this.#state.directory.guard(() => cleaningState(this.#context, this.#state));
  }

  /**
   * Compacts everything that can be compacted now: keeps the last value of each key, and no records of aborted
   * transactions. A second call waits for the first.
   * @returns `undefined` if there was nothing to do.
   */
  compact(options: CleanOptions = {}): Promise<CleanResult | undefined> {
    this.#state.directory.assertOnline();
    const parts = () => ({
      context: this.#context,
      state: this.#state,
      tasks: this.#tasks,
      flusher: this.#flusher,
      onReplaced: (endOffset: number): void => {
        this.#tail.dropBelow(endOffset);
        this.#reader.reset();
      },
    });
    return this.#compaction.run(parts, options);
  }

  /**
   * Goes on in another directory, with this object. Everything accepted is written and flushed before, a compaction
   * that runs is given up, and appends and reads that come meanwhile wait.
   * @param catchUp Brings the other directory up to date; it may read this log. Where it fails, nothing has changed.
   * @param open Renames the directories and opens the other one. The files of this one are closed already.
   */
  async switchDirectory(catchUp: () => Promise<void>, open: () => Promise<PartitionLogParts>): Promise<void> {
    await this.#compaction.without(() => this.#change(() => this.#switch(catchUp, open)));
  }

  async #switch(catchUp: () => Promise<void>, open: () => Promise<PartitionLogParts>): Promise<void> {
    const left = this.#state;
    await catchUp();
    const switched = (async () => {
      left.isClosed = true;
      this.#tail.clear();
      for (const segment of left.segments.all) await segment.close();
      // Flushes that wait have nothing to do: all of it is on the disk at the other place.
      left.recoveryPoint = left.logEndOffset;
      this.#assemble(await open());
    })();
    this.#switching = switched.catch(() => undefined);
    try {
      await switched;
    } finally {
      this.#switching = undefined;
    }
  }

  /**
   * Says which topic of this name the partition belongs to.
   * @throws IllegalTopicIdError if it belongs to another one
   */
  async assignTopicId(topicId: string): Promise<void> {
    const state = this.#state;
    if (state.topicId === topicId) return;
    if (state.topicId !== '') throw new IllegalTopicIdError(this.#context.name, state.topicId, topicId);
    state.topicId = topicId;
    await state.directory.guard(() => this.#files.writeMetadata(topicId));
  }

  updateConfig(config: LogConfig): void {
    this.#updateConfig(config);
  }

  /** Called after log end, high watermark or log start moved. @returns a function that ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Makes everything written so far survive a power loss. */
  async flush(): Promise<void> {
    await this.#flusher.flush(this.#state.logEndOffset, true);
  }

  /**
   * After a start: a replica counts everything that it has as acknowledged, so where acknowledgements rest on flushes
   * what the process before had not flushed is flushed first.
   */
  async flushFound(): Promise<void> {
    if (this.config['flush.messages'] < LONG_MAX) await this.flush();
  }

  /** Flushes if the oldest unflushed record waits for longer than `flush.ms`. */
  async flushIfDue(): Promise<void> {
    const isBehind = this.#state.recoveryPoint < this.#state.logEndOffset;
    if (isBehind && this.#flusher.unflushedMs >= this.config['flush.ms']) await this.flush();
  }

  /** Forgets idle producers. `producer.id.expiration.ms` counts from their last batch. */
  removeExpiredProducers(expirationMs: number): number {
    return this.#state.producers.removeExpired(this.#context.host.clock.nowMs(), expirationMs);
  }

  /** Finishes what was accepted, saves indexes and producer state, and forces everything to the disk. */
  async close(): Promise<void> {
    if (this.#state.isClosed) return;
    await this.#compaction.end();
    await this.#writer.idle();
    await this.#tasks.run(() => this.#close({ isDeleted: false }));
  }

  /** Stops without saving anything: the files are about to be removed. */
  async discard(): Promise<void> {
    if (this.#state.isClosed) return;
    await this.#compaction.end();
    await this.#writer.idle();
    await this.#tasks.run(() => this.#close({ isDeleted: true }));
  }

  /** The first batch of an empty follower may lie higher: the leader has nothing older. */
  #mustBeginAt(records: Buffer): boolean {
    const { segments, logEndOffset } = this.#state;
    if (this.#writer.isBusy || segments.all.length > 1 || segments.active.sizeBytes > 0) return false;
    return records.length >= RECORD_BATCH_OVERHEAD && batchBaseOffset(records, 0) > logEndOffset;
  }

  async #close({ isDeleted }: { readonly isDeleted: boolean }): Promise<void> {
    const state = this.#state;
    if (state.isClosed) return;
    state.isClosed = true;
    this.#tail.clear();
    try {
      await closeLog({ state, files: this.#files, flusher: this.#flusher }, { isDeleted });
    } finally {
      this.#notify();
    }
  }

  /** Runs a change of the whole log by itself: no append, no flush, no other task meanwhile. */
  async #change(change: () => Promise<void>): Promise<void> {
    this.#state.directory.assertOnline();
    const run = (): Promise<void> => this.#flusher.withoutFlush(change);
    const truncated = this.#writer.idle().then(() => this.#tasks.run(run));
    this.#truncating = truncated.catch(() => undefined);
    try {
      await truncated;
    } finally {
      this.#truncating = undefined;
    }
  }

  /** @param change Says whether it dropped anything. */
  async #truncate(change: () => Promise<boolean>): Promise<void> {
    try {
      if (!(await change())) return;
    } catch (error) {
      throw this.#state.directory.fail(error);
    }
    this.#tail.clear();
    this.#reader.reset();
    this.#appender.reset();
    this.#notify();
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
