import { batchBaseOffset, batchLeaderEpoch, batchSizeBytes } from '@millrace/protocol';
import {
  AppendQueue,
  MAX_GATHERED_APPENDS,
  MAX_GATHERED_BYTES,
  type PendingAppend,
} from '../append/append-queue.ts';
import type { SerialTasks } from '../append/serial-tasks.ts';
import { LogClosedError } from '../errors.ts';
import { segmentMaxBytes } from '../log-config.ts';
import { applyBatch } from '../producer/apply-batch.ts';
import type { PartitionTail } from '../read/tail-cache.ts';
import { LogSegment } from '../segment/log-segment.ts';
import { rollReason, type ActiveSegmentState, type RollReason } from '../segment/roll-decision.ts';
import type { AbortedTransaction } from '../segment/transaction-index.ts';
import { GroupCommit } from './group-commit.ts';
import type { LogContext } from './log-context.ts';
import type { LogFlusher } from './log-flusher.ts';
import type { PartitionFiles } from './partition-files.ts';
import type { PartitionState } from './partition-state.ts';

export interface LogWriterParts {
  readonly context: LogContext;
  readonly state: PartitionState;
  readonly files: PartitionFiles;
  readonly flusher: LogFlusher;
  readonly tail: PartitionTail;
  /** Changes to the list of segments and writes to the active one run here, one after the other. */
  readonly tasks: SerialTasks;
  readonly onChange: () => void;
  readonly onFailure: () => void;
}

/** Writes accepted appends: everything that waits goes out in one gathered write per turn of the event loop. */
export class LogWriter {
  readonly #parts: LogWriterParts;
  readonly #queue = new AppendQueue();
  readonly #groupCommit: GroupCommit;
  #running: Promise<void> | undefined;
  #jitterMs: number;

  constructor(parts: LogWriterParts) {
    this.#parts = parts;
    this.#groupCommit = new GroupCommit((upToOffset) => parts.flusher.flush(upToOffset));
    this.#jitterMs = this.#drawJitterMs();
  }

  /** Accepted appends are waiting to be written. */
  get isBusy(): boolean {
    return this.#running !== undefined;
  }

  write(append: PendingAppend): void {
    this.#queue.push(append);
    this.#running ??= this.#run();
  }

  /** Resolves when everything accepted so far is written and acknowledged. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
    await this.#groupCommit.idle();
  }

  /** Begins a new segment, at the log end or above it where replicated batches leave a gap. Call within `tasks`. */
  async roll(newBaseOffset: number = this.#parts.state.logEndOffset): Promise<void> {
    const { context, state, files } = this.#parts;
    const previous = state.segments.active;
    // Recovery trusts the index of a segment that ends at the recovery point. Where everything is flushed already, no
    // flush to come would look at this one; where it is not, the point must not get here before the index does.
    state.rollingAt = newBaseOffset;
    await previous.saveIndex({ isClosing: true, sync: state.recoveryPoint >= newBaseOffset });
    state.producers.mapEndOffset = newBaseOffset;
    await files.writeSnapshot(state.producers);
    state.segments.push(await LogSegment.create(context, newBaseOffset));
    state.rollingAt = undefined;
    files.noteEntryChange();
    this.#jitterMs = this.#drawJitterMs();
    this.#flushInBackground(newBaseOffset);
  }

  async #run(): Promise<void> {
    const { context, tasks, state } = this.#parts;
    // Appends of other connections in this turn of the event loop join the same write.
    await new Promise<void>((resolve) => context.host.timers.defer(resolve));
    while (this.#queue.length > 0) {
      try {
        await tasks.run(() => this.#writeGroup());
      } catch (error) {
        const failure = state.isClosed ? new LogClosedError(context.name) : state.directory.fail(error);
        this.#queue.rejectAll(failure);
        this.#parts.onFailure();
      }
    }
    this.#running = undefined;
  }

