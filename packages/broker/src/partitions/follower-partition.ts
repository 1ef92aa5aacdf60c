import type { FollowedPartition } from '@millrace/replication';
import { isThrottledReplica, type ReplicationThrottle } from './replication-throttle.ts';
import { HostedReplica, type HostedReplicaOptions } from './hosted-replica.ts';

/** A partition that another node leads, or nobody, and of which this node keeps a copy. */
export class FollowerPartition extends HostedReplica implements FollowedPartition {
  /** -1: nobody leads it. */
  readonly leaderId: number;
  readonly #leaderEpoch: number;
  readonly #nodeId: number;
  readonly #throttle: ReplicationThrottle | undefined;
  /** The leader was elected though others may have had more: what was committed may be cut off here. */
  readonly isRecovering: boolean;

  constructor(
    options: HostedReplicaOptions & {
      readonly leaderId: number;
      readonly leaderEpoch: number;
      readonly isRecovering?: boolean;
      readonly nodeId: number;
      /** Of this node. Default: none. */
      readonly throttle?: ReplicationThrottle | undefined;
    },
  ) {
    super(options);
    this.leaderId = options.leaderId;
    this.#leaderEpoch = options.leaderEpoch;
    this.isRecovering = options.isRecovering ?? false;
    this.#nodeId = options.nodeId;
    this.#throttle = options.throttle;
  }

  override get leaderEpoch(): number {
    return this.#leaderEpoch;
  }

  onAppended(sizeBytes: number): void {
    this.bytes.onAppended(this.log.logEndOffset, sizeBytes);
    this.traffic.replicatedBytesIn += sizeBytes;
    if (this.#isThrottled) this.#throttle?.record(sizeBytes);
  }

  /** How long not to ask for more of what it lacks (KIP-73). */
  get pauseMs(): number {
    return this.#isThrottled ? (this.#throttle?.waitMs ?? 0) : 0;
  }

  get #isThrottled(): boolean {
    const { 'follower.replication.throttled.replicas': throttled } = this.log.config;
    return isThrottledReplica(throttled, this.index, this.#nodeId);
  }

  /** What the leader says, as far as this replica has it. */
  onHighWatermark(leaderHighWatermark: number): void {
    const before = this.log.highWatermark;
    this.log.updateHighWatermark(leaderHighWatermark);
    const { highWatermark } = this.log;
    if (highWatermark === before) return;
    this.bytes.onHighWatermark(highWatermark);
    this.notify();
  }
}
