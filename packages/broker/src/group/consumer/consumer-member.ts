import { type AssignedPartitions, NOTHING_ASSIGNED } from './topic-partitions.ts';

/** What a member has told about itself; kept in ConsumerGroupMemberMetadata records. */
export interface MemberMetadata {
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  /** Without repetition, in alphabetical order. */
  readonly topicNames: readonly string[];
  /** Empty for a member that subscribes by name only. */
  readonly topicRegex: string;
  readonly rebalanceTimeoutMs: number;
  /** The server-side assignor it prefers; null leaves it to the others and to the broker. */
  readonly serverAssignor: string | null;
  /** Set for members that speak JoinGroup and SyncGroup. */
  readonly classic: ClassicMetadata | null;
}

export interface ClassicMetadata {
  readonly sessionTimeoutMs: number;
  /** Assignors with their ConsumerProtocolSubscription, the preferred one first. */
  readonly protocols: readonly { readonly name: string; readonly metadata: Buffer }[];
}

/**
 * How far a member is with its assignment, by Kafka's numbers in records:
 *
 * - `stable`: it has what the target assignment of its epoch gives it
 * - `unrevoked`: it has to give up partitions before it may move on
 * - `unreleased`: it waits for partitions that others have not given up yet
 */
export const MemberState = { stable: 0, unrevoked: 1, unreleased: 2 } as const;
export type MemberState = (typeof MemberState)[keyof typeof MemberState];

/** Where a member is on its way to the target; kept in ConsumerGroupCurrentMemberAssignment records. */
export interface CurrentAssignment {
  readonly state: MemberState;
  /** The epoch the member has been told; 0 before the first, `STATIC_LEAVE_EPOCH` while a static member is away. */
  readonly memberEpoch: number;
  /** The epoch before: still accepted from a member whose last answer was lost. */
  readonly previousMemberEpoch: number;
  readonly assigned: AssignedPartitions;
  readonly pendingRevocation: AssignedPartitions;
}

export interface ConsumerMember {
  readonly memberId: string;
  readonly metadata: MemberMetadata;
  readonly current: CurrentAssignment;
}

/** Member epoch by which a member joins. */
export const JOIN_EPOCH = 0;
/** Member epoch by which a member leaves for good. */
export const LEAVE_EPOCH = -1;
/** Member epoch by which a static member leaves for a while. */
export const STATIC_LEAVE_EPOCH = -2;

export const NEW_MEMBER_METADATA: MemberMetadata = {
  instanceId: null,
  rackId: null,
  clientId: '',
  clientHost: '',
  topicNames: [],
  topicRegex: '',
  rebalanceTimeoutMs: -1,
  serverAssignor: null,
  classic: null,
};

export const NEW_ASSIGNMENT: CurrentAssignment = {
  state: MemberState.stable,
  memberEpoch: JOIN_EPOCH,
  previousMemberEpoch: JOIN_EPOCH,
  assigned: NOTHING_ASSIGNED,
  pendingRevocation: NOTHING_ASSIGNED,
};

/** Has the member arrived at the target assignment of this epoch? */
export function isReconciledTo({ current }: ConsumerMember, assignmentEpoch: number): boolean {
  return current.state === MemberState.stable && current.memberEpoch === assignmentEpoch;
}
