/** A member of the ISR as the leader proposes it (KIP-903). */
export interface IsrMember {
  readonly brokerId: number;
  /** -1: not known, the controller does not compare it. */
  readonly brokerEpoch: number;
}

/** What a leader asks of the controller by AlterPartition. Compared by identity: an answer belongs to one of these. */
export interface IsrChange {
  readonly type: 'expand' | 'shrink';
  readonly leaderEpoch: number;
  /** The change applies only to the partition as it is in this epoch. */
  readonly partitionEpoch: number;
  readonly inSyncReplicas: readonly IsrMember[];
}

/** A partition as the controller has committed it. */
export interface CommittedIsr {
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly inSyncReplicas: readonly number[];
}

/** The controller's answer for one partition, or why there is none. */
export type IsrChangeResult = CommittedIsr | { readonly error: string };

/** What the leader does about an answer. `retry`: send the same change again. */
export type IsrChangeOutcome = 'committed' | 'takenBack' | 'waitsForMetadata' | 'stale' | 'retry';

/**
 * These prove that the request was not applied and never will be: the controller compared the partition epoch before
 * it said no, and epochs only rise.
 */
export const provesNotApplied: ReadonlySet<string> = new Set([
  'OPERATION_NOT_ATTEMPTED',
  'INELIGIBLE_REPLICA',
]);

/** These say that this leader's view is old; it may be that the change was applied. The metadata log will tell. */
export const waitsForMetadata: ReadonlySet<string> = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'UNKNOWN_TOPIC_ID',
  'FENCED_LEADER_EPOCH',
  'INVALID_UPDATE_VERSION',
  'INVALID_REQUEST',
  'NEW_LEADER_ELECTED',
]);
