import type { Host, Logger, Timer } from '@millrace/host';
import { UnexpectedOffsetError } from '@millrace/log';
import { ErrorCode, kafkaErrorName } from '@millrace/protocol';
import {
  FetchRequest,
  FetchResponse,
  type FetchResponse as FetchAnswer,
  type FetchResponsePartitionData,
} from '@millrace/protocol/messages/fetch';
import { ListOffsetsRequest, ListOffsetsResponse } from '@millrace/protocol/messages/list-offsets';
import { messageOf } from '../errors.ts';
import { peerApi } from '../peer/peer-api.ts';
import type { PeerChannel } from '../peer/peer-channel.ts';
import { RecentSamples } from '../measure/recent-samples.ts';
import { FollowerSession, isSessionError } from './fetch-session.ts';
import {
  applyFetched,
  describeFailure,
  isStorageError,
  moveIntoRange,
  prepareLog,
  type LeaderOffsets,
} from './fetched-partition.ts';
import type { FetcherSettings } from './fetcher-settings.ts';
import type { FollowedPartition } from './followed-partition.ts';
import { PartitionProgress } from './partition-progress.ts';

const FETCH = peerApi(FetchRequest, FetchResponse);
const LIST_OFFSETS = peerApi(ListOffsetsRequest, ListOffsetsResponse);

const LATEST = -1;
const EARLIEST = -2;
/** Session epoch of a request outside of any session. */
const FINAL_EPOCH = -1;

/** For `ReplicaFetcher`. */
export interface ReplicaFetcherOptions {
  readonly host: Host;
  readonly logger: Logger;
  readonly nodeId: number;
  readonly leaderId: number;
  /** Of this node's registration; -1 before. */
  readonly brokerEpoch: () => number;
  /** For fetches alone: the leader answers in order, and waits with some. */
  readonly channel: PeerChannel;
  /** To the same node, for what must not wait behind a fetch. */
  readonly sideChannel: PeerChannel;
  readonly settings: () => FetcherSettings;
}

/**
 * Copies from one leader everything that this node follows there: one request after the other on one connection,
 * however many partitions they are. Idle partitions cost nothing but their place in a map.
 */
export class ReplicaFetcher {
  readonly #options: ReplicaFetcherOptions;
  readonly #session = new FollowerSession();
  readonly #closing = new AbortController();
  #running: Promise<void> | undefined;
  readonly #fetches = new RecentSamples();
  /** The leader is waiting for something to answer with. */
  #isPolling = false;
  #isNudged = false;
  #wake: (() => void) | undefined;

  constructor(options: ReplicaFetcherOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#session.size;
  }

