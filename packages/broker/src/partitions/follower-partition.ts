import type { FollowedPartition } from '@millrace/replication';
import { HostedReplica, type HostedReplicaOptions } from './hosted-replica.ts';

/** A partition that another node leads, or nobody, and of which this node keeps a copy. */
export class FollowerPartition extends HostedReplica implements FollowedPartition {
  /** -1: nobody leads it. */
  readonly leaderId: number;
  readonly #leaderEpoch: number;
  /** The leader was elected though others may have had more: what was committed may be cut off here. */
  readonly isRecovering: boolean;

  constructor(
    options: HostedReplicaOptions & {
      readonly leaderId: number;
      readonly leaderEpoch: number;
      readonly isRecovering?: boolean;
    },
  ) {
    super(options);
    this.leaderId = options.leaderId;
    this.#leaderEpoch = options.leaderEpoch;
    this.isRecovering = options.isRecovering ?? false;
  }

  override get leaderEpoch(): number {
    return this.#leaderEpoch;
  }

  onAppended(sizeBytes: number): void {
    this.bytes.onAppended(this.log.logEndOffset, sizeBytes);
    this.traffic.replicatedBytesIn += sizeBytes;
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
