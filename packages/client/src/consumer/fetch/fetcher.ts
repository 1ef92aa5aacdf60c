import { ErrorCode, MillraceError, ZERO_UUID } from '@millrace/protocol';
import { FetchRequest, FetchResponse } from '@millrace/protocol/messages/fetch';
import { defineApi } from '../../cluster/api.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { RetryTimer } from '../retry-timer.ts';
import type { AssignedPartition } from '../subscription/assigned-partition.ts';
import type { SubscriptionState } from '../subscription/subscription-state.ts';
import type { FetchAnswerReader } from './fetch-answer-reader.ts';
import type { FetchBuffer } from './fetch-buffer.ts';
import { fetchMessage, FIRST_VERSION_WITH_TOPIC_IDS, type FetchLimits } from './fetch-message.ts';
import { planFetches } from './fetch-plan.ts';
import { FetchSession, type FetchTarget } from './fetch-session.ts';

const FETCH = defineApi(FetchRequest, FetchResponse);

export interface FetcherOptions extends FetchLimits {
  /** `max.partition.fetch.bytes`. */
  readonly maxPartitionBytes: number;
  /** Bytes that may be buffered and under way, over all brokers. */
  readonly maxBufferedBytes: number;
  /** Called when something arrived that a poll may hand out or throw. */
  readonly onProgress: () => void;
}

/** What was asked of one partition; its answer is compared with it. */
export interface AskedPartition {
  readonly partition: AssignedPartition;
  readonly version: number;
  readonly fetchOffset: number;
}

interface FetchNode {
  readonly session: FetchSession;
  /** 0 when no request is under way. */
  reservedBytes: number;
  retryAtMs: number;
  failures: number;
}

/**
 * Keeps one Fetch request at each leader of assigned partitions as long as there is room for the answer. Everything
 * it starts ends in the buffer; it never throws.
 */
export class Fetcher {
  readonly #cluster: Cluster;
  readonly #subscription: SubscriptionState;
  readonly #buffer: FetchBuffer;
  readonly #answers: FetchAnswerReader;
  readonly #options: FetcherOptions;
  readonly #nodes = new Map<number, FetchNode>();
  #failure: Error | undefined;
  readonly #retries: RetryTimer;
  #isClosed = false;