  async #writeGroup(): Promise<void> {
    const { state, context, files } = this.#parts;
    if (state.isClosed) throw new LogClosedError(context.name);
    state.directory.assertOnline();
    const segment = await this.#segmentForNext();
    const group = this.#queue.take(await this.#groupLength(segment));
    try {
      const chunks = group.filter((append) => append.records.length > 0).map((append) => append.records);
      this.#assignEpochs(chunks);
      await files.syncMetadata();
      await files.writeEpochs(state.epochs, state.recoveryPoint > state.segments.first.baseOffset);
      if (chunks.length > 0) await segment.append(chunks, context.config()['index.interval.bytes']);
      await this.#applyWritten(segment, chunks);
    } catch (error) {
      const failure = state.directory.fail(error);
      for (const append of group) append.reject(failure);
      throw error;
    }
    this.#acknowledge(group);
    this.#parts.onChange();
  }

  /** The segment that takes the next append; a new one if the active one is full or old. */
  async #segmentForNext(): Promise<LogSegment> {
    const { segments } = this.#parts.state;
    const next = this.#queue.peek(0)!;
    const current = await this.#segmentState(segments.active, 0);
    if (next.records.length > 0 && this.#rollReason(current, next) !== undefined)
      await this.roll(next.baseOffset);
    return segments.active;
  }

  /** How many of the queued appends go into the segment with one write; at least one. */
  async #groupLength(segment: LogSegment): Promise<number> {
    let length = 0;
    let sizeBytes = 0;
    let batchCount = 0;
    const freeSlots = await this.#freeIndexSlots(segment);
    const segmentState = await this.#segmentState(segment, 0);
    for (; length < Math.min(this.#queue.length, MAX_GATHERED_APPENDS); length++) {
      const append = this.#queue.peek(length)!;
      if (length > 0) {
        if (sizeBytes + append.records.length > MAX_GATHERED_BYTES || batchCount >= freeSlots) break;
        const grown = {
          ...segmentState,
          sizeBytes: segmentState.sizeBytes + sizeBytes,
          firstTimestampMs: segmentState.firstTimestampMs ?? this.#queue.peek(0)!.maxTimestampMs,
        };
        if (append.records.length > 0 && this.#rollReason(grown, append) !== undefined) break;
      }
      sizeBytes += append.records.length;
      batchCount += append.batchCount;
    }
    return length;
  }

  #rollReason(segment: ActiveSegmentState, append: PendingAppend): RollReason | undefined {
    const { context } = this.#parts;
    const config = context.config();
    const incoming = {
      sizeBytes: append.records.length,
      lastOffset: append.lastOffset,
      maxTimestampMs: append.maxTimestampMs,
      nowMs: context.host.clock.nowMs(),
    };
    const limits = {
      segmentBytes: segmentMaxBytes(config),
      segmentMs: config['segment.ms'] - this.#jitterMs,
    };
    return rollReason(segment, incoming, limits);
  }

  async #segmentState(segment: LogSegment, extraBytes: number): Promise<ActiveSegmentState> {
    const index = await segment.index();
    return {
      baseOffset: segment.baseOffset,
      sizeBytes: segment.sizeBytes + extraBytes,
      firstTimestampMs: await segment.firstTimestampMs(),
      createdMs: segment.createdMs,
      areIndexesFull: index.isFull(this.#parts.context.config()['segment.index.bytes']),
    };
  }

  async #freeIndexSlots(segment: LogSegment): Promise<number> {
    return (await segment.index()).freeSlots(this.#parts.context.config()['segment.index.bytes']);
  }

  #assignEpochs(chunks: readonly Buffer[]): void {
    const { epochs } = this.#parts.state;
    for (const chunk of chunks) {
      for (let at = 0; at < chunk.length; at += batchSizeBytes(chunk, at)) {
        const epoch = batchLeaderEpoch(chunk, at);
        if (epoch > epochs.latestEpoch) epochs.assign(epoch, batchBaseOffset(chunk, at));
      }
    }
  }

  async #applyWritten(segment: LogSegment, chunks: readonly Buffer[]): Promise<void> {
    const { state, tail, files } = this.#parts;
    const aborted: AbortedTransaction[] = [];
    for (const chunk of chunks) {
      for (let at = 0; at < chunk.length; at += batchSizeBytes(chunk, at)) {
        const transaction = applyBatch(state.producers, chunk, at);
        if (transaction !== undefined) aborted.push(transaction);
      }
    }
    if (aborted.length > 0) {
      for (const transaction of aborted) state.aborted.add(transaction);
      await files.appendAborted(segment.baseOffset, aborted);
    }
    if (chunks.length === 0) return;
    tail.append(chunks);
    state.logEndOffset = state.producers.mapEndOffset;
  }

  #acknowledge(group: readonly PendingAppend[]): void {
    const { state, context } = this.#parts;
    const unflushed = state.logEndOffset - state.recoveryPoint;
    if (unflushed >= context.config()['flush.messages']) this.#groupCommit.wait(group);
    else for (const append of group) append.resolve(append.result);
  }

  #flushInBackground(upToOffset: number): void {
    const { flusher, context } = this.#parts;
    flusher.flush(upToOffset).catch((error: unknown) => {
      context.logger.error('Flush of a rolled segment failed', { log: context.name, error });
    });
  }

  #drawJitterMs(): number {
    const { context } = this.#parts;
    const config = context.config();
    const jitterMs = Math.min(config['segment.jitter.ms'], config['segment.ms']);
    return jitterMs === 0 ? 0 : Math.floor(context.host.random.float() * jitterMs);
  }
}
