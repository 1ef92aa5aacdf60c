import type { Clock } from '@millrace/host';
import type { OffsetOfPartition } from '../consumer/offset-of-partition.ts';
import type { ConsumerRecord } from '../consumer/consumer-record.ts';
import type { RecordContext } from '../consumer/run/run-options.ts';
import type { TopicPartition } from '../consumer/topic-partition.ts';
import type { BatchProcessPayload } from './consumer-events.ts';
import { KafkaJSError, KafkaJSProtocolError } from './kafkajs-errors.ts';
import type { Logger } from './kafkajs-logger.ts';
import type { ConsumerRunConfig, EachBatchPayload, Offsets } from './kafkajs-types.ts';
import { MessageBatch } from './message-batch.ts';
import { toOffsets, type ResolvedOffsets } from './resolved-offsets.ts';

/** What a handler of batches works with. */
export interface HandlerWorld {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly offsets: ResolvedOffsets;
  isRunning(): boolean;
  isPaused(partition: TopicPartition): boolean;
  pause(partition: TopicPartition): () => void;
  highWatermark(partition: TopicPartition): number | undefined;
  /** Reads on at this offset. */
  rewind(partition: TopicPartition, offset: number): void;
  commit(offsets: readonly OffsetOfPartition[]): Promise<void>;
  onStart(payload: BatchProcessPayload): void;
  onEnd(payload: BatchProcessPayload & { duration: number }): void;
}

/** Hands batches to the function of the user as kafkajs does, and commits as it was told to. */
export class BatchHandler {
  readonly #config: ConsumerRunConfig;
  readonly #world: HandlerWorld;
  #committedAtMs: number;

  constructor(config: ConsumerRunConfig, world: HandlerWorld) {
    this.#config = config;
    this.#world = world;
    this.#committedAtMs = world.clock.monotonicMs();
  }

  /** Called again with the same records after a failure: goes on behind what was resolved. */
  async handle(all: readonly ConsumerRecord[], context: RecordContext): Promise<void> {
    const { offsets, clock } = this.#world;
    const resolved = offsets.resolved(all[0]!) ?? 0;
    const records = resolved > all[0]!.offset ? all.filter(({ offset }) => offset >= resolved) : all;
    if (records.length === 0) return;
    const batch = new MessageBatch(records, this.#world.highWatermark(records[0]!));
    const payload = batchPayload(batch);
    const startedMs = clock.monotonicMs();
    this.#world.onStart(payload);
    const seeks = offsets.seeks(batch);
    const work = new BatchWork(batch, context.ending, () => offsets.seeks(batch) !== seeks);
    try {
      await this.#process(work);
    } catch (error) {
      this.#logFailure(error, batch);
      await this.#autoCommit();
      throw error;
    }
    this.#world.onEnd({ ...payload, duration: Math.round(clock.monotonicMs() - startedMs) });
    await this.#autoCommit();
    this.#rewindUnprocessed(work);
  }

  /** What was not processed is read again: after a pause, or where the handler resolved less than all. */
  #rewindUnprocessed({ batch, isStale, ending }: BatchWork): void {
    if (isStale() || ending.aborted) return;
    const next = this.#world.offsets.resolved(batch) ?? Number(batch.firstOffset());
    if (next <= Number(batch.lastOffset())) this.#world.rewind(batch, next);
  }

