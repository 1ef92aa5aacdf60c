import {
  provesNotApplied,
  waitsForMetadata,
  type CommittedIsr,
  type IsrChange,
  type IsrChangeOutcome,
  type IsrChangeResult,
} from './isr-change.ts';
import { ReplicaProgress, UNKNOWN_OFFSET, type FollowerFetch } from './replica-progress.ts';

/** A partition as metadata says it is. */
export interface ReplicatedPartition extends CommittedIsr {
  /** All replicas, this node included. */
  readonly replicas: readonly number[];
}

/** What the leader asks about other nodes, of the newest metadata. */
export interface ReplicaNodes {
  /** May it be part of an ISR: registered, not fenced, not in controlled shutdown? */
  isEligible(brokerId: number): boolean;
  /** Registered and not fenced. */
  isAlive(brokerId: number): boolean;
  /** Epoch of its registration; -1 for an unknown one. */
  epochOf(brokerId: number): number;
}

/** For `LeaderState`. */
export interface LeaderStateOptions {
  readonly nodeId: number;
  readonly partition: ReplicatedPartition;
  readonly nodes: ReplicaNodes;
  /** Where this node's log ended when it became leader. */
  readonly logEndOffset: number;
  /** As far as this node knew before; the leader before may have been further. */
  readonly highWatermark: number;
  /** `min.insync.replicas` */
  readonly minInSyncReplicas: number;
  /** `replica.lag.time.max.ms` */
  readonly maxLagMs: number;
  readonly nowMs: number;
}

/**
 * What the leader of a partition knows of its replicas: who is in sync, and up to where everything is committed. Pure:
 * time, log end and metadata are passed in.
 *
 * The high watermark counts the *maximal* ISR: members that the leader has asked to add count at once, members that it
 * has asked to remove count until the controller has agreed. So whatever of both the controller decides, each member of
 * its ISR has everything below the high watermark, and may become leader (KIP-497).
 */
export class LeaderState {
  readonly nodeId: number;
  maxLagMs: number;
  #minInSyncReplicas: number;
  readonly #nodes: ReplicaNodes;
  #replicas: readonly number[];
  #followers: ReplicaProgress[];
  #committed: CommittedIsr;
  #pending: IsrChange | undefined;
  #maximalIsr: readonly number[];
  #highWatermark: number;
  #leaderEndOffset: number;
  #leaderEpochStartOffset: number;

  constructor(options: LeaderStateOptions) {
    const { nodeId, partition, nowMs } = options;
    this.nodeId = nodeId;
    this.#minInSyncReplicas = options.minInSyncReplicas;
    this.maxLagMs = options.maxLagMs;
    this.#nodes = options.nodes;
    this.#replicas = partition.replicas;
    this.#committed = partition;
    this.#maximalIsr = partition.inSyncReplicas;
    this.#highWatermark = options.highWatermark;
    this.#leaderEndOffset = options.logEndOffset;
    this.#leaderEpochStartOffset = options.logEndOffset;
    this.#followers = this.#newFollowers(partition, nowMs);
    this.#raiseHighWatermark(nowMs);
  }

  get leaderEpoch(): number {
    return this.#committed.leaderEpoch;
  }

  get partitionEpoch(): number {
    return this.#committed.partitionEpoch;
  }

  get replicas(): readonly number[] {
    return this.#replicas;
  }

  /** As the controller has committed it. */
  get inSyncReplicas(): readonly number[] {
    return this.#committed.inSyncReplicas;
  }

  /** Who must have a record before it is committed. */
  get maximalInSyncReplicas(): readonly number[] {
    return this.#maximalIsr;
  }

  /** What was asked of the controller and is not answered. */
  get pending(): IsrChange | undefined {
    return this.#pending;
  }

  /** Everything below is committed. Never falls. */
  get highWatermark(): number {
    return this.#highWatermark;
  }

  /** End of what this node's log has acknowledged. */
  get leaderEndOffset(): number {
    return this.#leaderEndOffset;
  }

  /**
   * Where the log ended when this epoch began. Until the high watermark is there, this leader does not know how much of
   * what it has was committed by the leader before.
   */
  get leaderEpochStartOffset(): number {
    return this.#leaderEpochStartOffset;
  }

  get followers(): readonly ReplicaProgress[] {
    return this.#followers;
  }

