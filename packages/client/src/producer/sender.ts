import type { Timer } from '@millrace/host';
import type { ProduceResponse } from '@millrace/protocol/messages/produce';
import type { ReadyConnection } from '../cluster/broker-node.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { DeliveryTimeoutError } from '../errors.ts';
import type { ProducerMetrics } from '../observability/producer-metrics.ts';
import { BatchCompressor } from './batch-compressor.ts';
import { BatchOutcomes } from './batch-outcomes.ts';
import type { BufferMemory } from './buffer-memory.ts';
import type { PartitionQueue } from './partition-queue.ts';
import {
  answerFor,
  haveTopicIds,
  LAST_VERSION_WITH_NAMES,
  LAST_VERSION_WITHOUT_EPOCH_BUMP,
  PRODUCE,
  produceMessage,
  topicsByIdOf,
} from './produce-exchange.ts';
import type { ProducerIdentity } from './partition-sequencer.ts';
import { ProducerIdSource } from './producer-id-source.ts';
import type { ProducerBatch } from './producer-batch.ts';
import type { ProducerSettings } from './producer-settings.ts';
import type { TopicQueues } from './topic-queues.ts';
import type { Transactions } from './transaction/transactions.ts';

/** What a sender works with beside the cluster. */
export interface SenderParts {
  readonly settings: ProducerSettings;
  readonly memory: BufferMemory;
  readonly metrics: ProducerMetrics;
}

/** A batch with the queue it came from. */
export interface SentBatch {
  readonly queue: PartitionQueue;
  readonly batch: ProducerBatch;
}

/**
 * Moves batches from queues to brokers. Not a thread but a function that runs whenever something may have changed: a
 * batch opened or filled up, an answer came, a connection opened, metadata changed, a timer fired.
 */
export class Sender {
  readonly #cluster: Cluster;
  readonly #settings: ProducerSettings;
  readonly #memory: BufferMemory;
  readonly #metrics: ProducerMetrics;
  readonly #identity: ProducerIdSource;
  readonly #outcomes: BatchOutcomes;
  readonly #compressor: BatchCompressor;
  /** Queues that may hold batches. */
  readonly #queues = new Set<PartitionQueue>();
  #transactions: Transactions | undefined;
  /** While a transaction is being aborted: what becomes of batches instead of being sent. */
  #discardReason: Error | undefined;
  readonly #onWire = new Set<SentBatch>();
  readonly #inFlight = new Map<number, number>();
  readonly #connecting = new Set<number>();
  readonly #stopListening: () => void;
  #isRunScheduled = false;
  #isStopped = false;
  #flushes = 0;
  #rotation = 0;
  #timer: Timer | undefined;
  #timerAtMs = Infinity;

