import { batchBaseOffset, buildBatch, endTxnMarker } from '@millrace/protocol';
import type { Host, Random } from '@millrace/host';
import { LogManager } from '../directory/log-manager.ts';
import { logConfig } from '../log-config.ts';
import type { PartitionLog } from '../partition/partition-log.ts';
import { TOPIC_ID } from './test-log.ts';

/** What a log must and may hold after a crash, told by the workload as it goes. */
export interface CrashModel {
  /** Value by offset, for everything that was ever accepted and not truncated since; markers are `undefined`. */
  readonly values: (string | undefined)[];
  /** Offsets of records whose transaction was, or may have been, aborted. */
  readonly aborted: Set<number>;
  /** The log must reach here after a power loss. */
  durableEnd: number;
  /** The log must reach here after a kill. */
  writtenEnd: number;
  /** The log start may be up to here. */
  maxLogStart: number;
  /** A write or a flush was refused. */
  hasDiskFailed: boolean;
}

export interface WorkloadOptions {
  readonly random: Random;
  readonly operations: number;
  /** Acknowledge only what is on the disk. */
  readonly isFlushed: boolean;
  readonly isCompacted: boolean;
}

const CONFIG = {
  'internal.segment.bytes': 700,
  'index.interval.bytes': 200,
  'retention.bytes': 3000,
} as const;

export function newCrashModel(): CrashModel {
  return {
    values: [],
    aborted: new Set(),
    durableEnd: 0,
    writtenEnd: 0,
    maxLogStart: 0,
    hasDiskFailed: false,
  };
}

export type WorkloadPolicy = Pick<WorkloadOptions, 'isFlushed' | 'isCompacted'>;

export function openWorkloadLog(host: Host, policy: WorkloadPolicy): Promise<LogManager> {
  const defaults = logConfig({
    ...CONFIG,
    ...(policy.isFlushed ? { 'flush.messages': 1 } : {}),
    ...(policy.isCompacted ? { 'cleanup.policy': 'compact' } : {}),
  });
  return LogManager.open({ host, logDirs: ['/data'], defaults });
}

/** Runs random operations against a log until they are done or the host crashes under them. */
export class CrashWorkload {
  readonly #host: Host;
  readonly #random: Random;
  readonly #options: WorkloadOptions;
  readonly #model: CrashModel;
  #nextValue = 0;
  /** Of the next batch, by producer id. */
  readonly #sequences = new Map<number, number>();
  #producerEpoch = 0;

  constructor(host: Host, model: CrashModel, options: WorkloadOptions) {
    this.#host = host;
    this.#model = model;
    this.#options = options;
    this.#random = options.random;
  }

