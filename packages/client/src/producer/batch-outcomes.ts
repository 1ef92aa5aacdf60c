import { ErrorCode } from '@millrace/protocol';
import type { ProduceResponse } from '@millrace/protocol/messages/produce';
import type { Cluster } from '../cluster/cluster.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import type { ProducerMetrics } from '../observability/producer-metrics.ts';
import { batchVerdict } from './batch-verdict.ts';
import type { BufferMemory } from './buffer-memory.ts';
import type { PartitionQueue } from './partition-queue.ts';
import type { PartitionAnswer } from './produce-exchange.ts';
import type { ProducerBatch } from './producer-batch.ts';
import type { ProducerSettings } from './producer-settings.ts';
import type { SenderParts, SentBatch } from './sender.ts';
import { splitBatch } from './split-batch.ts';
import type { TopicQueues } from './topic-queues.ts';

/** Who hears of what became of a batch. */
export interface OutcomeEvents {
  /** It is in its queue again. */
  onPutBack(queue: PartitionQueue): void;
  /** Its records are not written, or nobody knows. */
  onFailed(error: Error, hadSequence: boolean): void;
}

type NodeEndpoints = ProduceResponse['nodeEndpoints'];

/** What becomes of a batch: the bookkeeping around each sending, answer, failure and expiry. */
export class BatchOutcomes {
  readonly #cluster: Cluster;
  readonly #settings: ProducerSettings;
  readonly #memory: BufferMemory;
  readonly #metrics: ProducerMetrics;
  readonly #topicQueues: (topic: string) => TopicQueues | undefined;
  readonly #events: OutcomeEvents;

  constructor(
    cluster: Cluster,
    { settings, memory, metrics }: SenderParts,
    topicQueues: (topic: string) => TopicQueues | undefined,
    events: OutcomeEvents,
  ) {
    this.#cluster = cluster;
    this.#settings = settings;
    this.#memory = memory;
    this.#metrics = metrics;
    this.#topicQueues = topicQueues;
    this.#events = events;
  }

  /** The batch is being written. */
  sent({ queue, batch }: SentBatch): void {
    batch.attempts++;
    batch.isOnWire = true;
    queue.onWire++;
    if (this.#settings.compression === 'none' || batch.attempts > 1) return;
    this.#topicQueues(batch.topic)?.observeRatio(batch.uncompressedBytes, batch.encode().length);
  }

  /** acks=0: written, and nobody will ever say more. */
  unanswered(sent: SentBatch): void {
    this.#offWire(sent);
    this.#finish(sent.batch, -1, -1);
  }

  /** @param answer `undefined` where the broker left the partition out of its answer */
  answered(
    sent: SentBatch,
    answer: PartitionAnswer | undefined,
    endpoints: NodeEndpoints,
    nowMs: number,
  ): void {
    const { batch, queue } = sent;
    this.#offWire(sent);
    const errorCode = answer?.errorCode ?? ErrorCode.UNKNOWN_SERVER_ERROR;
    const verdict = batchVerdict(errorCode, batch.recordCount, this.#settings.isIdempotent);
    if (verdict === 'done' || verdict === 'duplicate') {
      if (this.#settings.isIdempotent) queue.sequencer.acknowledged(batch);
      const offset = verdict === 'done' ? answer!.baseOffset : -1;
      this.#finish(batch, offset, answer!.logAppendTimeMs);
      if (batch.attempts === 1) batch.recycle();
      return;
    }
    const subject = `Producing ${batch.recordCount} records to ${batch.topic}-${batch.partition}`;
    const failure = kafkaFailure(errorCode, subject, answer?.errorMessage);
    batch.lastFailure = failure;
    if (verdict === 'split' && !batch.completion.isSettled) return this.#split(sent);
    if (verdict === 'fail' || !this.#mayRetry(batch)) {
      return this.#fail(sent, failure, verdict === 'fail' && batch.attempts === 1);
    }
    if (verdict === 'sequence' && this.#settings.transactionalId !== undefined) {
      // Its epoch belongs to the coordinator and cannot be raised here. A younger batch just waits for its turn.
      if (queue.sequencer.isOldest(batch)) return this.#fail(sent, failure, false);
      return this.#retry(sent, this.#retryAtMs(batch, nowMs));
    }
    if (verdict === 'sequence') queue.sequencer.refused(batch, errorCode, answer!.logStartOffset);
    const isHinted = verdict === 'moved' && this.#moved(batch, answer!, endpoints);
    this.#retry(sent, isHinted ? nowMs : this.#retryAtMs(batch, nowMs));
  }

  /** No answer: the connection was lost, the request timed out, or it could not be written at all. */
  lost(sent: SentBatch, error: Error, nowMs: number): void {
    const { batch, queue } = sent;
    this.#offWire(sent);
    batch.lastFailure = error;
    const isRetriable = 'retriable' in error && error.retriable === true;
    if (isRetriable && this.#mayRetry(batch)) {
      this.#cluster.refresher.requestUpdate();
      return this.#retry(sent, this.#retryAtMs(batch, nowMs));
    }
    if (this.#settings.isIdempotent) queue.sequencer.abandoned(batch);
    this.#finishFailed(batch, error);
  }

  /**
   * The caller is told that the batch failed, wherever it is. One on the wire keeps its memory and its sequences until
   * its answer comes: the bytes are still being read, and the answer says whether the sequences are used.
   */
  giveUp({ queue, batch }: SentBatch, error: Error): void {
    const isNews = !batch.completion.isSettled;
    batch.completion.fail(error);
    if (isNews) this.#metrics.batchSettled(batch, -1, error, this.#nowMs());
    if (!batch.isOnWire) {
      queue.remove(batch);
      if (batch.baseSequence >= 0) queue.sequencer.abandoned(batch);
      this.#release(batch);
    }
    if (isNews) this.#events.onFailed(error, batch.baseSequence >= 0);
  }

  #offWire({ queue, batch }: SentBatch): void {
    batch.isOnWire = false;
    queue.onWire--;
    if (this.#settings.isIdempotent) queue.sequencer.answered();
  }

  #mayRetry(batch: ProducerBatch): boolean {
    return !batch.completion.isSettled && batch.attempts <= this.#settings.retries;
  }

  #retryAtMs(batch: ProducerBatch, nowMs: number): number {
    return nowMs + this.#cluster.retryBackoff.delayMs(batch.attempts);
  }

  #retry({ queue, batch }: SentBatch, atMs: number): void {
    batch.retryAtMs = atMs;
    this.#metrics.batchRetried(batch, this.#nowMs());
    queue.putBack(batch);
    this.#events.onPutBack(queue);
  }

  /** @returns whether the answer named the new leader, so that there is nothing to wait for */
  #moved(batch: ProducerBatch, answer: PartitionAnswer, endpoints: NodeEndpoints): boolean {
    const { leaderId, leaderEpoch } = answer.currentLeader;
    const { topic, partition } = batch;
    const isNews = this.#cluster.applyLeaderHint({ topic, partition, leaderId, leaderEpoch, endpoints });
    this.#cluster.refresher.requestUpdate();
    return isNews;
  }

