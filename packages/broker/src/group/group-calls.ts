import type { ConsumerGroupDescribeResponseDescribedGroup } from '@millrace/protocol/messages/consumer-group-describe';
import type {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
} from '@millrace/protocol/messages/consumer-group-heartbeat';
import type { DeleteGroupsResponseDeletableGroupResult } from '@millrace/protocol/messages/delete-groups';
import type { DescribeGroupsResponseDescribedGroup } from '@millrace/protocol/messages/describe-groups';
import type { HeartbeatRequest, HeartbeatResponse } from '@millrace/protocol/messages/heartbeat';
import type { JoinGroupRequest, JoinGroupResponse } from '@millrace/protocol/messages/join-group';
import type { LeaveGroupRequest, LeaveGroupResponse } from '@millrace/protocol/messages/leave-group';
import type { ListGroupsResponseListedGroup } from '@millrace/protocol/messages/list-groups';
import type { OffsetCommitRequest, OffsetCommitResponse } from '@millrace/protocol/messages/offset-commit';
import type { OffsetDeleteRequest, OffsetDeleteResponse } from '@millrace/protocol/messages/offset-delete';
import type {
  TxnOffsetCommitRequest,
  TxnOffsetCommitResponse,
} from '@millrace/protocol/messages/txn-offset-commit';
import type { ShareCall, ShareReplies } from './share/share-calls.ts';
import type { StreamsCall, StreamsReplies } from './streams/streams-calls.ts';
import type { MarkerFrame } from '../coordinator/state-machine.ts';
import type { VerificationGuard } from '../partitions/verification-guard.ts';
import type { SyncGroupRequest, SyncGroupResponse } from '@millrace/protocol/messages/sync-group';

export interface JoinCall {
  readonly api: 'join';
  readonly version: number;
  readonly clientId: string;
  /** As Java prints an address: `/127.0.0.1`. */
  readonly clientHost: string;
  /** Random part of the member id, should one be made: the state machine has no random of its own. */
  readonly memberIdSuffix: string;
  readonly request: JoinGroupRequest;
}

/** ConsumerGroupHeartbeat (KIP-848). */
export interface ConsumerHeartbeatCall {
  readonly api: 'consumerHeartbeat';
  readonly version: number;
  readonly clientId: string;
  /** As Java prints an address: `/127.0.0.1`. */
  readonly clientHost: string;
  /** For a member that does not bring an id of its own. */
  readonly newMemberId: string;
  /** Regular expressions stand for topics that the member may know of, and no others. */
  readonly mayDescribe: (topic: string) => boolean;
  readonly request: ConsumerGroupHeartbeatRequest;
}

export interface ConsumerDescribeCall {
  readonly api: 'consumerDescribe';
  readonly groupIds: readonly string[];
}

export interface SyncCall {
  readonly api: 'sync';
  readonly request: SyncGroupRequest;
}

export interface HeartbeatCall {
  readonly api: 'heartbeat';
  readonly request: HeartbeatRequest;
}

export interface LeaveCall {
  readonly api: 'leave';
  readonly request: LeaveGroupRequest;
}

export interface CommitCall {
  readonly api: 'commit';
  readonly version: number;
  /** Topics have both name and id; partitions that do not exist have been taken out. */
  readonly request: OffsetCommitRequest;
}

/** OffsetCommit within a transaction. */
export interface TransactionalCommitCall {
  readonly api: 'commitInTransaction';
  /** Topics have both name and id; partitions that do not exist have been taken out. */
  readonly request: TxnOffsetCommitRequest;
  /** That the transaction covers this partition; `undefined` where it has written here before. */
  readonly verification: VerificationGuard | undefined;
}

/** A transaction that may have committed offsets here has ended. Belongs to the partition, not to one group. */
export interface EndTransactionCall {
  readonly api: 'endTransaction';
  readonly marker: MarkerFrame;
}

/** A partition of an OffsetFetch, whatever its version. */
export interface FetchTopic {
  readonly name: string;
  /** The topic's present id, the zero id when there is no such topic. */
  readonly topicId: string;
  readonly partitionIndexes: readonly number[];
}

export interface FetchCall {
  readonly api: 'fetch';
  readonly groupId: string;
  /** Of a member of a consumer group; null and -1 when nobody in particular asks. */
  readonly memberId?: string | null;
  readonly memberEpoch?: number;
  /** null asks for all offsets of the group. */
  readonly topics: readonly FetchTopic[] | null;
  /** Refuse to answer for partitions with an offset in an open transaction. Default false. */
  readonly requireStable?: boolean;
}

export interface FetchedPartition {
  readonly partitionIndex: number;
  /** -1 when nothing is committed. */
  readonly committedOffset: number;
  readonly committedLeaderEpoch: number;
  readonly metadata: string;
  readonly errorCode: number;
}

export interface FetchedTopic {
  readonly name: string;
  /** As asked for, or as committed where all were asked for. */
  readonly topicId: string;
  readonly partitions: readonly FetchedPartition[];
}

export interface FetchReply {
  readonly errorCode: number;
  readonly topics: readonly FetchedTopic[];
}

export interface DescribeCall {
  readonly api: 'describe';
  readonly version: number;
  readonly groupIds: readonly string[];
}

export interface ListCall {
  readonly api: 'list';
}

export interface ListReply {
  readonly errorCode: number;
  readonly groups: readonly ListGroupsResponseListedGroup[];
}

export interface DeleteGroupsCall {
  readonly api: 'deleteGroups';
  readonly groupIds: readonly string[];
}

export interface DeleteOffsetsCall {
  readonly api: 'deleteOffsets';
  readonly request: OffsetDeleteRequest;
}

/** Topics are gone, and with them the offsets committed for them. */
export interface ForgetTopicsCall {
  readonly api: 'forgetTopics';
  readonly topics: readonly string[];
  readonly topicIds: readonly string[];
}

/** Everything that the state machine of one `__consumer_offsets` partition can be asked. */
export type GroupCall =
  | ConsumerHeartbeatCall
  | ConsumerDescribeCall
  | JoinCall
  | SyncCall
  | HeartbeatCall
  | LeaveCall
  | CommitCall
  | TransactionalCommitCall
  | EndTransactionCall
  | FetchCall
  | DescribeCall
  | ListCall
  | DeleteGroupsCall
  | DeleteOffsetsCall
  | ForgetTopicsCall
  | ShareCall
  | StreamsCall;

/** What each of them is answered with. */
export interface GroupReplies extends ShareReplies, StreamsReplies {
  readonly consumerHeartbeat: ConsumerGroupHeartbeatResponse;
  readonly consumerDescribe: readonly ConsumerGroupDescribeResponseDescribedGroup[];
  readonly join: JoinGroupResponse;
  readonly sync: SyncGroupResponse;
  readonly heartbeat: HeartbeatResponse;
  readonly leave: LeaveGroupResponse;
  readonly commit: OffsetCommitResponse;
  readonly commitInTransaction: TxnOffsetCommitResponse;
  readonly endTransaction: { readonly errorCode: number };
  readonly fetch: FetchReply;
  readonly describe: readonly DescribeGroupsResponseDescribedGroup[];
  readonly list: ListReply;
  readonly deleteGroups: readonly DeleteGroupsResponseDeletableGroupResult[];
  readonly deleteOffsets: OffsetDeleteResponse;
  readonly forgetTopics: null;
}

export type GroupReply = GroupReplies[GroupCall['api']];