  async #process(work: BatchWork): Promise<void> {
    const { eachMessage, eachBatch } = this.#config;
    if (eachMessage !== undefined && eachMessage !== null) return this.#eachMessage(work);
    if (eachBatch !== undefined && eachBatch !== null) return this.#eachBatch(work);
    this.#resolve(work, Number(work.batch.lastOffset()));
  }

  async #eachMessage(work: BatchWork): Promise<void> {
    const { batch } = work;
    const { topic, partition } = batch;
    const heartbeat = () => this.#heartbeat(work);
    const pause = () => this.#world.pause(batch);
    for (const message of batch.messages) {
      if (!this.#world.isRunning() || work.isStale() || work.ending.aborted) return;
      await this.#config.eachMessage!({ topic, partition, message, heartbeat, pause });
      this.#resolve(work, Number(message.offset));
      await this.#autoCommitIfNecessary();
      if (this.#world.isPaused(batch)) return;
    }
  }

  async #eachBatch(work: BatchWork): Promise<void> {
    const { batch } = work;
    const payload: EachBatchPayload = {
      batch,
      resolveOffset: (offset) => this.#resolve(work, Number(offset)),
      heartbeat: () => this.#heartbeat(work),
      pause: () => this.#world.pause(batch),
      commitOffsetsIfNecessary: (offsets) => this.#commitIfNecessary(offsets),
      uncommittedOffsets: () => toOffsets(this.#world.offsets.uncommitted()),
      isRunning: () => this.#world.isRunning(),
      isStale: work.isStale,
    };
    await this.#config.eachBatch!(payload);
    if (this.#config.eachBatchAutoResolve !== false) this.#resolve(work, Number(batch.lastOffset()));
  }

  #resolve({ batch, isStale }: BatchWork, offset: number): void {
    if (!isStale()) this.#world.offsets.resolve(batch, offset);
  }

  /** Heartbeats go by themselves; what is left to do here is to tell a handler that its partition is going. */
  async #heartbeat({ ending }: BatchWork): Promise<void> {
    if (!ending.aborted || !this.#world.isRunning()) return;
    throw new KafkaJSProtocolError('The group is rebalancing, so a rejoin is needed', {
      type: 'REBALANCE_IN_PROGRESS',
      code: 27,
      retriable: false,
    });
  }

  async #autoCommit(): Promise<void> {
    if (this.#config.autoCommit !== false) await this.#commit();
  }

  async #autoCommitIfNecessary(): Promise<void> {
    if (this.#config.autoCommit !== false && this.#isCommitDue) await this.#commit();
  }

  async #commitIfNecessary(offsets: Offsets | undefined): Promise<void> {
    if (offsets !== undefined) return this.#world.commit(fromOffsets(offsets));
    if (this.#isCommitDue) await this.#commit();
  }

  get #isCommitDue(): boolean {
    const { autoCommitInterval, autoCommitThreshold } = this.#config;
    const { clock, offsets } = this.#world;
    const isOld = (interval: number) => clock.monotonicMs() >= this.#committedAtMs + interval;
    return (
      (typeof autoCommitInterval === 'number' && isOld(autoCommitInterval)) ||
      (typeof autoCommitThreshold === 'number' && offsets.uncommittedCount >= autoCommitThreshold)
    );
  }

  async #commit(): Promise<void> {
    const uncommitted = this.#world.offsets.uncommitted();
    this.#committedAtMs = this.#world.clock.monotonicMs();
    if (uncommitted.length > 0) await this.#world.commit(uncommitted);
  }

  #logFailure(error: unknown, { topic, partition }: MessageBatch): void {
    if (error instanceof KafkaJSError) return;
    const call = this.#config.eachBatch === undefined ? 'eachMessage' : 'eachBatch';
    const { stack, message } = error as Error;
    const offset = String(this.#world.offsets.resolved({ topic, partition }) ?? '');
    this.#world.logger.error(`Error when calling ${call}`, {
      topic,
      partition,
      offset,
      stack,
      error: message,
    });
  }
}

/** One batch while it is being processed. */
class BatchWork {
  readonly batch: MessageBatch;
  /** Aborted when the partition is about to go. */
  readonly ending: AbortSignal;
  /** The user has moved the position since. */
  readonly isStale: () => boolean;

  constructor(batch: MessageBatch, ending: AbortSignal, isStale: () => boolean) {
    this.batch = batch;
    this.ending = ending;
    this.isStale = isStale;
  }
}

export function fromOffsets({ topics }: Offsets): OffsetOfPartition[] {
  return topics.flatMap(({ topic, partitions }) =>
    partitions.map(({ partition, offset }) => ({ topic, partition, offset: Number(offset) })),
  );
}

function batchPayload(batch: MessageBatch): BatchProcessPayload {
  return {
    topic: batch.topic,
    partition: batch.partition,
    highWatermark: batch.highWatermark,
    offsetLag: batch.offsetLag(),
    offsetLagLow: batch.offsetLagLow(),
    batchSize: batch.messages.length,
    firstOffset: batch.firstOffset() ?? '',
    lastOffset: batch.lastOffset(),
  };
}
