import type { Clock, Logger } from '@millrace/host';
import type { RebalanceMetrics, TimedCallback } from '../../observability/rebalance-metrics.ts';
import type { RebalanceProtocol } from '../assignors/assignor.ts';
import type { AssignedPartition } from '../subscription/assigned-partition.ts';
import type { SubscriptionState } from '../subscription/subscription-state.ts';
import type { TopicPartition } from '../topic-partition.ts';
import { partitionKey } from '../topic-partition.ts';
import type { RebalanceListener } from './rebalance-listener.ts';

export interface HandoverOptions {
  readonly protocol: RebalanceProtocol;
  readonly logger: Logger;
  /** Commits what has been consumed of these partitions, if automatic commits are on. Never throws. */
  readonly autoCommit: (partitions: readonly AssignedPartition[]) => Promise<void>;
  /** Undefined where nobody measures, in tests. */
  readonly metrics?: { readonly rebalances: RebalanceMetrics; readonly clock: Clock } | undefined;
  /** The set of assigned partitions has changed. */
  readonly onAssignmentChanged: () => void;
}

/** Records of partitions that are being worked on: `run()`. */
export interface WorkInProgress {
  /** Resolves when the work has ended, one way or another; positions then cover what was finished. Never rejects. */
  finish(partitions: readonly AssignedPartition[]): Promise<void>;
  /** Somebody else has these partitions already. */
  abandon(partitions: readonly AssignedPartition[]): void;
}

/**
 * Moves the consumer from one assignment to the next, with the application's callbacks in Kafka's order. Errors of
 * callbacks are kept until the protocol step is complete: `takeCallbackError`.
 */
export class AssignmentHandover {
  readonly #subscription: SubscriptionState;
  readonly #options: HandoverOptions;
  #listener: RebalanceListener = {};
  #work: WorkInProgress | undefined;
  #callbackError: unknown;

  constructor(subscription: SubscriptionState, options: HandoverOptions) {
    this.#subscription = subscription;
    this.#options = options;
  }

  set listener(listener: RebalanceListener) {
    this.#listener = listener;
  }

  /** Who has to end work on partitions before they go; undefined if nobody does. */
  set work(work: WorkInProgress | undefined) {
    this.#work = work;
  }

  takeCallbackError(): unknown {
    const error = this.#callbackError;
    this.#callbackError = undefined;
    return error;
  }

  /** Before JoinGroup. */
  async beforeJoin(generationLost: boolean): Promise<void> {
    this.#options.metrics?.rebalances.began();
    if (generationLost) return this.loseAll();
    const all = [...this.#subscription.assigned];
    const isCooperative = this.#options.protocol === 'cooperative';
    const leaving = isCooperative ? all.filter(({ topic }) => !this.#subscription.topics.has(topic)) : all;
    await this.#finishWork(leaving);
    await this.#options.autoCommit(all);
    await this.#revoke(leaving);
  }

  /** After SyncGroup. @returns whether partitions were given up, so that the member has to join again (KIP-429) */
  async afterSync(assigned: readonly TopicPartition[]): Promise<boolean> {
    const { metrics } = this.#options;
    const fromMs = metrics?.clock.monotonicMs() ?? 0;
    const gaveUp = await this.#takeOver(assigned);
    metrics?.rebalances.ended(fromMs);
    return gaveUp;
  }

  async #takeOver(assigned: readonly TopicPartition[]): Promise<boolean> {
    const keys = new Set(assigned.map(({ topic, partition }) => partitionKey(topic, partition)));
    const leaving = [...this.#subscription.assigned].filter(({ key }) => !keys.has(key));
    await this.#finishWork(leaving);
    if (leaving.length > 0) await this.#options.autoCommit(leaving);
    await this.#revoke(leaving);
    const added = this.#subscription.replaceAssignment(assigned);
    await this.#call('assigned', () => this.#listener.onPartitionsAssigned?.(added.map(asTopicPartition)));
    for (const partition of added) partition.isAnnounced = true;
    this.#options.onAssignmentChanged();
    return leaving.length > 0;
  }

  /** Close and unsubscribe. */
  async revokeAll(): Promise<void> {
    const all = [...this.#subscription.assigned];
    await this.#finishWork(all);
    await this.#options.autoCommit(all);
    await this.#revoke(all);
  }

  async loseAll(): Promise<void> {
    const lost = [...this.#subscription.assigned];
    if (lost.length === 0) return;
    this.#options.logger.warn('partitions lost: the group has moved on without this consumer', {
      partitions: lost.map(({ key }) => key),
    });
    for (const partition of lost) partition.isRevoking = true;
    this.#work?.abandon(lost);
    await this.#call('lost', () => this.#tellLost(lost.map(asTopicPartition)));
    this.#subscription.replaceAssignment([]);
    this.#options.onAssignmentChanged();
  }

  /** Nothing more is handed out of these; what has been is finished, so that the commit that follows covers it. */
  async #finishWork(leaving: readonly AssignedPartition[]): Promise<void> {
    if (leaving.length === 0) return;
    for (const partition of leaving) partition.isRevoking = true;
    await this.#work?.finish(leaving);
  }

  #tellLost(partitions: readonly TopicPartition[]): void | Promise<void> | undefined {
    if (this.#listener.onPartitionsLost !== undefined) return this.#listener.onPartitionsLost(partitions);
    return this.#listener.onPartitionsRevoked?.(partitions);
  }

  async #revoke(leaving: readonly AssignedPartition[]): Promise<void> {
    if (leaving.length === 0) return;
    for (const partition of leaving) partition.isRevoking = true;
    await this.#call('revoked', () => this.#listener.onPartitionsRevoked?.(leaving.map(asTopicPartition)));
    const left = new Set(leaving);
    this.#subscription.replaceAssignment(
      [...this.#subscription.assigned].filter((partition) => !left.has(partition)),
    );
    this.#options.onAssignmentChanged();
  }

  /** The first error is the one that is told; later steps run all the same. */
  async #call(kind: TimedCallback, callback: () => void | Promise<void> | undefined): Promise<void> {
    const run = async () => {
      try {
        await callback();
      } catch (error) {
        this.#callbackError ??= error;
      }
    };
    const { metrics } = this.#options;
    if (metrics === undefined) await run();
    else await metrics.rebalances.timed(kind, run);
  }
}

function asTopicPartition({ topic, partition }: TopicPartition): TopicPartition {
  return { topic, partition };
}