  async run(): Promise<void> {
    const manager = await openWorkloadLog(this.#host, this.#options);
    try {
      const log = await manager.create({ topic: 'orders', partition: 0, topicId: TOPIC_ID });
      for (let count = 0; count < this.#options.operations; count++) await this.#step(log);
    } catch (error) {
      // The disk failed, so the directory is offline; the next life must find what was acknowledged before.
      if ((error as { code?: unknown }).code !== 'KAFKA_STORAGE_ERROR') throw error;
      this.#model.hasDiskFailed = true;
      return;
    }
    if (this.#random.float() < 0.5) {
      await manager.close();
      this.#model.durableEnd = this.#model.values.length;
    }
  }

  async #step(log: PartitionLog): Promise<void> {
    if (this.#random.float() < 0.2) {
      await Promise.all([this.#append(log, 1 + (this.#random.uint32() % 8)), this.#background(log)]);
      return;
    }
    const draw = this.#random.float();
    if (draw < 0.55) await this.#append(log, 1 + (this.#random.uint32() % 4));
    else if (draw < 0.75) await this.#appendIdempotent(log);
    else if (draw < 0.82) await this.#transaction(log);
    else if (draw < 0.88) await this.#flush(log);
    else if (this.#options.isCompacted && draw < 0.96) await log.compact();
    else if (draw < 0.92) await this.#deleteRecords(log);
    else if (draw < 0.96) await this.#retention(log);
    else await this.#truncate(log);
  }

  /** What goes on beside appends in a broker. */
  async #background(log: PartitionLog): Promise<void> {
    const draw = this.#random.float();
    if (this.#options.isCompacted) await (draw < 0.7 ? log.compact() : this.#flush(log));
    else if (draw < 0.4) await this.#retention(log);
    else if (draw < 0.7) await this.#deleteRecords(log);
    else await this.#flush(log);
  }

  /** Several appends that do not wait for each other, so that some share a write. */
  async #append(log: PartitionLog, count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.#appendBatch(log, {})));
  }

  async #appendIdempotent(log: PartitionLog): Promise<void> {
    await this.#appendBatch(log, { producerId: 1, producerEpoch: this.#producerEpoch });
  }

  async #transaction(log: PartitionLog): Promise<void> {
    const producer = { producerId: 2, producerEpoch: this.#producerEpoch };
    const type = this.#random.float() < 0.5 ? 'ABORT' : 'COMMIT';
    const firstOffset = this.#model.values.length;
    const written = this.#appendBatch(log, { ...producer, isTransactional: true });
    if (type === 'ABORT') {
      for (let offset = firstOffset; offset < this.#model.values.length; offset++)
        this.#model.aborted.add(offset);
    }
    await written;
    const marker = endTxnMarker({ type, ...producer, coordinatorEpoch: 0, timestampMs: 1 });
    this.#model.values.push(undefined);
    const { lastOffset } = await log.append(marker, { origin: 'coordinator', leaderEpoch: this.#epoch() });
    this.#acknowledge(log, lastOffset + 1);
  }

  async #appendBatch(
    log: PartitionLog,
    producer: { producerId?: number; producerEpoch?: number; isTransactional?: boolean },
  ): Promise<void> {
    const count = 1 + (this.#random.uint32() % 4);
    const values = Array.from(
      { length: count },
      () => `v${this.#nextValue++}-${'x'.repeat(this.#random.uint32() % 60)}`,
    );
    const timestampMs = this.#host.clock.nowMs();
    const batch = buildBatch(
      values.map((value) => ({ timestampMs, key: keyOf(value), value })),
      { ...producer, baseSequence: this.#takeSequence(producer.producerId, count) },
    );
    this.#model.values.push(...values);
    const { lastOffset } = await log.append(batch, { origin: 'client', leaderEpoch: this.#epoch() });
    this.#acknowledge(log, lastOffset + 1);
  }

  #acknowledge(log: PartitionLog, end: number): void {
    this.#model.writtenEnd = Math.max(this.#model.writtenEnd, end);
    if (this.#options.isFlushed) this.#model.durableEnd = Math.max(this.#model.durableEnd, end);
    log.updateHighWatermark(log.logEndOffset);
  }

  async #flush(log: PartitionLog): Promise<void> {
    const end = log.logEndOffset;
    await log.flush();
    this.#model.durableEnd = Math.max(this.#model.durableEnd, end);
  }

  async #deleteRecords(log: PartitionLog): Promise<void> {
    const span = log.highWatermark - log.logStartOffset;
    const target = log.logStartOffset + Math.floor(span * this.#random.float());
    this.#model.maxLogStart = Math.max(this.#model.maxLogStart, target);
    await log.deleteRecords(target);
  }

  async #retention(log: PartitionLog): Promise<void> {
    // Appends go on meanwhile, and what they write may go at once.
    this.#model.maxLogStart = Infinity;
    await log.applyRetention();
    this.#model.maxLogStart = log.logStartOffset;
  }

  async #truncate(log: PartitionLog): Promise<void> {
    const model = this.#model;
    // What was compacted is replicated, so no leader asks a follower to go back behind it.
    const lowest = Math.max(log.logStartOffset, log.cleanedOffset ?? 0);
    const offset = lowest + Math.floor((log.logEndOffset - lowest) * this.#random.float());
    // A batch is cut as a whole, so the log may end below.
    const batchStart = await startOfBatch(log, offset);
    model.durableEnd = Math.min(model.durableEnd, batchStart);
    model.writtenEnd = Math.min(model.writtenEnd, batchStart);
    await log.truncateTo(batchStart);
    model.values.length = batchStart;
    for (const aborted of model.aborted) if (aborted >= batchStart) model.aborted.delete(aborted);
    // Producers do not know what was lost; in this workload they start a new life.
    this.#producerEpoch++;
    this.#sequences.clear();
  }

  #takeSequence(producerId: number | undefined, count: number): number {
    if (producerId === undefined) return -1;
    const sequence = this.#sequences.get(producerId) ?? 0;
    this.#sequences.set(producerId, sequence + count);
    return sequence;
  }

  #epoch(): number {
    return Math.floor(this.#nextValue / 40);
  }
}

/** One of a few keys, so that compaction has something to do. */
export function keyOf(value: string): string {
  return `k${value.length % 7}`;
}

async function startOfBatch(log: PartitionLog, offset: number): Promise<number> {
  const { records } = await log.read({ offset, maxBytes: 1, minOneMessage: true, upTo: 'logEndOffset' });
  return records.length === 0 ? offset : batchBaseOffset(records[0]!, 0);
}
