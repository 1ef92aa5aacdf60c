import { NO_PARTITIONS, type TopicPartitions } from '../consumer/topic-partitions.ts';

/** What a member has told about itself; kept in ShareGroupMemberMetadata records. */
export interface ShareMemberMetadata {
  readonly rackId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  /** Without repetition, in alphabetical order. */
  readonly topicNames: readonly string[];
}

/** What a member was told to read; kept in ShareGroupCurrentMemberAssignment records. */
export interface ShareAssignment {
  readonly memberEpoch: number;
  /** The epoch before: still accepted from a member whose last answer was lost. */
  readonly previousMemberEpoch: number;
  readonly partitions: TopicPartitions;
}

export interface ShareMember {
  readonly memberId: string;
  readonly metadata: ShareMemberMetadata;
  readonly current: ShareAssignment;
}

/** Member epoch by which a member joins. */
export const JOIN_EPOCH = 0;
/** Member epoch by which a member leaves. */
export const LEAVE_EPOCH = -1;

export const NEW_SHARE_MEMBER: ShareMemberMetadata = {
  rackId: null,
  clientId: '',
  clientHost: '',
  topicNames: [],
};

export const NEW_SHARE_ASSIGNMENT: ShareAssignment = {
  memberEpoch: JOIN_EPOCH,
  previousMemberEpoch: JOIN_EPOCH,
  partitions: NO_PARTITIONS,
};
