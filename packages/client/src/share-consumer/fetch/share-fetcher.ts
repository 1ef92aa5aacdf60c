import type { Timer } from '@millrace/host';
import { ErrorCode, type KafkaError } from '@millrace/protocol';
import type { ShareFetchResponse } from '@millrace/protocol/messages/share-fetch';
import type { Cluster } from '../../cluster/cluster.ts';
import { kafkaFailure } from '../../cluster/kafka-failure.ts';
import { acknowledgeResults, type AcknowledgeResult } from '../acknowledge/acknowledge-result.ts';
import type { RecordOrigin } from '../acknowledge/held-records.ts';
import type { TopicIdPartitions } from '../../group-member/heartbeat-answer.ts';
import { readAcquired } from './acquisition.ts';
import { isStale, ReadyRecords, type TakenPart } from './ready-records.ts';
import { ShareNode, type ShareFetchLimits } from './share-node.ts';
import { sharePartitionKey, type SharePartition } from './share-partition.ts';
import type { ShareSession } from './share-session.ts';

export interface ShareFetcherOptions {
  readonly groupId: string;
  readonly memberId: string;
  readonly limits: ShareFetchLimits;
  /** `check.crcs`. */
  readonly checksCrcs: boolean;
  readonly assigned: () => readonly TopicIdPartitions[];
  /** How acknowledgements ended. */
  readonly onAcknowledged: (results: readonly AcknowledgeResult[]) => void;
  /** Called when a poll should look again. */
  /** Bytes of records of a topic came. */
  readonly onFetched?: (topic: string, sizeBytes: number) => void;
  readonly onProgress: () => void;
}

/** Far below any lock's time, and long enough for many records to be spoken of at once. */
const FLUSH_DELAY_MS = 100;

type PartitionAnswer = ShareFetchResponse['responses'][number]['partitions'][number];

interface BackOff {
  readonly failures: number;
  readonly retryAtMs: number;
}

/**
 * Reads from the leaders of assigned partitions, while a poll waits and only then: what is fetched is locked, and locks
 * run out. Carries acknowledgements back where the records came from.
 */
export class ShareFetcher {
  readonly #cluster: Cluster;
  readonly #options: ShareFetcherOptions;
  readonly #nodes = new Map<number, ShareNode>();
  readonly #ready = new ReadyRecords();
  readonly #partitions = new Map<string, SharePartition>();
  /** By partition, or by topic id while its name is not known. */
  readonly #backOffs = new Map<string, BackOff>();
  #flushTimer: Timer | undefined;
  #lastNodeId = -1;
  #lockTimeoutMs: number | undefined;
  #failure: Error | undefined;

  constructor(cluster: Cluster, options: ShareFetcherOptions) {
    this.#cluster = cluster;
    this.#options = options;
  }

  /** As the last answer told it. */
  get lockTimeoutMs(): number | undefined {
    return this.#lockTimeoutMs;
  }

