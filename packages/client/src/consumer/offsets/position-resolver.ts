import { ErrorCode, MillraceError } from '@millrace/protocol';
import type { Cluster } from '../../cluster/cluster.ts';
import { LogTruncatedError, NoOffsetError } from '../consumer-errors.ts';
import { RetryTimer } from '../retry-timer.ts';
import type { AssignedPartition } from '../subscription/assigned-partition.ts';
import { resetTimestamp, type OffsetResetPolicy } from '../subscription/offset-reset-policy.ts';
import type { SubscriptionState } from '../subscription/subscription-state.ts';
import { groupByLeader } from './by-leader.ts';
import type { Committer } from './commit-offsets.ts';
import { committedOffsets } from './committed-offsets.ts';
import { endOffsetsForEpochs, needsFreshMetadata, type EpochEnd } from './end-offset-for-epoch.ts';
import { listOffsetsOnce, type ListedOffset, type OffsetQuery } from './list-offsets.ts';

export interface PositionResolverOptions {
  /** Undefined without `group.id`: then there are no committed offsets. */
  readonly groupId: string | undefined;
  /** Who asks for committed offsets; see `CommittedOffsetsOptions`. */
  readonly member?: (() => Committer | undefined) | undefined;
  readonly isolationLevel: 'read_uncommitted' | 'read_committed';
  readonly resetPolicy: OffsetResetPolicy;
  /** `default.api.timeout.ms`. */
  readonly apiTimeoutMs: number;
  /** Called when positions or failures have come in. */
  readonly onProgress: () => void;
}

/** A partition that is being resolved, and which of its lives the question belongs to. */
interface Question {
  readonly partition: AssignedPartition;
  readonly version: number;
}

/**
 * Gets every assigned partition to a position it can be fetched from: committed offset, reset policy, validation
 * after a change of leader. Works in the background; each of the three kinds of questions is under way once at most.
 */
export class PositionResolver {
  readonly #cluster: Cluster;
  readonly #subscription: SubscriptionState;
  readonly #options: PositionResolverOptions;
  readonly #busy = new Set<string>();
  #failure: Error | undefined;
  readonly #retries: RetryTimer;
  #isClosed = false;
  /** Of the metadata whose leaders have been looked at. */
  #seenGeneration = -1;