  /** `min.insync.replicas`, but never more than there are replicas. */
  get effectiveMinInSyncReplicas(): number {
    return Math.min(this.#minInSyncReplicas, this.#replicas.length);
  }

  get isUnderMinInSyncReplicas(): boolean {
    return this.#committed.inSyncReplicas.length < this.effectiveMinInSyncReplicas;
  }

  /** Fewer in the ISR than there are replicas. */
  get isUnderReplicated(): boolean {
    return this.#committed.inSyncReplicas.length < this.#replicas.length;
  }

  /** Are there so few left that what was committed may not be safe? Asked when acks=all is answered. */
  get hasTooFewMaximalReplicas(): boolean {
    return this.#maximalIsr.length < this.effectiveMinInSyncReplicas;
  }

  progressOf(replicaId: number): ReplicaProgress | undefined {
    return this.#followers.find((follower) => follower.replicaId === replicaId);
  }

  /** The configuration has changed. @returns whether the high watermark rose */
  setMinInSyncReplicas(minInSyncReplicas: number, nowMs: number): boolean {
    this.#minInSyncReplicas = minInSyncReplicas;
    return this.#raiseHighWatermark(nowMs);
  }

  /** The leader's log has grown. @returns whether the high watermark rose */
  onAppended(leaderEndOffset: number, nowMs: number): boolean {
    if (leaderEndOffset <= this.#leaderEndOffset) return false;
    for (const follower of this.#followers) follower.onLeaderGrows(this.#leaderEndOffset);
    this.#leaderEndOffset = leaderEndOffset;
    return this.#raiseHighWatermark(nowMs);
  }

  /**
   * A follower of the assignment has fetched, within this leader epoch.
   * @returns whether the high watermark rose; `undefined` where the fetch is of an incarnation that is no more: its
   * progress says nothing about the one that is there now, whose log may be empty
   */
  onFetch(fetch: FollowerFetch): boolean | undefined {
    const follower = this.progressOf(fetch.replicaId);
    if (follower === undefined) return undefined;
    if (fetch.brokerEpoch !== -1 && fetch.brokerEpoch < this.#nodes.epochOf(fetch.replicaId))
      return undefined;
    const { logEndOffset } = follower;
    follower.onFetch(fetch);
    return logEndOffset !== fetch.fetchOffset && this.#raiseHighWatermark(fetch.nowMs);
  }

  /**
   * Metadata of this leader. Older news than what is known are ignored; newer ones end what was asked meanwhile.
   * @returns whether the high watermark rose
   */
  onMetadata(partition: ReplicatedPartition, leaderEndOffset: number, nowMs: number): boolean {
    if (partition.partitionEpoch < this.#committed.partitionEpoch) return false;
    const isNewEpoch = partition.leaderEpoch > this.#committed.leaderEpoch;
    if (partition.partitionEpoch === this.#committed.partitionEpoch && !isNewEpoch) return false;
    this.#replicas = partition.replicas;
    this.#leaderEndOffset = leaderEndOffset;
    this.#followers = this.#newFollowers(partition, nowMs);
    if (isNewEpoch) this.#beginEpoch(partition, leaderEndOffset, nowMs);
    this.#commit(partition);
    return this.#raiseHighWatermark(nowMs);
  }

  /** Members that are out of sync, all at once. The change is pending from now on; `undefined` if there is nothing. */
  proposeShrink(nowMs: number): IsrChange | undefined {
    if (this.#pending !== undefined || this.#maximalIsr.length <= 1) return undefined;
    const isIn = (id: number) => id === this.nodeId || this.#isCaughtUp(id, nowMs);
    const inSync = this.#committed.inSyncReplicas.filter(isIn);
    if (inSync.length === this.#committed.inSyncReplicas.length) return undefined;
    return this.#propose('shrink', inSync);
  }

  /** A follower that has come back. The change is pending from now on; `undefined` if it may not join. */
  proposeExpand(replicaId: number): IsrChange | undefined {
    if (this.#pending !== undefined || this.#maximalIsr.includes(replicaId)) return undefined;
    const follower = this.progressOf(replicaId);
    if (follower === undefined || !this.#mayJoin(follower)) return undefined;
    return this.#propose('expand', [...this.#committed.inSyncReplicas, replicaId]);
  }

  /** The answer to a change that was proposed here, or the error that came in its stead. */
  onIsrChangeResult(change: IsrChange, result: IsrChangeResult, nowMs: number): IsrChangeOutcome {
    if (change !== this.#pending) return 'stale';
    if (!('error' in result)) {
      const { leaderEpoch, partitionEpoch } = this.#committed;
      if (result.leaderEpoch !== leaderEpoch || result.partitionEpoch < partitionEpoch) return 'stale';
      this.#commit(result);
      this.#raiseHighWatermark(nowMs);
      return 'committed';
    }
    if (waitsForMetadata.has(result.error)) return 'waitsForMetadata';
    if (!provesNotApplied.has(result.error)) return 'retry';
    this.#commit(this.#committed);
    this.#raiseHighWatermark(nowMs);
    return 'takenBack';
  }

  /** The smallest log start of this node (given) and the followers that are alive; -1 while one of them is unknown. */
  lowWatermark(logStartOffset: number): number {
    let lowest = logStartOffset;
    for (const { replicaId, logStartOffset: start } of this.#followers) {
      if (start < lowest && this.#nodes.isAlive(replicaId)) lowest = start;
    }
    return lowest;
  }

  #isCaughtUp(replicaId: number, nowMs: number): boolean {
    return this.progressOf(replicaId)?.isCaughtUp(this.#leaderEndOffset, nowMs, this.maxLagMs) ?? false;
  }

  #mayJoin(follower: ReplicaProgress): boolean {
    const { logEndOffset } = follower;
    if (logEndOffset < this.#highWatermark || logEndOffset < this.#leaderEpochStartOffset) return false;
    return this.#isEligible(follower);
  }

  /**
   * A fetch of an older incarnation must not count: 1. A follower fetches to the end. 2. It restarts with an empty
   * disk, is out of the ISR, and registers anew. 3. The leader would let it in by what it had in 1.
   */
  #isEligible({ replicaId, brokerEpoch }: ReplicaProgress): boolean {
    if (!this.#nodes.isEligible(replicaId)) return false;
    return brokerEpoch === -1 || brokerEpoch === this.#nodes.epochOf(replicaId);
  }

  #propose(type: IsrChange['type'], inSyncReplicas: readonly number[]): IsrChange {
    const members = inSyncReplicas.map((brokerId) => ({ brokerId, brokerEpoch: this.#epochFor(brokerId) }));
    const { leaderEpoch, partitionEpoch } = this.#committed;
    this.#pending = { type, leaderEpoch, partitionEpoch, inSyncReplicas: members };
    if (type === 'expand') this.#maximalIsr = inSyncReplicas;
    return this.#pending;
  }

  /** Of a follower that of the incarnation whose progress is known: the controller refuses if it has another. */
  #epochFor(brokerId: number): number {
    if (brokerId === this.nodeId) return this.#nodes.epochOf(brokerId);
    const fetched = this.progressOf(brokerId)?.brokerEpoch ?? -1;
    return fetched === -1 ? this.#nodes.epochOf(brokerId) : fetched;
  }

  #commit({ leaderEpoch, partitionEpoch, inSyncReplicas }: CommittedIsr): void {
    this.#committed = { leaderEpoch, partitionEpoch, inSyncReplicas };
    this.#maximalIsr = inSyncReplicas;
    this.#pending = undefined;
  }

  #beginEpoch({ inSyncReplicas }: CommittedIsr, leaderEndOffset: number, nowMs: number): void {
    this.#leaderEpochStartOffset = leaderEndOffset;
    for (const follower of this.#followers) {
      const caughtUpMs = inSyncReplicas.includes(follower.replicaId) ? nowMs : -Infinity;
      follower.onNewLeaderEpoch(caughtUpMs, leaderEndOffset, nowMs);
    }
  }

  #newFollowers({ replicas, inSyncReplicas }: ReplicatedPartition, nowMs: number): ReplicaProgress[] {
    const known = this.#followers ?? [];
    return replicas
      .filter((id) => id !== this.nodeId)
      .map((id) => {
        const caughtUpMs = inSyncReplicas.includes(id) ? nowMs : -Infinity;
        return known.find(({ replicaId }) => replicaId === id) ?? new ReplicaProgress(id, caughtUpMs);
      });
  }

  /**
   * Up to what everybody has who counts. Not while the ISR is too small: members of the ELR, who have left it, would
   * no longer have everything below the high watermark (KIP-966).
   */
  #raiseHighWatermark(nowMs: number): boolean {
    if (this.isUnderMinInSyncReplicas) return false;
    let highWatermark = this.#leaderEndOffset;
    for (const follower of this.#followers) {
      if (follower.logEndOffset >= highWatermark || !this.#counts(follower, nowMs)) continue;
      if (follower.logEndOffset === UNKNOWN_OFFSET) return false;
      highWatermark = follower.logEndOffset;
    }
    if (highWatermark <= this.#highWatermark) return false;
    this.#highWatermark = highWatermark;
    return true;
  }

  /** A caught-up follower is about to join; waiting for it lets it catch up with a high watermark that would run. */
  #counts(follower: ReplicaProgress, nowMs: number): boolean {
    if (this.#maximalIsr.includes(follower.replicaId)) return true;
    if (follower.logEndOffset === UNKNOWN_OFFSET) return false;
    const isCaughtUp = follower.isCaughtUp(this.#leaderEndOffset, nowMs, this.maxLagMs);
    return isCaughtUp && this.#isEligible(follower);
  }
}