  /** When something that failed may be tried again; `Infinity` for nothing. */
  get nextRetryAtMs(): number {
    const nowMs = this.#nowMs();
    const times = [...this.#backOffs.values(), ...this.#nodes.values()].map(({ retryAtMs }) => retryAtMs);
    return Math.min(Infinity, ...times.filter((retryAtMs) => retryAtMs > nowMs));
  }

  /** What polls are to throw; taken once. */
  takeFailure(): Error | undefined {
    const failure = this.#failure;
    this.#failure = undefined;
    return failure;
  }

  fail(error: Error): void {
    this.#failure ??= error;
    this.#options.onProgress();
  }

  /** Up to `maxRecords` of what has been fetched. */
  take(maxRecords: number): readonly TakenPart[] {
    for (const node of this.#nodes.values()) node.noticeLostConnection();
    return this.#ready.take(maxRecords, this.#nowMs());
  }

  /** Has somebody else got these records by now, or could have? */
  isStale(part: TakenPart): boolean {
    for (const node of this.#nodes.values()) node.noticeLostConnection();
    return isStale(part, this.#nowMs());
  }

  /** Sends what can be sent now. */
  fetch(maxWaitMs: number): void {
    const nowMs = this.#nowMs();
    const plan = this.#plan(nowMs);
    for (const nodeId of this.#turnOf([...plan.keys()])) {
      const node = this.#node(nodeId);
      // Renewals cannot go with a fetch.
      if (node.isBusy || node.session.hasRenewals || node.retryAtMs > nowMs) continue;
      this.#lastNodeId = nodeId;
      node.fetch(plan.get(nodeId)!, maxWaitMs);
    }
    this.flush();
  }

  /** Sends what is to be said where nothing else goes. */
  flush(): void {
    for (const node of this.#nodes.values())
      if (!node.isBusy && node.session.hasAcknowledgements) void node.acknowledge();
  }

  /**
   * Sends what is to be said in a moment, unless a fetch takes it along before: the next poll may come when all is done that
   * the last one brought, and the locks have run out by then.
   */
  flushSoon(): void {
    const flush = () => {
      this.#flushTimer = undefined;
      this.flush();
    };
    this.#flushTimer ??= this.#cluster.host.timers.schedule(FLUSH_DELAY_MS, flush, { background: true });
  }

  /** Resolves when there is nothing left to be said anywhere. */
  async drained(): Promise<void> {
    await Promise.all([...this.#nodes.values()].map((node) => node.acknowledge()));
  }

  /** Says something of a record, with one of the next requests. */
  acknowledge({ session, partition }: RecordOrigin, offset: number, type: number): void {
    const { endedBy } = session;
    if (endedBy === undefined) session.acknowledge(partition, offset, type);
    else this.#options.onAcknowledged(acknowledgeResults(partition, new Map([[offset, type]]), endedBy));
  }

  /** Says what is to be said, and gives back everything else. */
  async endSessions(): Promise<void> {
    await Promise.all([...this.#nodes.values()].map((node) => node.end()));
    this.#ready.clear();
  }

  close(): void {
    this.#flushTimer?.cancel();
    for (const node of this.#nodes.values()) node.close();
    this.#ready.clear();
  }

  /** With a limit to records, one broker at a time, in turn; otherwise all at once. */
  #turnOf(nodeIds: readonly number[]): readonly number[] {
    if (!this.#options.limits.isRecordLimit) return nodeIds;
    if ([...this.#nodes.values()].some(({ isBusy }) => isBusy)) return [];
    const sorted = nodeIds.toSorted((a, b) => a - b);
    return sorted.length === 0 ? [] : [sorted.find((nodeId) => nodeId > this.#lastNodeId) ?? sorted[0]!];
  }

  /** Partitions by leader. */
  #plan(nowMs: number): Map<number, SharePartition[]> {
    const plan = new Map<number, SharePartition[]>();
    for (const { topicId, partitions } of this.#options.assigned()) {
      const topic = this.#cluster.metadata.topicNameOf(topicId);
      if (topic === undefined) {
        if (!this.#isBackingOff(topicId, nowMs)) this.#backOff(topicId);
        continue;
      }
      for (const partition of partitions) {
        const key = sharePartitionKey(topicId, partition);
        if (this.#isBackingOff(key, nowMs)) continue;
        const leader = this.#cluster.leaderOf(topic, partition);
        if (leader === undefined) {
          this.#backOff(key);
          continue;
        }
        const planned = plan.get(leader.nodeId);
        const one = this.#partition(key, { topic, topicId, partition });
        if (planned === undefined) plan.set(leader.nodeId, [one]);
        else planned.push(one);
      }
    }
    return plan;
  }

  async #onFetched(session: ShareSession, response: ShareFetchResponse, sentAtMs: number): Promise<void> {
    if (response.acquisitionLockTimeoutMs > 0) this.#lockTimeoutMs = response.acquisitionLockTimeoutMs;
    // It began some time after the request was sent.
    const lockedUntilMs = sentAtMs + (this.#lockTimeoutMs ?? Infinity);
    for (const { topicId, partitions } of response.responses) {
      for (const answer of partitions) {
        const key = sharePartitionKey(topicId, answer.partitionIndex);
        const partition = this.#partitions.get(key);
        if (partition === undefined) continue;
        if (answer.errorCode === ErrorCode.NONE) this.#backOffs.delete(key);
        else this.#onPartitionError(key, partition, answer, response);
        await this.#take({ session, partition }, answer, lockedUntilMs);
      }
    }
  }

  async #take(origin: RecordOrigin, answer: PartitionAnswer, lockedUntilMs: number): Promise<void> {
    const { acquiredRecords, records: bytes } = answer;
    if (acquiredRecords.length === 0) return;
    this.#options.onFetched?.(origin.partition.topic, bytes?.length ?? 0);
    const { records, asides, failure } = await readAcquired(
      origin.partition,
      bytes ?? Buffer.alloc(0),
      acquiredRecords,
      { checksCrcs: this.#options.checksCrcs, mayUseThreads: this.#cluster.host.mayUseThreads ?? true },
    );
    this.#ready.add({ origin, records, lockedUntilMs });
    for (const [offset, type] of asides) this.acknowledge(origin, offset, type);
    if (failure !== undefined) this.#failure ??= failure;
  }

  #onPartitionError(
    key: string,
    { topic, partition }: SharePartition,
    answer: PartitionAnswer,
    { nodeEndpoints: endpoints }: ShareFetchResponse,
  ): void {
    const { errorCode, errorMessage, currentLeader } = answer;
    const error = kafkaFailure(errorCode, `Share fetch of ${topic}-${partition}`, errorMessage);
    const hint = { topic, partition, ...currentLeader, endpoints };
    if (currentLeader.leaderId >= 0 && this.#cluster.applyLeaderHint(hint)) return;
    this.#backOff(key);
    if (isPassing(error))
      this.#cluster.logger.info('share fetch failed, trying again', { topic, partition, error });
    else this.fail(error);
  }

  #backOff(key: string): void {
    const failures = (this.#backOffs.get(key)?.failures ?? 0) + 1;
    const retryAtMs = this.#nowMs() + this.#cluster.retryBackoff.delayMs(failures);
    this.#backOffs.set(key, { failures, retryAtMs });
    this.#cluster.refresher.requestUpdate();
  }

  #isBackingOff(key: string, nowMs: number): boolean {
    return (this.#backOffs.get(key)?.retryAtMs ?? 0) > nowMs;
  }

  /** Always the same object for the same partition. */
  #partition(key: string, partition: SharePartition): SharePartition {
    const known = this.#partitions.get(key);
    if (known !== undefined) return known;
    this.#partitions.set(key, partition);
    return partition;
  }

  #node(nodeId: number): ShareNode {
    const known = this.#nodes.get(nodeId);
    if (known !== undefined) return known;
    const { groupId, memberId, limits, onAcknowledged, onProgress } = this.#options;
    const node = new ShareNode(this.#cluster, nodeId, {
      groupId,
      memberId,
      limits,
      onFetched: (session, response, sentAtMs) => this.#onFetched(session, response, sentAtMs),
      onAcknowledged,
      onFailure: (error) => this.fail(error),
      onIdle: onProgress,
    });
    this.#nodes.set(nodeId, node);
    return node;
  }

  #nowMs(): number {
    return this.#cluster.host.clock.monotonicMs();
  }
}

/** A broker that does not know what went wrong is asked again, too. */
function isPassing(error: KafkaError): boolean {
  return error.retriable || error.code === 'UNKNOWN_SERVER_ERROR';
}
