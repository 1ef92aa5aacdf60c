import { batchSizeBytes } from '@millrace/protocol';
import type { SerialTasks } from '../append/serial-tasks.ts';
import { CorruptFileError } from '../errors.ts';
import { CLEAN_BLOCK_BYTES } from '../limits.ts';
import { segmentMaxBytes } from '../log-config.ts';
import type { LogContext } from '../partition/log-context.ts';
import type { LogFlusher } from '../partition/log-flusher.ts';
import { lastStableOffset, type PartitionState } from '../partition/partition-state.ts';
import type { LogSegment } from '../segment/log-segment.ts';
import { BatchBuffer } from './batch-buffer.ts';
import { buildOffsetMap } from './build-offset-map.ts';
import {
  cleanableRange,
  isCleaningDue,
  type CleanableRange,
  type CleanableSegment,
} from './cleanable-range.ts';
import { CleanedSegmentWriter } from './cleaned-segment-writer.ts';
import { CleanedTransactions } from './cleaned-transactions.ts';
import { filterBatch, type FilterContext, type LastRecord } from './filter-batch.ts';
import { groupSegments } from './group-segments.ts';
import { installCleaned } from './install-cleaned.ts';
import { OffsetMap } from './offset-map.ts';
import { Throttle } from './throttle.ts';

/** Bounds of one cleaning. Defaults are Kafka's. */
export interface CleanOptions {
  /** `log.cleaner.dedupe.buffer.size`: memory for the offset map, default 128 MiB. */
  readonly dedupeBufferBytes?: number;
  /** `log.cleaner.io.buffer.load.factor`, default 0.9. */
  readonly loadFactor?: number;
  /** `log.cleaner.io.max.bytes.per.second`, default unlimited. */
  readonly maxBytesPerSec?: number;
  /** Asked now and then; true gives the cleaning up. */
  readonly isCancelled?: () => boolean;
}

/** What one run of the cleaner has done to a log. */
export interface CleanResult {
  readonly firstDirtyOffset: number;
  /** Everything below is clean now. */
  readonly endOffset: number;
  readonly readBytes: number;
  readonly writtenBytes: number;
  /** False if it was cancelled or a truncation or retention came in between; what was installed is complete. */
  readonly isComplete: boolean;
}

export interface CleanParts {
  readonly context: LogContext;
  readonly state: PartitionState;
  readonly tasks: SerialTasks;
  readonly flusher: LogFlusher;
  /** A range of the log has other content now. */
  readonly onReplaced: (endOffset: number) => void;
}

/** Batches are gathered up to here before they are written. */
const WRITE_BYTES = 512 * 1024;

/** What can be cleaned now, and whether that is due. */
export async function cleaningState(
  context: LogContext,
  state: PartitionState,
): Promise<CleanableRange & { readonly isDue: boolean }> {
  const config = context.config();
  const policy = {
    minDirtyRatio: config['min.cleanable.dirty.ratio'],
    minLagMs: config['min.compaction.lag.ms'],
    maxLagMs: config['max.compaction.lag.ms'],
    nowMs: context.host.clock.nowMs(),
  };
  const segments = state.segments.all;
  const range = cleanableRange(
    {
      segments: await Promise.all(segments.map((segment) => factsOf(segment, policy.minLagMs > 0))),
      logStartOffset: state.logStartOffset,
      logEndOffset: state.logEndOffset,
      lastStableOffset: lastStableOffset(state),
      cleanedOffset: state.cleanedOffset,
    },
    policy,
  );
  const oldest = segments[state.segments.indexOf(range.firstDirtyOffset)]!;
  const firstTimestampMs = range.cleanableBytes > 0 ? ((await oldest.firstTimestampMs()) ?? -1) : -1;
  return { ...range, isDue: isCleaningDue(range, policy, firstTimestampMs) };
}

