import { join } from 'node:path';
import { logConfig, type AppendResult, type LogConfig, type PartitionLog } from '@millrace/log';
import { invariant } from '../errors.ts';
import type { SnapshotId } from './snapshot-id.ts';
import type { SnapshotStore } from './snapshot-store.ts';

/** Largest batch of metadata, as in Kafka. */
export const MAX_METADATA_BATCH_BYTES = 8 << 20;

/**
 * How `__cluster_metadata-0` is to be opened: everything stays until a snapshot covers it, and the quorum itself says
 * when to flush.
 */
export function metadataLogConfig(segmentBytes: number): LogConfig {
  return logConfig({
    'segment.bytes': segmentBytes,
    'max.message.bytes': MAX_METADATA_BATCH_BYTES,
    'retention.ms': -1,
    'retention.bytes': -1,
  });
}

/** An offset with the epoch of the record before it. */
export interface OffsetAndEpoch {
  readonly offset: number;
  readonly epoch: number;
}

/** How a replica goes on: it reads, it truncates its log, or it begins with a snapshot. */
export type FetchVerdict =
  | { readonly kind: 'matches' }
  | { readonly kind: 'diverges'; readonly end: OffsetAndEpoch }
  | { readonly kind: 'snapshot'; readonly id: SnapshotId };

/** What the elections need to know of the log. */
export interface LogView {
  readonly startOffset: number;
  readonly endOffset: number;
  /** Of the last record; that of the snapshot where there is none; 0 where there is nothing. */
  readonly lastEpoch: number;
}

/** The metadata log as the quorum sees it: which part is flushed, and what its snapshots stand for. */
export class QuorumLog implements LogView {
  readonly log: PartitionLog;
  readonly snapshots: SnapshotStore;
  #nextOffset: number;
  #flushedOffset: number;
  #lastAppend: Promise<unknown> = Promise.resolve();

  constructor(log: PartitionLog, snapshots: SnapshotStore) {
    this.log = log;
    this.snapshots = snapshots;
    this.#nextOffset = log.logEndOffset;
    this.#flushedOffset = log.recoveryPoint;
  }

  static directoryOf(log: PartitionLog): string {
    return join(log.logDir, `${log.topic}-${log.partition}`);
  }

  get startOffset(): number {
    return this.log.logStartOffset;
  }

  /** First offset that is not written yet. */
  get endOffset(): number {
    return this.log.logEndOffset;
  }

  /** Offset that the next record gets; ahead of `endOffset` by what is being written. */
  get nextOffset(): number {
    return this.#nextOffset;
  }

  /** Everything below survives a power loss. */
  get flushedOffset(): number {
    return this.#flushedOffset;
  }

  /** By the record itself: after a power loss the log may name an epoch of which it has no record any more. */
  get lastEpoch(): number {
    const { newest } = this.snapshots;
    if (newest?.endOffset === this.endOffset) return newest.epoch;
    return this.log.epochForOffset(this.endOffset - 1) ?? newest?.epoch ?? 0;
  }

  /** Where `epoch`, or the last one before it, ended. */
  endOfEpoch(epoch: number): OffsetAndEpoch {
    const { newest } = this.snapshots;
    if (this.log.latestEpoch < 0) return { epoch: this.lastEpoch, offset: this.endOffset };
    if (epoch >= this.lastEpoch) return { epoch: this.lastEpoch, offset: this.endOffset };
    const { leaderEpoch, endOffset } = this.log.endOffsetForEpoch(epoch);
    if (endOffset < 0) return { epoch: newest?.epoch ?? 0, offset: this.startOffset };
    return { epoch: leaderEpoch, offset: endOffset };
  }

  /** What a replica is to be told that has everything before `offset`, the last of it from `epoch`. */
  compare(offset: number, epoch: number): FetchVerdict {
    const { newest } = this.snapshots;
    const hasSnapshot = newest !== undefined && newest.endOffset > 0;
    // With nothing at all, the snapshot is the shorter way.
    if (offset === 0) return hasSnapshot ? { kind: 'snapshot', id: newest } : { kind: 'matches' };
    if (offset >= this.startOffset && this.#epochBefore(offset) === epoch) return { kind: 'matches' };
    const end = this.endOfEpoch(epoch);
    // Epochs from before the snapshot may be forgotten, and where they began and ended with them.
    const cutsSomething = end.offset < offset || end.epoch < epoch;
    const isKnown =
      cutsSomething && offset >= this.startOffset && this.#epochBefore(end.offset) === end.epoch;
    return hasSnapshot && !isKnown ? { kind: 'snapshot', id: newest } : { kind: 'diverges', end };
  }

  /** The epoch of the record before `offset`; `undefined` where the log ends earlier, or no longer knows. */
  #epochBefore(offset: number): number | undefined {
    if (offset > this.endOffset) return undefined;
    const snapshot = this.snapshots.ids.find(({ endOffset }) => endOffset === offset);
    return snapshot === undefined ? this.log.epochForOffset(offset - 1) : snapshot.epoch;
  }

  /** Takes the batches over. Calls keep their order. */
  append(
    batches: Buffer,
    epoch: number,
    recordCount: number,
  ): { readonly baseOffset: number; readonly written: Promise<AppendResult> } {
    const baseOffset = this.#nextOffset;
    this.#nextOffset += recordCount;
    const written = this.log.append(batches, { origin: 'coordinator', leaderEpoch: epoch }).then((result) => {
      invariant(
        result.baseOffset === baseOffset,
        `a batch of metadata got offset ${result.baseOffset}, expected ${baseOffset}`,
      );
      return result;
    });
    this.#lastAppend = written.catch(() => undefined);
    return { baseOffset, written };
  }

  /** Batches from the leader, as they are. */
  async appendFetched(batches: Buffer): Promise<void> {
    await this.log.append(batches, { origin: 'replication', leaderEpoch: -1 });
    this.#nextOffset = this.log.logEndOffset;
  }

  /** What a leader had begun to write is in the log. */
  async written(): Promise<void> {
    await this.#lastAppend;
    this.#nextOffset = this.log.logEndOffset;
  }

  async flush(): Promise<void> {
    const endOffset = this.log.logEndOffset;
    const { truncations } = this.log;
    await this.log.flush();
    if (truncations === this.log.truncations) this.#flushedOffset = Math.max(this.#flushedOffset, endOffset);
  }

  async truncateTo(offset: number): Promise<void> {
    await this.log.truncateTo(offset);
    this.#afterTruncation();
  }

  /** Goes on behind a snapshot, with nothing before it. */
  async restartAt(offset: number): Promise<void> {
    await this.log.restartAt(offset);
    this.#afterTruncation();
  }

  /** Drops what the newest snapshots stand for. */
  async deleteBefore(snapshot: SnapshotId): Promise<void> {
    await this.log.deleteRecords(snapshot.endOffset);
    await this.log.applyRetention();
    await this.snapshots.removeBefore(this.log.logStartOffset);
  }

  #afterTruncation(): void {
    this.#nextOffset = this.log.logEndOffset;
    this.#flushedOffset = Math.min(this.#flushedOffset, this.log.logEndOffset);
  }
}
