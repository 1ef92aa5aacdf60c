import type { SocketAddress } from '@millrace/host';
import type { LeaderProgress } from './leader-progress.ts';
import type { ReplicaKey, VoterSet } from './voter-set.ts';

/** The answers to one round of requests for votes. */
export class VoteCount {
  readonly granted: Set<number>;
  readonly rejected = new Set<number>();

  constructor(ownId: number) {
    this.granted = new Set([ownId]);
  }

  /** The last answer of a voter counts: one that still heard the leader may grant a pre-vote a moment later. */
  answered(voterId: number, isGranted: boolean): void {
    const [now, before] = isGranted ? [this.granted, this.rejected] : [this.rejected, this.granted];
    now.add(voterId);
    before.delete(voterId);
  }

  hasWon({ voters, majority }: VoterSet): boolean {
    return voters.filter(({ id }) => this.granted.has(id)).length >= majority;
  }

  hasLost({ voters, majority }: VoterSet): boolean {
    return voters.filter(({ id }) => !this.rejected.has(id)).length < majority;
  }
}

/** Deadlines are times of the monotonic clock, `Infinity` where nothing is to be done. */
export interface UnattachedRole {
  readonly name: 'unattached';
  deadlineMs: number;
}

export interface ProspectiveRole {
  readonly name: 'prospective';
  readonly votes: VoteCount;
  /** Of the leader that this node no longer hears. */
  readonly leaderEndpoint: SocketAddress | undefined;
  deadlineMs: number;
}

export interface CandidateRole {
  readonly name: 'candidate';
  readonly votes: VoteCount;
  deadlineMs: number;
}

export interface FollowerRole {
  readonly name: 'follower';
  readonly leaderId: number;
  readonly leaderEndpoint: SocketAddress;
  /** Whether this leader has ever answered a fetch. */
  hasFetched: boolean;
  /** It has resigned: what still comes from it is of before. */
  isOver: boolean;
  deadlineMs: number;
}

export interface LeaderRole {
  readonly name: 'leader';
  readonly progress: LeaderProgress;
  readonly grantedBy: readonly ReplicaKey[];
  /** When to tell voters that are not heard of the epoch again. */
  announceMs: number;
}

export interface ResignedRole {
  readonly name: 'resigned';
  deadlineMs: number;
}

export type QuorumRole =
  | UnattachedRole
  | ProspectiveRole
  | CandidateRole
  | FollowerRole
  | LeaderRole
  | ResignedRole;

/** What other nodes are to be asked or told. Holds as long as the role is the same object. */
export type QuorumEffect =
  | { readonly kind: 'ask-for-votes'; readonly role: ProspectiveRole | CandidateRole }
  | { readonly kind: 'elected'; readonly role: LeaderRole }
  | { readonly kind: 'announce'; readonly role: LeaderRole; readonly voters: readonly ReplicaKey[] }
  | { readonly kind: 'lost-leadership' }
  | { readonly kind: 'end-epoch'; readonly epoch: number; readonly successors: readonly ReplicaKey[] };
