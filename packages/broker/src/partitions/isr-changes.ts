import type { Host, Logger, Timer } from '@millrace/host';
import type { KafkaErrorName } from '@millrace/protocol';
import type { CommittedIsr, IsrChange } from '@millrace/replication';
import { messageOf } from '../errors.ts';
import type { LeaderPartition } from './leader-partition.ts';

/** What a leader wants of the controller for one partition. */
export interface AlterPartitionItem {
  readonly topic: string;
  readonly topicId: string;
  readonly index: number;
  readonly change: IsrChange;
}

/** The partition as it is now, or why it was not changed. */
export type AlterPartitionResult = CommittedIsr | { readonly error: KafkaErrorName };

/** The way to the active controller. */
export interface AlterPartitionSender {
  /**
   * One request for all of them.
   * @returns one result for each, in the same order
   * @throws where there is no answer: each may have been applied or not
   */
  alterPartition(items: readonly AlterPartitionItem[]): Promise<readonly AlterPartitionResult[]>;
}

interface Pending {
  readonly partition: LeaderPartition;
  readonly change: IsrChange;
}

const RETRY_BACKOFF_MS = 50;

/**
 * Changes of in-sync replicas, from the leaders on this node to the controller: one scan of all partitions for those
 * that are out of sync, and one request at a time with everything that has come up meanwhile.
 */
export class IsrChanges {
  readonly #host: Host;
  readonly #logger: Logger;
  readonly #sender: AlterPartitionSender;
  readonly #leaders: () => Iterable<LeaderPartition>;
  readonly #maxLagMs: () => number;
  #queue: Pending[] = [];
  #isSending = false;
  #isClosed = false;
  #scanTimer: Timer | undefined;
  #retryTimer: Timer | undefined;
  shrinks = 0;
  expands = 0;
  failedUpdates = 0;

  constructor(options: {
    readonly host: Host;
    readonly logger: Logger;
    readonly sender: AlterPartitionSender;
    readonly leaders: () => Iterable<LeaderPartition>;
    /** `replica.lag.time.max.ms` */
    readonly maxLagMs: () => number;
  }) {
    this.#host = options.host;
    this.#logger = options.logger;
    this.#sender = options.sender;
    this.#leaders = options.leaders;
    this.#maxLagMs = options.maxLagMs;
  }

  /** Looks for followers that are out of sync each half lag period from now on. */
  start(): void {
    if (this.#isClosed || this.#scanTimer !== undefined) return;
    const scan = (): void => {
      this.#scanTimer = undefined;
      this.scan();
      this.start();
    };
    this.#scanTimer = this.#host.timers.schedule(this.#maxLagMs() / 2, scan, { background: true });
  }

  scan(): void {
    const nowMs = this.#host.clock.monotonicMs();
    for (const partition of this.#leaders()) {
      if (partition.state.followers.length === 0) continue;
      const change = partition.state.proposeShrink(nowMs);
      if (change !== undefined) this.submit(partition, change);
    }
    this.expandAll();
  }

  /** Something has changed: who has caught up by a fetch from before may join now, and is not going to ask again. */
  expandAll(): void {
    this.expand(this.#leaders());
  }

  /** The same for some of them. */
  expand(partitions: Iterable<LeaderPartition>): void {
    for (const partition of partitions) this.#expand(partition);
  }

  #expand(partition: LeaderPartition): void {
    if (!partition.state.isUnderReplicated) return;
    // A follower that was waited for, since it was about to join, may be gone.
    partition.review();
    for (const { replicaId } of partition.state.followers) {
      const change = partition.state.proposeExpand(replicaId);
      if (change !== undefined) this.submit(partition, change);
    }
  }

  /** The change is pending in the state of the leader. */
  submit(partition: LeaderPartition, change: IsrChange): void {
    if (this.#isClosed) return;
    this.#queue.push({ partition, change });
    if (!this.#isSending && this.#retryTimer === undefined) void this.#send();
  }

  close(): void {
    this.#isClosed = true;
    this.#scanTimer?.cancel();
    this.#retryTimer?.cancel();
    this.#queue = [];
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    // What other fetches of this turn bring up goes with the same request.
    await new Promise<void>((resolve) => this.#host.timers.defer(resolve));
    while (this.#queue.length > 0 && this.#retryTimer === undefined && !this.#isClosed) {
      const sent = this.#queue.filter(({ partition, change }) => isCurrent(partition, change));
      this.#queue = [];
      if (sent.length > 0) await this.#sendAll(sent);
    }
    this.#isSending = false;
  }

  async #sendAll(sent: readonly Pending[]): Promise<void> {
    try {
      const results = await this.#sender.alterPartition(
        sent.map(({ partition: { topic, topicId, index }, change }) => ({ topic, topicId, index, change })),
      );
      for (const [at, pending] of sent.entries()) this.#onResult(pending, results[at]!);
    } catch (error) {
      this.failedUpdates++;
      this.#logger.warn('The controller did not answer to a change of in-sync replicas; it is sent again', {
        partitions: sent.length,
        error: messageOf(error),
      });
      for (const pending of sent) this.#retry(pending);
    }
  }

  #onResult(pending: Pending, result: AlterPartitionResult): void {
    const { partition, change } = pending;
    const { topic, index } = partition;
    const outcome = partition.onIsrChangeResult(change, result);
    if (outcome === 'retry') this.#retry(pending);
    if ('error' in result) {
      this.failedUpdates++;
      const fields = { topic, partition: index, change: change.type, error: result.error, outcome };
      this.#logger.info('The controller did not change the in-sync replicas', fields);
    } else {
      // Applied, even where metadata has said so before the answer did.
      if (change.type === 'shrink') this.shrinks++;
      else this.expands++;
      const { inSyncReplicas } = partition.state;
      this.#logger.info('In-sync replicas changed', {
        topic,
        partition: index,
        change: change.type,
        inSyncReplicas,
      });
    }
    // One at a time: somebody else may have caught up meanwhile.
    if (outcome === 'committed') this.#expand(partition);
  }

  #retry(pending: Pending): void {
    if (this.#isClosed) return;
    this.#queue.push(pending);
    if (this.#retryTimer !== undefined) return;
    const send = (): void => {
      this.#retryTimer = undefined;
      if (!this.#isSending) void this.#send();
    };
    this.#retryTimer = this.#host.timers.schedule(RETRY_BACKOFF_MS, send, { background: true });
  }
}

/** Metadata may have overtaken it, or somebody else leads. */
function isCurrent(partition: LeaderPartition, change: IsrChange): boolean {
  return !partition.isRetired && partition.state.pending === change;
}