/** Index files are only loaded where timestamps decide. */
async function factsOf(segment: LogSegment, needsTimestamp: boolean): Promise<CleanableSegment> {
  const timestampMs = needsTimestamp ? await segment.largestTimestampMs() : -1;
  return {
    baseOffset: segment.baseOffset,
    sizeBytes: segment.sizeBytes,
    largestTimestampMs: timestampMs >= 0 ? timestampMs : segment.modifiedMs,
  };
}

/** Compacts what can be compacted (`Cleaner.clean` in Kafka). @returns `undefined` if there is nothing to do. */
export async function cleanLog(
  parts: CleanParts,
  options: CleanOptions = {},
): Promise<CleanResult | undefined> {
  const { context, state } = parts;
  const range = await cleaningState(context, state);
  if (range.cleanableBytes === 0) return undefined;
  const throttle = new Throttle(context.host, options.maxBytesPerSec ?? Infinity);
  const map = await mapDirtySection(parts, range, options, throttle);
  const endOffset = map.latestOffset + 1;
  if (endOffset <= range.firstDirtyOffset) return undefined;
  // Recovery takes a gap between segments that may not have been flushed for a loss. Compaction makes such gaps, so
  // everything that it touches is on the disk first, and the checkpoint says so.
  await parts.flusher.flush(range.firstUncleanableOffset);
  await context.persistRecoveryPoint();
  const run = new CleaningRun(parts, map, throttle, options.isCancelled ?? (() => false));
  const isComplete = await run.cleanUpTo(endOffset);
  if (isComplete) {
    state.cleanedOffset = endOffset;
    await context.persistCleanedOffset();
  }
  const { firstDirtyOffset } = range;
  return {
    firstDirtyOffset,
    endOffset,
    readBytes: run.readBytes,
    writtenBytes: run.writtenBytes,
    isComplete,
  };
}

async function mapDirtySection(
  { state }: CleanParts,
  range: CleanableRange,
  options: CleanOptions,
  throttle: Throttle,
): Promise<OffsetMap> {
  const { dedupeBufferBytes = 134217728, loadFactor = 0.9 } = options;
  const { firstDirtyOffset: fromOffset, firstUncleanableOffset: toOffset } = range;
  const map = new OffsetMap(
    Math.min(dedupeBufferBytes, OffsetMap.bytesFor(toOffset - fromOffset, loadFactor)),
  );
  const transactions = new CleanedTransactions();
  transactions.announce(state.aborted.overlapping(fromOffset, toOffset));
  const segments = state.segments.covering(fromOffset, toOffset);
  await buildOffsetMap(map, { segments, fromOffset, toOffset, transactions, throttle }, loadFactor);
  return map;
}

/** The second pass of one cleaning: copies what stays, group by group. */
class CleaningRun {
  readonly #parts: CleanParts;
  readonly #map: OffsetMap;
  readonly #throttle: Throttle;
  readonly #transactions = new CleanedTransactions();
  readonly #isCancelled: () => boolean;
  readonly #truncations: number;
  readonly #kept = new BatchBuffer(2 * WRITE_BYTES);
  readonly #block = Buffer.allocUnsafeSlow(CLEAN_BLOCK_BYTES);
  readonly #highWatermark: number;
  readonly #nowMs: number;
  readBytes = 0;
  writtenBytes = 0;

  constructor(parts: CleanParts, map: OffsetMap, throttle: Throttle, isCancelled: () => boolean) {
    this.#parts = parts;
    this.#map = map;
    this.#throttle = throttle;
    this.#isCancelled = isCancelled;
    this.#truncations = parts.state.truncations;
    this.#highWatermark = parts.state.highWatermark;
    this.#nowMs = parts.context.host.clock.nowMs();
  }

