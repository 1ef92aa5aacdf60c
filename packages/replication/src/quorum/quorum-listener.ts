import type { SocketAddress } from '@millrace/host';

/** Who leads, as far as this node knows. */
export interface QuorumLeader {
  /** -1: nobody is known. */
  readonly leaderId: number;
  readonly epoch: number;
  /** Where it listens, if that is known. */
  readonly endpoint?: SocketAddress;
}

/** The state of everything before `endOffset`. */
export interface QuorumSnapshot {
  /** First offset that is not in it. */
  readonly endOffset: number;
  /** Of the last record in it. */
  readonly epoch: number;
  readonly path: string;
  /** The whole file: header, batches of records, footer. */
  readonly bytes: Buffer;
}

/** What a node makes of the metadata log. What it throws stops the quorum on this node. */
export interface QuorumListener {
  /**
   * Committed batches, control batches too, in the order of their offsets, each once. The next ones come after the
   * promise. The buffer must not be changed, nor kept.
   */
  onCommitted(batches: Buffer): void | Promise<void>;
  /** Replaces the state: at the start, and on a follower that was too far behind. */
  onSnapshot(snapshot: QuorumSnapshot): void | Promise<void>;
  /**
   * Another leader, or none, or another epoch. That this node itself leads is told only when everything before the
   * first record of its epoch has gone through `onCommitted`; that it no longer leads, at once.
   */
  onLeaderChange(leader: QuorumLeader): void;
}