  #split(sent: SentBatch): void {
    const parts = splitBatch(sent.batch, this.#settings);
    this.#metrics.batchSplit(sent.batch, this.#nowMs());
    if (this.#settings.isIdempotent) sent.queue.sequencer.split(sent.batch, parts);
    for (const part of parts) sent.queue.putBack(part);
    this.#events.onPutBack(sent.queue);
    // The estimate was too good; begin again from what is certain.
    const topic = this.#topicQueues(sent.batch.topic);
    if (topic !== undefined) topic.compressionRatio = 1;
  }

  /**
   * @param isUnwritten The broker certainly does not have it. Of an error that might have passed, and of any error of a
   *   second attempt, that cannot be said: the first may have been written and its answer lost, and then what came
   *   behind it may be written as well, under sequences that must not be changed.
   */
  #fail({ queue, batch }: SentBatch, error: Error, isUnwritten: boolean): void {
    if (this.#settings.isIdempotent) {
      if (isUnwritten) queue.sequencer.failed(batch);
      else queue.sequencer.abandoned(batch);
    }
    this.#finishFailed(batch, error);
  }

  #finish(batch: ProducerBatch, baseOffset: number, logAppendTimeMs: number): void {
    this.#release(batch);
    if (!batch.completion.isSettled) this.#metrics.batchSettled(batch, baseOffset, undefined, this.#nowMs());
    batch.completion.succeed(baseOffset, logAppendTimeMs);
  }

  #finishFailed(batch: ProducerBatch, error: Error): void {
    const isNews = !batch.completion.isSettled;
    this.#release(batch);
    batch.completion.fail(error);
    if (isNews) this.#metrics.batchSettled(batch, -1, error, this.#nowMs());
    if (isNews) this.#events.onFailed(error, batch.baseSequence >= 0);
  }

  #nowMs(): number {
    return this.#cluster.host.clock.monotonicMs();
  }

  #release(batch: ProducerBatch): void {
    const bytes = batch.reservedBytes;
    batch.reservedBytes = 0;
    if (bytes > 0) this.#memory.release(bytes);
  }
}