  /** @returns false if the log changed underneath. */
  async cleanUpTo(endOffset: number): Promise<boolean> {
    const { context, state } = this.#parts;
    const config = context.config();
    const sources = state.segments.covering(state.segments.first.baseOffset, endOffset);
    const groupable = await Promise.all(sources.map((segment) => this.#groupable(segment)));
    const limits = { segmentBytes: segmentMaxBytes(config), indexBytes: config['segment.index.bytes'] };
    for (const group of groupSegments(groupable, limits)) {
      const segments = group.map(({ segment }) => segment);
      if (!(await this.#cleanGroup(segments))) return false;
    }
    return true;
  }

  async #groupable(segment: LogSegment) {
    const index = await segment.index();
    return {
      segment,
      baseOffset: segment.baseOffset,
      sizeBytes: segment.sizeBytes,
      offsetIndexBytes: index.offset.table.sizeBytes,
      timeIndexBytes: index.time.table.sizeBytes,
      lastOffset: this.#nextBase(segment) - 1,
    };
  }

  async #cleanGroup(sources: readonly LogSegment[]): Promise<boolean> {
    const { context, state, tasks } = this.#parts;
    const writer = await CleanedSegmentWriter.create(context, sources[0]!.baseOffset);
    try {
      for (const segment of sources) {
        if (this.#isStale(sources)) break;
        this.#transactions.announce(state.aborted.overlapping(segment.baseOffset, this.#nextBase(segment)));
        await this.#copySegment(segment, writer);
      }
      writer.aborted.push(...this.#transactions.takeKept());
    } catch (error) {
      await writer.discard();
      throw error;
    }
    if (this.#isStale(sources)) {
      await writer.discard();
      return false;
    }
    await writer.finish(sources.at(-1)!.modifiedMs);
    this.writtenBytes += writer.index.sizeBytes;
    return tasks.run(async () => {
      if (this.#isStale(sources)) {
        await writer.discard();
        return false;
      }
      try {
        const endOffset = this.#nextBase(sources.at(-1)!);
        await installCleaned(context, state, sources, writer);
        this.#parts.onReplaced(endOffset);
      } catch (error) {
        throw state.directory.fail(error);
      }
      return true;
    });
  }

  /** Batches of a window are filtered within one turn, then written; so memory is bounded, and nothing blocks long. */
  async #copySegment(segment: LogSegment, writer: CleanedSegmentWriter): Promise<void> {
    const context = this.#filterContext();
    let position = 0;
    while (position < segment.sizeBytes && !this.#isCancelled()) {
      this.#kept.clear();
      const visit = (buffer: Buffer, at: number): boolean => {
        if (this.#kept.sizeBytes >= WRITE_BYTES) return false;
        const cleaned = filterBatch(buffer.subarray(at, at + batchSizeBytes(buffer, at)), context);
        if (cleaned !== undefined) this.#kept.add(cleaned);
        return true;
      };
      const afterBlock = (sizeBytes: number): Promise<void> => this.#throttle.moved(sizeBytes);
      // With CRCs: a damaged batch that is written anew would get a right one.
      const end = await segment.scan(position, true, visit, { block: this.#block, afterBlock });
      if (end.problem !== undefined) throw new CorruptFileError(segment.file.path, end.position, end.problem);
      await writer.write(this.#kept.content);
      await this.#throttle.moved(this.#kept.sizeBytes);
      this.readBytes += end.position - position;
      position = end.position;
    }
  }

  #filterContext(): FilterContext {
    const activeProducers = new Map<number, LastRecord>();
    for (const entry of this.#parts.state.producers.entries()) {
      const { producerId, lastDataOffset, producerEpoch } = entry;
      activeProducers.set(producerId, { lastDataOffset, producerEpoch });
    }
    return {
      map: this.#map,
      transactions: this.#transactions,
      activeProducers,
      highWatermark: this.#highWatermark,
      nowMs: this.#nowMs,
      deleteRetentionMs: this.#parts.context.config()['delete.retention.ms'],
    };
  }

  #isStale(sources: readonly LogSegment[]): boolean {
    const { state } = this.#parts;
    return (
      this.#isCancelled() ||
      state.isClosed ||
      state.truncations !== this.#truncations ||
      !sources.every((segment) => state.segments.has(segment))
    );
  }

  #nextBase(segment: LogSegment): number {
    const all = this.#parts.state.segments.all;
    return all[all.indexOf(segment) + 1]?.baseOffset ?? this.#parts.state.logEndOffset;
  }
}