  constructor(
    cluster: Cluster,
    { settings, memory, metrics }: SenderParts,
    topicQueues: (topic: string) => TopicQueues | undefined,
  ) {
    this.#cluster = cluster;
    this.#settings = settings;
    this.#memory = memory;
    this.#metrics = metrics;
    this.#outcomes = new BatchOutcomes(cluster, { settings, memory, metrics }, topicQueues, {
      onPutBack: (queue) => this.#queues.add(queue),
      onFailed: (error, hadSequence) => this.#transactions?.batchFailed(error, hadSequence),
    });
    this.#identity = new ProducerIdSource(cluster, {
      onIdentity: () => this.wakeUp(),
      onRefused: (error) => this.failAll(error),
      onFailure: (error) => this.#noteFailure(error),
    });
    this.#compressor = new BatchCompressor({
      compression: settings.compression,
      mayUseThreads: cluster.host.mayUseThreads ?? true,
      memory,
      onDone: () => this.wakeUp(),
    });
    this.#stopListening = cluster.refresher.onChange(() => this.wakeUp());
  }

  /** From now on batches belong to transactions, and identities come from there. */
  joinTransactions(transactions: Transactions): void {
    this.#transactions = transactions;
  }

  /** Until called with `undefined`, batches that are not on the wire fail instead of being sent. */
  discard(reason: Error | undefined): void {
    this.#discardReason = reason;
    this.wakeUp();
  }

  /** The queue has a batch now. */
  watch(queue: PartitionQueue): void {
    this.#queues.add(queue);
    this.wakeUp();
  }

  /** Runs at the end of this turn of the event loop, once however often it is called: a burst of sends is one. */
  wakeUp(): void {
    if (this.#isRunScheduled || this.#isStopped) return;
    this.#isRunScheduled = true;
    this.#cluster.host.timers.defer(() => {
      this.#isRunScheduled = false;
      if (!this.#isStopped) this.#run();
    });
  }

  /** Until `endFlush`, batches do not wait for more records. */
  beginFlush(): void {
    this.#flushes++;
    this.wakeUp();
  }

  endFlush(): void {
    this.#flushes--;
  }

  /** Every batch that has no outcome yet, wherever it is. */
  *unfinished(): Iterable<ProducerBatch> {
    for (const queue of this.#queues) yield* queue.batches;
    for (const { batch } of this.#onWire) yield batch;
  }

  failAll(error: Error): void {
    this.failQueued(error);
    for (const sent of this.#onWire) this.#outcomes.giveUp(sent, error);
  }

  /** What is not on the wire. */
  failQueued(error: Error): void {
    for (const queue of this.#queues) {
      for (const batch of queue.batches.slice()) this.#outcomes.giveUp({ queue, batch }, error);
    }
  }

  get #current(): ProducerIdentity | undefined {
    return this.#transactions === undefined ? this.#identity.current : this.#transactions.identity;
  }

  /** A transactional producer gets its identities with its transactions. */
  #requestIdentity(): void {
    if (this.#transactions === undefined) this.#identity.request();
  }

  /** Ends all activity; whatever has no outcome fails with `error`. */
  stop(error: Error): void {
    this.#isStopped = true;
    this.#stopListening();
    this.#timer?.cancel();
    this.failAll(error);
  }

  #run(): void {
    const nowMs = this.#nowMs();
    if (this.#discardReason !== undefined) this.failQueued(this.#discardReason);
    this.#expire(nowMs);
    const ready = this.#readyByNode(nowMs);
    if (ready.size === 0) return;
    if (this.#settings.isIdempotent && this.#current === undefined) return this.#requestIdentity();
    this.#rotation++;
    for (const [nodeId, queues] of ready) this.#sendTo(nodeId, queues, nowMs);
  }

  /** Queues with something to send now, by leader; arms the timer for the others. */
  #readyByNode(nowMs: number): Map<number, PartitionQueue[]> {
    const ready = new Map<number, PartitionQueue[]>();
    for (const queue of this.#queues) {
      if (queue.batches.length === 0) {
        this.#queues.delete(queue);
        continue;
      }
      this.#compressor.lookAhead(queue);
      const leader = this.#cluster.leaderOf(queue.topic, queue.partition);
      if (leader === undefined) {
        this.#cluster.refresher.track(queue.topic);
        this.#cluster.refresher.requestUpdate();
        continue;
      }
      const waitMs = this.#waitMs(queue, leader.epoch, nowMs);
      if (waitMs > 0) this.#armTimer(nowMs + waitMs);
      else if (ready.has(leader.nodeId)) ready.get(leader.nodeId)!.push(queue);
      else ready.set(leader.nodeId, [queue]);
    }
    return ready;
  }

  /** How long the first batch of the queue is to wait yet. */
  #waitMs(queue: PartitionQueue, leaderEpoch: number, nowMs: number): number {
    const first = queue.batches[0]!;
    if (first.attempts > 0) {
      return leaderEpoch === first.leaderEpoch ? Math.max(0, first.retryAtMs - nowMs) : 0;
    }
    if (queue.hasFullBatch || this.#flushes > 0 || this.#memory.isExhausted) return 0;
    // With nothing on its way, waiting would cost latency and save nothing: an awaited send is one round trip. While
    // a batch is on the wire the next one fills. Who sets linger.ms gets what it says.
    if (!this.#settings.isLingerExplicit && queue.onWire === 0) return 0;
    return Math.max(0, first.createdMs + this.#settings.lingerMs - nowMs);
  }

  #sendTo(nodeId: number, queues: PartitionQueue[], nowMs: number): void {
    const connection = this.#cluster.ready(nodeId, 'produce');
    if (connection === undefined) return this.#connect(nodeId);
    while ((this.#inFlight.get(nodeId) ?? 0) < this.#settings.maxInFlight) {
      const batches = this.#drain(nodeId, queues, nowMs);
      if (batches.length === 0) return;
      this.#send(nodeId, connection, batches);
    }
  }

  /**
   * Batches are taken from their queues only when the connection is open: what is taken is written in this turn, so
   * that the order of taking, in which sequences are given, is the order on the wire.
   */
  #connect(nodeId: number): void {
    if (this.#connecting.has(nodeId)) return;
    this.#connecting.add(nodeId);
    this.#cluster
      .connect(nodeId, 'produce')
      .catch((error: unknown) => this.#noteFailure(error as Error))
      .finally(() => {
        this.#connecting.delete(nodeId);
        this.wakeUp();
      });
  }

  /** At most one batch per partition, starting with another one each time, up to max.request.size. */
  #drain(nodeId: number, queues: readonly PartitionQueue[], nowMs: number): SentBatch[] {
    const drained: SentBatch[] = [];
    let bytes = 0;
    let producerId: number | undefined;
    for (let step = 0; step < queues.length; step++) {
      const queue = queues[(step + this.#rotation) % queues.length]!;
      const first = queue.batches[0];
      if (first === undefined) continue;
      const leader = this.#cluster.leaderOf(queue.topic, queue.partition);
      if (leader?.nodeId !== nodeId || this.#waitMs(queue, leader.epoch, nowMs) > 0) continue;
      if (drained.length > 0 && bytes + first.sizeBytes > this.#settings.maxRequestBytes) break;
      if (!this.#compressor.isReady(queue)) continue;
      const ownProducerId = this.#producerIdFor(queue, first);
      if (producerId !== undefined && ownProducerId !== producerId) continue;
      if (!this.#mayGo(queue, first)) continue;
      producerId = ownProducerId;
      first.leaderEpoch = leader.epoch;
      bytes += first.sizeBytes;
      drained.push({ queue, batch: queue.takeFirst() });
    }
    return drained;
  }

  #producerIdFor(queue: PartitionQueue, batch: ProducerBatch): number | undefined {
    const current = this.#current;
    return current === undefined ? undefined : queue.sequencer.producerIdFor(batch, current);
  }

  #mayGo(queue: PartitionQueue, batch: ProducerBatch): boolean {
    const { isIdempotent, maxInFlight } = this.#settings;
    if (!isIdempotent) return maxInFlight > 1 || queue.onWire === 0;
    if (this.#transactions?.mayWrite(queue) === false) return false;
    const mayGo = queue.sequencer.trySend(batch, this.#current!);
    if (queue.sequencer.isExhausted) this.#requestIdentity();
    return mayGo;
  }

  #send(nodeId: number, { connection, versions }: ReadyConnection, batches: readonly SentBatch[]): void {
    const { acks, requestTimeoutMs } = this.#settings;
    const { metadata } = this.#cluster;
    for (const sent of batches) this.#outcomes.sent(sent);
    for (const sent of batches) this.#onWire.add(sent);
    this.#inFlight.set(nodeId, (this.#inFlight.get(nodeId) ?? 0) + 1);
    const plain = batches.map(({ batch }) => batch);
    const topicsById = topicsByIdOf(plain, metadata);
    const exchange = async () => {
      const limits = this.#versionLimits(plain);
      const version = versions.choose(PRODUCE, limits);
      const message = produceMessage(plain, metadata, this.#settings);
      this.#measure(nodeId, plain);
      return connection.request(PRODUCE, version, message, {
        timeoutMs: requestTimeoutMs,
        expectsResponse: acks !== 0,
      });
    };
    exchange().then(
      (response: ProduceResponse | undefined) => this.#answered(nodeId, batches, topicsById, response),
      (error: unknown) => this.#failed(nodeId, batches, error as Error),
    );
  }

  /** Batches are encoded now, so that their sizes are known. */
  #measure(nodeId: number, batches: readonly ProducerBatch[]): void {
    const nowMs = this.#nowMs();
    let recordCount = 0;
    for (const batch of batches) {
      this.#metrics.batchSent(batch, nodeId, nowMs);
      recordCount += batch.recordCount;
    }
    this.#metrics.requestSent(recordCount, nowMs);
  }

  #versionLimits(batches: readonly ProducerBatch[]): { readonly maxVersion?: number } {
    if (this.#transactions?.isFirstGeneration === true)
      return { maxVersion: LAST_VERSION_WITHOUT_EPOCH_BUMP };
    return haveTopicIds(batches, this.#cluster.metadata) ? {} : { maxVersion: LAST_VERSION_WITH_NAMES };
  }

  #answered(
    nodeId: number,
    batches: readonly SentBatch[],
    topicsById: ReadonlyMap<string, string>,
    response: ProduceResponse | undefined,
  ): void {
    this.#offWire(nodeId, batches);
    if (response !== undefined) this.#metrics.throttled(response.throttleTimeMs, this.#nowMs());
    for (const sent of batches) {
      if (response === undefined) this.#outcomes.unanswered(sent);
      else {
        const answer = answerFor(sent.batch, response, topicsById);
        this.#outcomes.answered(sent, answer, response.nodeEndpoints, this.#nowMs());
      }
    }
    this.wakeUp();
  }

  #failed(nodeId: number, batches: readonly SentBatch[], error: Error): void {
    this.#offWire(nodeId, batches);
    for (const sent of batches) this.#outcomes.lost(sent, error, this.#nowMs());
    this.wakeUp();
  }

  #offWire(nodeId: number, batches: readonly SentBatch[]): void {
    for (const sent of batches) this.#onWire.delete(sent);
    this.#inFlight.set(nodeId, this.#inFlight.get(nodeId)! - 1);
  }

  /** Fails what is older than delivery.timeout.ms and arms the timer for the next to come. */
  #expire(nowMs: number): void {
    for (const queue of this.#queues) {
      // The first batch is the oldest.
      while (queue.batches.length > 0 && this.#isExpired(queue.batches[0]!, nowMs)) {
        const batch = queue.batches[0]!;
        this.#outcomes.giveUp({ queue, batch }, this.#deliveryTimeout(batch));
      }
    }
    for (const sent of this.#onWire) {
      const isOpen = !sent.batch.completion.isSettled;
      if (isOpen && this.#isExpired(sent.batch, nowMs)) {
        this.#outcomes.giveUp(sent, this.#deliveryTimeout(sent.batch));
      }
    }
  }

  #isExpired(batch: ProducerBatch, nowMs: number): boolean {
    const deadlineMs = batch.createdMs + this.#settings.deliveryTimeoutMs;
    if (nowMs >= deadlineMs) return true;
    this.#armTimer(deadlineMs);
    return false;
  }

  #deliveryTimeout({ topic, partition, recordCount, lastFailure, attempts }: ProducerBatch): Error {
    return new DeliveryTimeoutError(
      { topic, partition, recordCount, wasSent: attempts > 0, timeoutMs: this.#settings.deliveryTimeoutMs },
      { cause: lastFailure },
    );
  }

  /** Something that keeps all batches from leaving: the cause if they time out. */
  #noteFailure(error: Error): void {
    for (const queue of this.#queues) for (const batch of queue.batches) batch.lastFailure = error;
  }

  #armTimer(atMs: number): void {
    if (atMs >= this.#timerAtMs) return;
    this.#timer?.cancel();
    this.#timerAtMs = atMs;
    this.#timer = this.#cluster.host.timers.schedule(atMs - this.#nowMs(), () => {
      this.#timerAtMs = Infinity;
      if (!this.#isStopped) this.#run();
    });
  }

  #nowMs(): number {
    return this.#cluster.host.clock.monotonicMs();
  }
}