  /** The largest number of records that any partition is behind what its leader has committed. */
  get maxLagRecords(): number {
    let max = 0;
    for (const { lagRecords } of this.#session.all()) max = Math.max(max, lagRecords);
    return max;
  }

  /** Requests to the leader per second, over the last half to whole minute. */
  get fetchesPerSec(): number {
    return this.#fetches.perSec(this.#nowMs());
  }

  /** Partitions that are left alone after an error. */
  get failedPartitionCount(): number {
    let count = 0;
    for (const { hasFailed } of this.#session.all()) if (hasFailed) count++;
    return count;
  }

  add(partition: FollowedPartition): void {
    const progress = new PartitionProgress(partition);
    this.#session.add(progress);
    if (partition.log.latestEpoch === -1)
      void this.#work(progress, () => prepareLog(partition, this.#logger));
    this.#running ??= this.#run();
    if (this.#isPolling) this.#nudge();
    this.#wake?.();
  }

  /** Resolves when nothing touches the log any more. */
  async remove(partition: FollowedPartition): Promise<void> {
    const progress = this.#session.get(partition.topicId, partition.index);
    if (progress === undefined || progress.partition !== partition) return;
    this.#session.remove(progress);
    progress.leave();
    this.#wake?.();
    await progress.work;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    for (const progress of this.#session.all()) progress.leave();
    this.#wake?.();
    await this.#running;
  }

  get #logger(): Logger {
    return this.#options.logger;
  }

  async #run(): Promise<void> {
    // All partitions of one change of the metadata go with the first request.
    await new Promise<void>((resolve) => this.#options.host.timers.defer(resolve));
    while (!this.#closing.signal.aborted && this.#session.size > 0) {
      if (this.#session.isIdle && this.#session.nextRetryMs > this.#nowMs()) await this.#pause();
      else await this.#fetch();
    }
    this.#running = undefined;
    if (this.#session.size > 0 && !this.#closing.signal.aborted) this.#running = this.#run();
    else this.#session.reset();
  }

  async #fetch(): Promise<void> {
    const { channel, settings, nodeId, leaderId } = this.#options;
    const { maxWaitMs, minBytes, maxBytes, maxPartitionBytes, timeoutMs, backoffMs } = settings();
    const nowMs = this.#nowMs();
    const retryMs = this.#session.nextRetryMs - nowMs;
    const request = {
      replicaState: { replicaId: nodeId, replicaEpoch: this.#options.brokerEpoch() },
      // Clocks tell fractions of milliseconds, which requests have no place for.
      maxWaitMs: Math.max(0, Math.ceil(Math.min(maxWaitMs, retryMs))),
      minBytes,
      maxBytes,
      ...this.#session.request(nowMs, maxPartitionBytes),
    };
    try {
      this.#isPolling = true;
      this.#fetches.record(1, nowMs);
      const answer = await channel.send(FETCH, request, {
        timeoutMs: timeoutMs + maxWaitMs,
        signals: [this.#closing.signal],
      });
      this.#isPolling = false;
      await this.#onAnswer(answer);
    } catch (error) {
      this.#isPolling = false;
      this.#session.reset();
      if (this.#closing.signal.aborted) return;
      this.#logger.debug('A fetch from a leader failed', { leaderId, error: messageOf(error) });
      // The channel paces attempts to connect; this is for a leader that breaks every connection.
      await this.#pause(Math.min(FIRST_PAUSE_MS, backoffMs));
    }
  }

  async #onAnswer(answer: FetchAnswer): Promise<void> {
    const { backoffMs } = this.#options.settings();
    if (!this.#session.onResponse(answer)) {
      const { errorCode } = answer;
      if (isSessionError(errorCode)) return;
      const { leaderId } = this.#options;
      this.#logger.warn('A leader refused a fetch', { leaderId, error: kafkaErrorName(errorCode) });
      await this.#pause(backoffMs);
      return;
    }
    const work: Promise<void>[] = [];
    for (const { topicId, partitions } of answer.responses) {
      for (const data of partitions) {
        const progress = this.#session.get(topicId, data.partitionIndex);
        // Left, or taken up anew since it was asked for.
        if (progress === undefined || !progress.isInSession) continue;
        const done = this.#apply(progress, data);
        if (done !== undefined) work.push(done);
      }
    }
    if (work.length > 0) await Promise.all(work);
  }

  /** Without a promise where there is nothing to write. */
  #apply(progress: PartitionProgress, data: FetchResponsePartitionData): Promise<void> | undefined {
    const { partition } = progress;
    switch (data.errorCode) {
      case ErrorCode.NONE:
        return this.#applySound(progress, data);
      case ErrorCode.OFFSET_OUT_OF_RANGE:
        return this.#work(progress, async () =>
          moveIntoRange(partition, await this.#leaderOffsets(progress), this.#logger),
        );
      default:
        // One of the two nodes knows something about the partition that the other does not know yet.
        this.#rest(progress);
        this.#logger.debug('A partition cannot be fetched now', {
          ...describeFailure(partition, kafkaErrorName(data.errorCode)),
        });
        return undefined;
    }
  }

  #applySound(progress: PartitionProgress, data: FetchResponsePartitionData): Promise<void> | undefined {
    const { partition } = progress;
    const { log } = partition;
    progress.onSuccess();
    if (log.logEndOffset !== progress.sentOffset) {
      this.#session.changed(progress);
      return undefined;
    }
    const isIdle = data.divergingEpoch.epoch < 0 && (data.records === null || data.records.length === 0);
    progress.leaderHighWatermark = data.highWatermark;
    if (!isIdle || data.logStartOffset > log.logStartOffset)
      return this.#work(progress, () => applyFetched(partition, data, this.#logger));
    partition.onHighWatermark(data.highWatermark);
    return undefined;
  }

  /** Changes the log of a partition, and asks for it again from where it then ends. */
  #work(progress: PartitionProgress, change: () => Promise<void>): Promise<void> {
    const before = progress.work;
    const work = (async () => {
      try {
        await before;
        await change();
        this.#goOn(progress);
      } catch (error) {
        this.#onFailure(progress, error);
      }
      progress.work = undefined;
    })();
    progress.work = work;
    return work;
  }

  /** A replica that is behind may have to go slowly; one that is in sync never has to. */
  #goOn(progress: PartitionProgress): void {
    const pauseMs = progress.lagRecords === 0 ? 0 : progress.partition.pauseMs;
    if (pauseMs === 0) return this.#session.changed(progress);
    progress.retryAtMs = this.#nowMs() + pauseMs;
    return this.#session.rest(progress);
  }