  constructor(cluster: Cluster, subscription: SubscriptionState, options: PositionResolverOptions) {
    this.#cluster = cluster;
    this.#subscription = subscription;
    this.#options = options;
    this.#retries = new RetryTimer(cluster.host, subscription, () => {
      this.resolve();
      options.onProgress();
    });
  }

  /** A failure only the application can do something about; taken once. */
  takeFailure(): Error | undefined {
    const failure = this.#failure;
    this.#failure = undefined;
    return failure;
  }

  /** Starts what is needed now. Runs in every poll, so it is cheap when nothing is. */
  resolve(): void {
    if (this.#isClosed || this.#isAllSettled()) return;
    this.#observeLeaders();
    this.#start('committed', this.#waiting('initializing'), (questions) => this.#lookUpCommitted(questions));
    const resets = this.#withLeader(this.#waiting('awaitReset'));
    this.#start('reset', resets, (questions) => this.#reset(questions));
    const validations = this.#withLeader(this.#notAheadOfMetadata(this.#waiting('awaitValidation')));
    this.#start('validation', validations, (questions) => this.#validate(questions));
  }

  /** Answers still to come are ignored. */
  close(): void {
    this.#isClosed = true;
    this.#retries.close();
  }

  #isAllSettled(): boolean {
    const { generation } = this.#cluster.metadata;
    if (generation !== this.#seenGeneration) {
      this.#seenGeneration = generation;
      return false;
    }
    for (const partition of this.#subscription.assigned) if (!partition.isSettled) return false;
    return true;
  }

  #observeLeaders(): void {
    for (const partition of this.#subscription.assigned) {
      if (partition.phase !== 'fetching') continue;
      const leader = this.#cluster.leaderOf(partition.topic, partition.partition);
      if (leader !== undefined) partition.observeLeaderEpoch(leader.epoch, leader.topicId);
    }
  }

  /** Partitions of a phase whose time has come. */
  #waiting(phase: AssignedPartition['phase']): AssignedPartition[] {
    const nowMs = this.#nowMs();
    return [...this.#subscription.assigned].filter(
      (partition) => partition.phase === phase && partition.retryAtMs <= nowMs,
    );
  }

  /** Sets aside what nobody can answer yet; it is tried again when metadata names the leaders. */
  #withLeader(partitions: readonly AssignedPartition[]): readonly AssignedPartition[] {
    const { byNode, leaderless } = groupByLeader(this.#cluster, partitions);
    if (leaderless.length > 0) {
      this.#cluster.refresher.requestUpdate();
      this.#retryLater(leaderless, (partition, atMs) => partition.retryWithLeader(atMs));
    }
    return [...byNode.values()].flat();
  }

  /**
   * Sets aside positions from a later epoch than metadata knows: whoever leads by that metadata may be cut off, know nothing
   * of the later epoch, and would make us take for truncated what it never had. In a topic that was deleted and created
   * again that epoch will never be known, and the position is lost indeed.
   */
  #notAheadOfMetadata(partitions: readonly AssignedPartition[]): readonly AssignedPartition[] {
    const isAhead = (each: AssignedPartition): boolean => {
      const leader = this.#cluster.leaderOf(each.topic, each.partition);
      return leader !== undefined && each.isAheadOf(leader.epoch, leader.topicId);
    };
    const ahead = partitions.filter(isAhead);
    if (ahead.length === 0) return partitions;
    this.#cluster.refresher.requestUpdate();
    this.#retryLater(ahead);
    return partitions.filter((partition) => !isAhead(partition));
  }

  #start(
    kind: string,
    partitions: readonly AssignedPartition[],
    ask: (questions: readonly Question[]) => Promise<void>,
  ): void {
    if (partitions.length === 0 || this.#busy.has(kind)) return;
    this.#busy.add(kind);
    const questions = partitions.map((partition) => ({ partition, version: partition.version }));
    void ask(questions)
      .catch((error: unknown) => this.#onFailure(questions, error))
      .finally(() => {
        this.#busy.delete(kind);
        // What has been assigned meanwhile has waited for this answer.
        this.resolve();
        this.#options.onProgress();
      });
  }

  async #lookUpCommitted(questions: readonly Question[]): Promise<void> {
    const { groupId, isolationLevel, apiTimeoutMs, member } = this.#options;
    const partitions = questions.map(({ partition }) => partition);
    const committed =
      groupId === undefined
        ? new Map<string, never>()
        : await committedOffsets(this.#cluster, partitions, {
            groupId,
            requireStable: isolationLevel === 'read_committed',
            member,
            timeoutMs: apiTimeoutMs,
            limitedBy: 'default.api.timeout.ms',
          });
    const missing: AssignedPartition[] = [];
    for (const question of questions) {
      if (!this.#isOpen(question, 'initializing')) continue;
      const found = committed.get(question.partition.key);
      if (found !== undefined) question.partition.jumpTo(found);
      else if (this.#options.resetPolicy.type === 'none') missing.push(question.partition);
      else question.partition.requestReset(undefined);
    }
    if (missing.length === 0) return;
    this.#retryLater(missing);
    this.#failure = new NoOffsetError(missing);
  }

  async #reset(questions: readonly Question[]): Promise<void> {
    const nowMs = this.#cluster.host.clock.nowMs();
    const queries: OffsetQuery[] = [];
    for (const { partition } of questions) {
      const timestampMs = resetTimestamp(partition.resetPolicy ?? this.#options.resetPolicy, nowMs);
      const { topic } = partition;
      if (timestampMs !== undefined) queries.push({ topic, partition: partition.partition, timestampMs });
    }
    const found = new Map<string, ListedOffset>();
    try {
      await listOffsetsOnce(this.#cluster, queries, this.#options.isolationLevel, found);
    } finally {
      await this.#applyReset(questions, found);
    }
  }

  /** No record is as young as the duration asks for: then the end of the log is where such records will be. */
  async #applyReset(questions: readonly Question[], found: ReadonlyMap<string, ListedOffset>): Promise<void> {
    for (const question of questions) {
      const { partition } = question;
      const answer = found.get(partition.key);
      if (answer === undefined || !this.#isOpen(question, 'awaitReset')) continue;
      if (answer.offset < 0) partition.requestReset({ type: 'latest' });
      else partition.jumpTo({ offset: answer.offset, leaderEpoch: answer.leaderEpoch });
    }
  }

  async #validate(questions: readonly Question[]): Promise<void> {
    const open = new Map(questions.map((question) => [question.partition.key, question]));
    const partitions = questions.map(({ partition }) => partition);
    const { byNode } = groupByLeader(this.#cluster, partitions);
    await Promise.all(
      [...byNode].map(async ([nodeId, asked]) => {
        const ends = await endOffsetsForEpochs(this.#cluster, nodeId, asked);
        for (const { key } of asked) {
          const question = open.get(key);
          const end = ends.get(key);
          if (question === undefined || end === undefined) continue;
          if (end.errorCode === ErrorCode.NONE) open.delete(key);
          this.#onEpochEnd(question, end);
        }
      }),
    );
    this.#retryLater(stillTheSame([...open.values()]));
  }

  #onEpochEnd(question: Question, end: EpochEnd): void {
    const { partition } = question;
    if (!this.#isOpen(question, 'awaitValidation')) return;
    if (end.errorCode !== ErrorCode.NONE) {
      if (needsFreshMetadata(end.errorCode)) this.#cluster.refresher.requestUpdate();
      return;
    }
    const isKnown = end.endOffset >= 0 && end.leaderEpoch >= 0;
    if (isKnown && end.endOffset >= partition.fetched.offset) {
      const leader = this.#cluster.leaderOf(partition.topic, partition.partition);
      partition.validated(leader?.epoch ?? -1, leader?.topicId);
      return;
    }
    this.#onTruncated(partition, isKnown ? end : undefined);
  }

  /** The new leader never had some of what we read, or hold in the buffer. */
  #onTruncated(partition: AssignedPartition, end: EpochEnd | undefined): void {
    const consumed = partition.consumed;
    if (end !== undefined && consumed !== undefined && consumed.offset <= end.endOffset) {
      // Only records the application has not seen: fetch them again, as the new leader has them.
      partition.jumpTo(consumed);
      return;
    }
    const { topic, partition: index } = partition;
    this.#cluster.logger.warn('log truncated', { topic, partition: index, consumed, end });
    if (this.#options.resetPolicy.type === 'none') {
      this.#retryLater([partition]);
      this.#failure = new LogTruncatedError(partition, partition.fetched.offset, end?.endOffset);
    } else if (end === undefined) {
      partition.requestReset(undefined);
    } else {
      partition.jumpTo({ offset: end.endOffset, leaderEpoch: end.leaderEpoch });
    }
  }

  #onFailure(questions: readonly Question[], error: unknown): void {
    this.#retryLater(stillTheSame(questions));
    if (error instanceof MillraceError && error.retriable) {
      this.#cluster.refresher.requestUpdate();
      this.#cluster.logger.debug('positions are not known yet, trying again', { error });
      return;
    }
    this.#failure = error as Error;
  }

  #retryLater(
    partitions: readonly AssignedPartition[],
    retry = (partition: AssignedPartition, atMs: number) => partition.retryAt(atMs),
  ): void {
    if (partitions.length === 0) return;
    const nowMs = this.#nowMs();
    for (const partition of partitions) {
      partition.failures++;
      retry(partition, nowMs + this.#cluster.retryBackoff.delayMs(partition.failures));
    }
    this.#retries.arm();
  }

  #isOpen({ partition, version }: Question, phase: AssignedPartition['phase']): boolean {
    return this.#subscription.holds(partition) && partition.version === version && partition.phase === phase;
  }

  #nowMs(): number {
    return this.#cluster.host.clock.monotonicMs();
  }
}

/** What has jumped since the question was asked has nothing to wait for. */
function stillTheSame(questions: readonly Question[]): AssignedPartition[] {
  return questions
    .filter(({ partition, version }) => partition.version === version)
    .map(({ partition }) => partition);
}
