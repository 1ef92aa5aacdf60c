import { ErrorCode, KafkaError, MillraceError } from '@millrace/protocol';
import type { Cluster } from '../../cluster/cluster.ts';
import { CommitFailedError } from '../consumer-errors.ts';
import { committing } from '../../observability/channels.ts';
import type { AssignedPartition } from '../subscription/assigned-partition.ts';
import type { AutoCommitSchedule } from '../subscription/auto-commit-schedule.ts';
import type { SubscriptionState } from '../subscription/subscription-state.ts';
import {
  commitOffsets,
  commitOffsetsOnce,
  isMembershipError,
  isStaleEpoch,
  type CommitOptions,
  type Committer,
  type OffsetToCommit,
} from './commit-offsets.ts';

export interface OffsetCommitsOptions {
  /** Undefined when automatic commits are off. */
  readonly schedule: AutoCommitSchedule | undefined;
  /** Who commits, as of now. */
  readonly committer: () => Committer;
  /** The coordinator does not accept the membership any more. */
  readonly onRefused: (errorCode: number, generationId: number) => void;
  /** The coordinator has taken these. */
  readonly onCommitted?: ((offsets: readonly OffsetToCommit[]) => void) | undefined;
}

/**
 * All commits of one consumer, one after the other: a commit that is being retried must not overwrite a later one.
 */
export class OffsetCommits {
  readonly #cluster: Cluster;
  readonly #subscription: SubscriptionState;
  readonly #options: OffsetCommitsOptions;
  #last: Promise<unknown> = Promise.resolve();

  constructor(cluster: Cluster, subscription: SubscriptionState, options: OffsetCommitsOptions) {
    this.#cluster = cluster;
    this.#subscription = subscription;
    this.#options = options;
  }

  /** Who commits: the member that this consumer is right now. */
  get committer(): Committer {
    return this.#options.committer();
  }

  /** Positions of everything that polls have returned. */
  consumed(partitions?: Iterable<AssignedPartition>): OffsetToCommit[] {
    const wanted = partitions === undefined ? undefined : new Set(partitions);
    return [...this.#subscription.consumedPositions()]
      .filter(([partition]) => wanted === undefined || wanted.has(partition))
      .map(([{ topic, partition }, position]) => ({ topic, partition, ...position, metadata: '' }));
  }

  /** @throws CommitFailedError, KafkaError, TimeoutError */
  commit(offsets: readonly OffsetToCommit[], options: CommitOptions): Promise<void> {
    if (offsets.length === 0) return Promise.resolve();
    const current = () => (this.#ownsAll(offsets) ? this.#options.committer() : undefined);
    return this.#inTurn(offsets, (committer) =>
      commitOffsets(this.#cluster, offsets, committer, { current, ...options }),
    );
  }

  /** The automatic commit of a poll, if it is time: runs in the background. */
  autoCommitIfDue(nowMs: number): void {
    const { schedule } = this.#options;
    if (schedule === undefined || !schedule.isDue(nowMs)) return;
    const offsets = this.#automatic(this.#subscription.assigned);
    schedule.started(nowMs);
    if (offsets.length === 0) return schedule.succeeded();
    // One attempt only: the next one will carry newer positions.
    this.#inTurn(offsets, (committer) => commitOffsetsOnce(this.#cluster, offsets, committer)).then(
      () => schedule.succeeded(),
      (error: unknown) => {
        const isRetriable = error instanceof MillraceError && (error.retriable || isStaleEpoch(error));
        schedule.failed(this.#cluster.host.clock.monotonicMs(), isRetriable);
        if (isRetriable && !isStaleEpoch(error))
          this.#cluster.coordinators.forget('group', this.#options.committer().groupId);
        this.#logFailure(error);
      },
    );
  }

  /** The automatic commit before partitions go: waits for the outcome, and never throws. */
  async autoCommitNow(partitions: Iterable<AssignedPartition>, options: CommitOptions): Promise<void> {
    if (this.#options.schedule === undefined) return;
    try {
      await this.commit(this.#automatic(partitions), options);
    } catch (error) {
      this.#logFailure(error);
    }
  }

  /** Topics that are gone have nothing to commit; trying would hold up the rebalance that takes them away. */
  #automatic(partitions: Iterable<AssignedPartition>): OffsetToCommit[] {
    return this.consumed(partitions).filter(
      ({ topic }) => this.#cluster.metadata.topic(topic)?.errorCode !== ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
    );
  }

  /** With a newer epoch the coordinator would take offsets of partitions that others have by now. */
  #ownsAll(offsets: readonly OffsetToCommit[]): boolean {
    return offsets.every(
      ({ topic, partition }) => this.#subscription.find({ topic, partition }) !== undefined,
    );
  }

  #inTurn(offsets: readonly OffsetToCommit[], send: (committer: Committer) => Promise<void>): Promise<void> {
    const turn = this.#last.then(() => this.#send(offsets, send));
    this.#last = turn.catch(() => {});
    return turn;
  }

  async #send(
    offsets: readonly OffsetToCommit[],
    send: (committer: Committer) => Promise<void>,
  ): Promise<void> {
    const committer = this.#options.committer();
    try {
      await this.#traced(offsets, committer, () => send(committer));
    } catch (error) {
      throw this.#explain(error, committer);
    }
    this.#options.onCommitted?.(offsets);
  }

  #traced(
    offsets: readonly OffsetToCommit[],
    { groupId }: Committer,
    send: () => Promise<void>,
  ): Promise<void> {
    if (!committing.hasSubscribers) return send();
    const clientId = this.#cluster.settings.clientId;
    return committing.tracePromise(send, { clientId, groupId, offsets });
  }

  #explain(error: unknown, { groupId, generationId }: Committer): unknown {
    if (!(error instanceof KafkaError)) return error;
    if (isStaleEpoch(error)) return new CommitFailedError(groupId, { cause: error });
    if (!isMembershipError(error.errorCode)) return error;
    this.#options.onRefused(error.errorCode, generationId);
    const hasMovedOn =
      error.errorCode === ErrorCode.ILLEGAL_GENERATION || error.errorCode === ErrorCode.UNKNOWN_MEMBER_ID;
    return hasMovedOn ? new CommitFailedError(groupId, { cause: error }) : error;
  }

  #logFailure(error: unknown): void {
    if (!this.#cluster.isClosed) this.#cluster.logger.warn('automatic commit failed', { error });
  }
}