  constructor(
    cluster: Cluster,
    subscription: SubscriptionState,
    buffer: FetchBuffer,
    answers: FetchAnswerReader,
    options: FetcherOptions,
  ) {
    this.#cluster = cluster;
    this.#subscription = subscription;
    this.#buffer = buffer;
    this.#answers = answers;
    this.#options = options;
    const onRetry = () => {
      this.fetch();
      options.onProgress();
    };
    const nodeRetries = () => [...this.#nodes.values()].map(({ retryAtMs }) => retryAtMs);
    this.#retries = new RetryTimer(cluster.host, subscription, onRetry, nodeRetries);
  }

  /** A failure that concerns no single partition (authentication, unsupported broker); taken once. */
  takeFailure(): Error | undefined {
    const failure = this.#failure;
    this.#failure = undefined;
    return failure;
  }

  /** Sends what can be sent now. Cheap to call often: after each poll, answer, seek, resume, assignment. */
  fetch(): void {
    if (this.#isClosed) return;
    const nowMs = this.#nowMs();
    const { byNode, leaderless } = planFetches(this.#subscription, this.#cluster, nowMs);
    if (leaderless.length > 0) this.#waitForLeaders(leaderless, nowMs);
    const idle = [...byNode].filter(([nodeId]) => this.#isIdle(nodeId, nowMs));
    for (const [index, [nodeId, partitions]] of idle.entries()) {
      const maxBytes = this.#grantBytes(partitions.length, idle.length - index);
      if (maxBytes === 0) return;
      void this.#ask(nodeId, partitions, maxBytes);
    }
  }

  /** Answers still to come are ignored. */
  close(): void {
    this.#isClosed = true;
    this.#retries.close();
  }

  /**
   * The room for one answer: an equal share of what is left, at most what the partitions may send. 0 when that would
   * be less than one partition's limit, unless nothing is buffered or under way at all: something must always move.
   */
  #grantBytes(partitionCount: number, shares: number): number {
    const { maxBytes, maxPartitionBytes, maxBufferedBytes } = this.#options;
    let used = this.#buffer.sizeBytes;
    for (const { reservedBytes } of this.#nodes.values()) used += reservedBytes;
    const wanted = Math.min(maxBytes, partitionCount * maxPartitionBytes);
    const share = Math.floor((maxBufferedBytes - used) / shares);
    if (share >= Math.min(wanted, maxPartitionBytes)) return Math.min(wanted, share);
    return used === 0 ? Math.max(1, Math.min(wanted, maxBufferedBytes)) : 0;
  }

  async #ask(nodeId: number, partitions: readonly AssignedPartition[], maxBytes: number): Promise<void> {
    const node = this.#node(nodeId);
    node.reservedBytes = maxBytes;
    const targets = partitions.map((partition) => this.#target(partition));
    const asked: readonly AskedPartition[] = partitions.map((partition) => ({
      partition,
      version: partition.version,
      fetchOffset: partition.fetched.offset,
    }));
    try {
      const { response, version } = await this.#cluster.send({
        to: { nodeId },
        api: FETCH,
        message: (version) => {
          const session = node.session.request(targets, version >= FIRST_VERSION_WITH_TOPIC_IDS);
          return fetchMessage(session, { ...this.#options, maxBytes });
        },
        versions: canUseTopicIds(targets) ? {} : { maxVersion: FIRST_VERSION_WITH_TOPIC_IDS - 1 },
      });
      this.#onAnswer(node, response, asked, version >= FIRST_VERSION_WITH_TOPIC_IDS);
    } catch (error) {
      node.session.reset();
      this.#onFailure(node, error);
    } finally {
      node.reservedBytes = 0;
    }
    this.fetch();
    this.#options.onProgress();
  }

  #onAnswer(
    node: FetchNode,
    response: FetchResponse,
    asked: readonly AskedPartition[],
    usesTopicIds: boolean,
  ): void {
    if (this.#isClosed) return;
    switch (response.errorCode) {
      case ErrorCode.NONE:
        node.failures = 0;
        node.session.accepted(response.sessionId);
        this.#retryPartitions(this.#answers.take(response, asked, usesTopicIds));
        return;
      case ErrorCode.FETCH_SESSION_ID_NOT_FOUND:
        node.session.forget();
        return;
      case ErrorCode.INVALID_FETCH_SESSION_EPOCH:
      case ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR:
        node.session.reset();
        return;
      default:
        node.session.reset();
        this.#cluster.refresher.requestUpdate();
        this.#backOff(node);
    }
  }

  #onFailure(node: FetchNode, error: unknown): void {
    if (this.#isClosed) return;
    this.#backOff(node);
    if (error instanceof MillraceError && error.retriable) return;
    this.#failure = error as Error;
  }

  #backOff(node: FetchNode): void {
    node.failures++;
    node.retryAtMs = this.#nowMs() + this.#cluster.retryBackoff.delayMs(node.failures);
    this.#retries.arm();
  }

  #waitForLeaders(partitions: readonly AssignedPartition[], nowMs: number): void {
    for (const partition of partitions) partition.retryWithLeader(nowMs + this.#backoffMs(partition));
    this.#cluster.refresher.requestUpdate();
    this.#retries.arm();
  }

  #retryPartitions(partitions: readonly AssignedPartition[]): void {
    if (partitions.length === 0) return;
    for (const partition of partitions) partition.retryAt(this.#nowMs() + this.#backoffMs(partition));
    this.#retries.arm();
  }

  #backoffMs(partition: AssignedPartition): number {
    partition.failures++;
    return this.#cluster.retryBackoff.delayMs(partition.failures);
  }

  #target(partition: AssignedPartition): FetchTarget {
    const { metadata } = this.#cluster;
    return {
      topic: partition.topic,
      topicId: metadata.topic(partition.topic)?.topicId ?? ZERO_UUID,
      partition: partition.partition,
      fetchOffset: partition.fetched.offset,
      currentLeaderEpoch: this.#cluster.leaderOf(partition.topic, partition.partition)?.epoch ?? -1,
      maxBytes: this.#options.maxPartitionBytes,
    };
  }

  #isIdle(nodeId: number, nowMs: number): boolean {
    const node = this.#nodes.get(nodeId);
    return node === undefined || (node.reservedBytes === 0 && nowMs >= node.retryAtMs);
  }

  #node(nodeId: number): FetchNode {
    let node = this.#nodes.get(nodeId);
    if (node === undefined) {
      node = { session: new FetchSession(), reservedBytes: 0, retryAtMs: 0, failures: 0 };
      this.#nodes.set(nodeId, node);
    }
    return node;
  }

  #nowMs(): number {
    return this.#cluster.host.clock.monotonicMs();
  }
}

function canUseTopicIds(targets: readonly FetchTarget[]): boolean {
  return targets.every(({ topicId }) => topicId !== ZERO_UUID);
}