  #onFailure(progress: PartitionProgress, error: unknown): void {
    if (progress.isLeft) return;
    this.#rest(progress);
    const fields = describeFailure(progress.partition, error);
    // What this node accepted as the leader was written after it had become a follower, and asked for records.
    if (error instanceof UnexpectedOffsetError)
      this.#logger.debug('A replica has moved since it asked', fields);
    else if (isStorageError(error)) {
      this.#logger.error('The log of a replica cannot be written; it no longer follows its leader', fields);
      this.#session.remove(progress);
    } else this.#logger.error('What a leader sent cannot be appended; it is asked for again', fields);
  }

  #rest(progress: PartitionProgress): void {
    progress.onFailure(this.#nowMs(), this.#options.settings().backoffMs);
    this.#session.rest(progress);
  }

  async #leaderOffsets(progress: PartitionProgress): Promise<LeaderOffsets> {
    const logEndOffset = await this.#listOffset(progress, LATEST);
    const logStartOffset = await this.#listOffset(progress, EARLIEST);
    return { logStartOffset, logEndOffset };
  }

  async #listOffset({ partition, left }: PartitionProgress, timestamp: number): Promise<number> {
    const { topic, index, leaderEpoch } = partition;
    const { sideChannel, nodeId, settings } = this.#options;
    const partitions = [{ partitionIndex: index, currentLeaderEpoch: leaderEpoch, timestamp }];
    const message = { replicaId: nodeId, isolationLevel: 0, topics: [{ name: topic, partitions }] };
    const { timeoutMs } = settings();
    const answer = await sideChannel.send(LIST_OFFSETS, message, { timeoutMs, signals: [left] });
    left.throwIfAborted();
    const found = answer.topics[0]?.partitions[0];
    if (found?.errorCode === ErrorCode.NONE) return found.offset;
    throw new Error(`The leader does not tell its offsets: ${kafkaErrorName(found?.errorCode ?? -1)}`);
  }

  /**
   * The leader is waiting for news of other partitions, for half a second maybe. A request out of turn, which asks for
   * nothing, lets it answer, and the next one names what has been added. For a moment after a change of leaders nothing
   * could be committed otherwise.
   */
  #nudge(): void {
    if (this.#isNudged) return;
    this.#isNudged = true;
    const { host, sideChannel, nodeId, brokerEpoch } = this.#options;
    host.timers.defer(() => {
      this.#isNudged = false;
      if (this.#closing.signal.aborted || !this.#isPolling) return;
      const replicaState = { replicaId: nodeId, replicaEpoch: brokerEpoch() };
      const request = { replicaState, maxWaitMs: 0, minBytes: 0, sessionEpoch: FINAL_EPOCH, topics: [] };
      sideChannel.send(FETCH, request).catch(() => undefined);
    });
  }

  /** Until a partition may be asked for again, or something is added or removed; at most `maxMs`. */
  #pause(maxMs = Infinity): Promise<void> {
    const delayMs = Math.min(maxMs, this.#session.isIdle ? this.#session.nextRetryMs - this.#nowMs() : maxMs);
    return new Promise((resolve) => {
      let timer: Timer | undefined;
      const wake = (): void => {
        this.#wake = undefined;
        timer?.cancel();
        resolve();
      };
      this.#wake = wake;
      if (delayMs !== Infinity)
        timer = this.#options.host.timers.schedule(Math.max(0, delayMs), wake, { background: true });
    });
  }

  #nowMs(): number {
    return this.#options.host.clock.monotonicMs();
  }
}

/** Between two attempts at a leader that cannot be reached, on top of what the channel waits. */
const FIRST_PAUSE_MS = 20;
