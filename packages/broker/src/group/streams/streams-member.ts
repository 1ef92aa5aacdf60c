import { type AssignedTasks, NO_ASSIGNED_TASKS } from './tasks.ts';

/** Where the other instances of an application reach this one (interactive queries). */
export interface UserEndpoint {
  readonly host: string;
  readonly port: number;
}

export interface ClientTag {
  readonly key: string;
  readonly value: string;
}

/** What a member has told about itself; kept in StreamsGroupMemberMetadata records. */
export interface StreamsMemberMetadata {
  readonly rackId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly rebalanceTimeoutMs: number;
  readonly topologyEpoch: number;
  /** The process that the member, which is a thread, runs in: its members share their state on disk. */
  readonly processId: string;
  readonly userEndpoint: UserEndpoint | null;
  /** In the order of their keys. */
  readonly clientTags: readonly ClientTag[];
}

/**
 * How far a member is with its assignment, by Kafka's numbers in records:
 *
 * - `stable`: it has what the target assignment of its epoch gives it
 * - `unrevoked`: it has to give up tasks before it may move on
 * - `unreleased`: it waits for tasks that others have not given up yet
 */
export const StreamsMemberState = { stable: 1, unrevoked: 2, unreleased: 3 } as const;
export type StreamsMemberState = (typeof StreamsMemberState)[keyof typeof StreamsMemberState];

/** Where a member is on its way to the target; kept in StreamsGroupCurrentMemberAssignment records. */
export interface StreamsAssignment {
  readonly state: StreamsMemberState;
  readonly memberEpoch: number;
  /** The epoch before: still accepted from a member whose last answer was lost. */
  readonly previousMemberEpoch: number;
  readonly assigned: AssignedTasks;
  readonly pendingRevocation: AssignedTasks;
}

export interface StreamsMember {
  readonly memberId: string;
  readonly metadata: StreamsMemberMetadata;
  readonly current: StreamsAssignment;
}

/** Member epoch by which a member joins. */
export const JOIN_EPOCH = 0;
/** Member epochs by which a member leaves; there are no static members to come back after the second. */
export const LEAVE_EPOCH = -1;
export const STATIC_LEAVE_EPOCH = -2;

export const NEW_STREAMS_MEMBER: StreamsMemberMetadata = {
  rackId: null,
  clientId: '',
  clientHost: '',
  rebalanceTimeoutMs: -1,
  topologyEpoch: -1,
  processId: '',
  userEndpoint: null,
  clientTags: [],
};

export const NEW_STREAMS_ASSIGNMENT: StreamsAssignment = {
  state: StreamsMemberState.stable,
  memberEpoch: JOIN_EPOCH,
  previousMemberEpoch: JOIN_EPOCH,
  assigned: NO_ASSIGNED_TASKS,
  pendingRevocation: NO_ASSIGNED_TASKS,
};

/** Has the member arrived at the target assignment of this epoch? */
export function isReconciledTo({ state, memberEpoch }: StreamsAssignment, assignmentEpoch: number): boolean {
  return state === StreamsMemberState.stable && memberEpoch === assignmentEpoch;
}

/** Has the member said nothing new? */
export function sameStreamsMember(a: StreamsMemberMetadata, b: StreamsMemberMetadata): boolean {
  return (
    a.rackId === b.rackId &&
    a.clientId === b.clientId &&
    a.clientHost === b.clientHost &&
    a.rebalanceTimeoutMs === b.rebalanceTimeoutMs &&
    a.topologyEpoch === b.topologyEpoch &&
    a.processId === b.processId &&
    a.userEndpoint?.host === b.userEndpoint?.host &&
    a.userEndpoint?.port === b.userEndpoint?.port &&
    a.clientTags.length === b.clientTags.length &&
    a.clientTags.every(
      ({ key, value }, at) => key === b.clientTags[at]!.key && value === b.clientTags[at]!.value,
    )
  );
}
