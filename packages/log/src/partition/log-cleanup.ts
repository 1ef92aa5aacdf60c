import { KafkaError } from '@millrace/protocol';
import { removeSegments } from '../retention/remove-segments.ts';
import { deletableSegments, type SegmentFacts } from '../retention/deletable-segments.ts';
import type { LogSegment } from '../segment/log-segment.ts';
import type { LogContext } from './log-context.ts';
import type { LogWriter } from './log-writer.ts';
import type { PartitionFiles } from './partition-files.ts';
import type { PartitionState } from './partition-state.ts';

export interface LogCleanupParts {
  readonly context: LogContext;
  readonly state: PartitionState;
  readonly files: PartitionFiles;
  readonly writer: LogWriter;
}

/** Makes room: moves the log start and deletes segments. What changes the log runs within its tasks. */
export class LogCleanup {
  readonly #parts: LogCleanupParts;

  constructor(parts: LogCleanupParts) {
    this.#parts = parts;
  }

  /**
   * Where the log start goes when records before `beforeOffset` are deleted; -1 stands for the high watermark.
   * @throws KafkaError OFFSET_OUT_OF_RANGE, POLICY_VIOLATION
   */
  deletionTarget(beforeOffset: number): number {
    const { context, state } = this.#parts;
    const policy = context.config()['cleanup.policy'];
    if (policy.includes('compact') && !policy.includes('delete')) {
      throw new KafkaError(
        'POLICY_VIOLATION',
        `${context.name} is compacted; its records cannot be deleted by offset`,
      );
    }
    const target = beforeOffset === -1 ? state.highWatermark : beforeOffset;
    if (target > state.highWatermark || target < 0) {
      throw new KafkaError(
        'OFFSET_OUT_OF_RANGE',
        `Cannot delete records of ${context.name} before ${beforeOffset}: the high watermark is ${state.highWatermark}`,
      );
    }
    return target;
  }

  /** @returns whether the log start moved. */
  async moveLogStart(offset: number): Promise<boolean> {
    const { context, state, files } = this.#parts;
    if (offset <= state.logStartOffset) return false;
    state.logStartOffset = offset;
    // The checkpoint comes first. After a power loss that undoes the rest, recovery then knows that everything below
    // was to go: renames that were lost do not look like a hole in the log, and no epoch is missing for what is back.
    await context.persistLogStart();
    state.epochs.truncateFromStart(offset);
    await files.writeEpochs(state.epochs, true);
    return true;
  }

  /** @returns the number of deleted segments. */
  async applyRetention(): Promise<number> {
    const { context, state, writer } = this.#parts;
    if (state.isClosed || state.directory.failure !== undefined) return 0;
    const config = context.config();
    const facts = await state.directory.guard(() => Promise.all(state.segments.all.map(factsOf)));
    const policy = {
      retentionMs: config['retention.ms'],
      retentionBytes: config['retention.bytes'],
      isDeleting: config['cleanup.policy'].includes('delete'),
    };
    const bounds = {
      logStartOffset: state.logStartOffset,
      highWatermark: state.highWatermark,
      logEndOffset: state.logEndOffset,
      nowMs: context.host.clock.nowMs(),
    };
    const count = deletableSegments(facts, policy, bounds);
    if (count === 0) return 0;
    try {
      if (count === facts.length) await writer.roll();
      await this.#remove(state.segments.all.slice(0, count));
    } catch (error) {
      throw state.directory.fail(error);
    }
    return count;
  }

  async #remove(segments: readonly LogSegment[]): Promise<void> {
    const { context, state } = this.#parts;
    await this.moveLogStart(state.segments.all[segments.length]!.baseOffset);
    state.segments.replace(segments, []);
    state.aborted.truncateFromStart(state.logStartOffset);
    await removeSegments(context, segments);
    await context.host.disk.syncDirectory(context.directory);
    context.logger.info('Old segments are deleted', {
      log: context.name,
      count: segments.length,
      logStartOffset: state.logStartOffset,
    });
  }
}

async function factsOf(segment: LogSegment): Promise<SegmentFacts> {
  const timestampMs = await segment.largestTimestampMs();
  return {
    baseOffset: segment.baseOffset,
    sizeBytes: segment.sizeBytes,
    largestTimestampMs: timestampMs >= 0 ? timestampMs : segment.modifiedMs,
  };
}
