import type { ShareGroupDescribeResponseDescribedGroup } from '@millrace/protocol/messages/share-group-describe';
import type {
  ShareGroupHeartbeatRequest,
  ShareGroupHeartbeatResponse,
} from '@millrace/protocol/messages/share-group-heartbeat';
import type { TopicPartitionList } from '../consumer/topic-partitions.ts';
import type { StateTopic } from './state-partitions.ts';

/** ShareGroupHeartbeat (KIP-932). */
export interface ShareHeartbeatCall {
  readonly api: 'shareHeartbeat';
  readonly clientId: string;
  /** As Java prints an address: `/127.0.0.1`. */
  readonly clientHost: string;
  readonly request: ShareGroupHeartbeatRequest;
  /** Only to see what has come of the one before: whoever sends it would not set anything up. Default false. */
  readonly isRepeated?: boolean;
}

export interface ShareHeartbeatReply {
  readonly response: ShareGroupHeartbeatResponse;
  /** What the share coordinator is to set up before it can be given to members. */
  readonly initialize: ShareInitialization | undefined;
}

export interface ShareInitialization {
  readonly stateEpoch: number;
  readonly topics: readonly TopicPartitionList[];
}

export interface ShareDescribeCall {
  readonly api: 'shareDescribe';
  readonly groupIds: readonly string[];
}

/** The share coordinator has set these partitions up, or could not. */
export interface ShareInitializedCall {
  readonly api: 'shareInitialized' | 'shareNotInitialized';
  readonly groupId: string;
  readonly topics: readonly TopicPartitionList[];
}

/** The partitions that a group has read, or may read. */
export interface SharePartitionsCall {
  readonly api: 'sharePartitions';
  readonly groupId: string;
}

/** Offsets are to be set: creates the group where there is none. Answered with the epoch to set them by. */
export interface ShareAlterOffsetsCall {
  readonly api: 'shareAlterOffsets';
  readonly groupId: string;
  readonly topics: readonly StateTopic[];
}

/** What is known of these topics, or of all, is to be forgotten. Answered with what the share coordinator is to delete. */
export interface ShareForgetCall {
  readonly api: 'shareForget';
  readonly groupId: string;
  /** null for all. */
  readonly topicIds: readonly string[] | null;
}

/** The share coordinator has deleted it. */
export interface ShareForgottenCall {
  readonly api: 'shareForgotten';
  readonly groupId: string;
  readonly topicIds: readonly string[];
}

export type ShareCall =
  | ShareHeartbeatCall
  | ShareDescribeCall
  | ShareInitializedCall
  | SharePartitionsCall
  | ShareAlterOffsetsCall
  | ShareForgetCall
  | ShareForgottenCall;

export function isShareCall(call: { readonly api: string }): call is ShareCall {
  return call.api.startsWith('share');
}

export interface ShareError {
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export interface SharePartitionsReply extends ShareError {
  readonly topics: readonly StateTopic[];
}

export interface ShareAlterOffsetsReply extends ShareError {
  readonly stateEpoch: number;
}

/** What each of them is answered with. */
export interface ShareReplies {
  readonly shareHeartbeat: ShareHeartbeatReply;
  readonly shareDescribe: readonly ShareGroupDescribeResponseDescribedGroup[];
  readonly shareInitialized: ShareError;
  readonly shareNotInitialized: ShareError;
  readonly sharePartitions: SharePartitionsReply;
  readonly shareAlterOffsets: ShareAlterOffsetsReply;
  readonly shareForget: SharePartitionsReply;
  readonly shareForgotten: ShareError;
}

/** Something that those who hand out records have to know. */
export interface ShareMemberGone {
  readonly type: 'share-member-gone';
  readonly groupId: string;
  readonly memberId: string;
  /** It was the last one. */
  readonly isEmpty: boolean;
}
