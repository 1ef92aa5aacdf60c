import type { Disk } from '@millrace/host';
import { writeQuorumState, type ElectionState } from './quorum-state-file.ts';
import type { VoterHistory } from './voter-history.ts';
import type { ReplicaKey, VoterSet } from './voter-set.ts';

/**
 * The decisions that the safety of the quorum hangs on, each by itself, so that the simulation can show that it notices
 * when one of them is wrong.
 */
export interface QuorumRules {
  /** Whose votes and fetches decide now: those in the newest record, whether or not it is committed. */
  votersInEffect(history: VoterHistory, highWatermark: number): VoterSet;
  /** Whose logs count for the high watermark: a leader that is being removed is not among them. */
  countedVoters(voters: VoterSet, leader: ReplicaKey): readonly ReplicaKey[];
  /** One change of the voters at a time: two may make two majorities without a common member. */
  mayChangeVoters(lastChangeOffset: number, highWatermark: number): boolean;
  /** A record of an earlier epoch is committed only by one of this epoch after it (section 5.4.2 of Raft). */
  mayCommit(offset: number, epochStartOffset: number): boolean;
  /** Durable when it resolves; nothing that rests on it leaves this node before. */
  saveElection(
    disk: Disk,
    directory: string,
    state: ElectionState,
    form: { readonly kraftVersion: number; readonly voterIds: readonly number[] },
  ): Promise<void>;
}

export const quorumRules: QuorumRules = {
  votersInEffect: ({ voters }) => voters.latest,
  countedVoters: ({ voters }) => voters,
  mayChangeVoters: (lastChangeOffset, highWatermark) => lastChangeOffset < highWatermark,
  mayCommit: (offset, epochStartOffset) => offset > epochStartOffset,
  saveElection: writeQuorumState,
};
