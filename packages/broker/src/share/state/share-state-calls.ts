import type { SharePartitionKey } from './share-partition-key.ts';
import type { StateBatch } from './state-batch.ts';

/** A share partition comes into being, or is set to another offset. */
export interface InitializeStateCall {
  readonly api: 'initialize';
  readonly key: SharePartitionKey;
  readonly stateEpoch: number;
  /** -1: where the group's `share.auto.offset.reset` says. */
  readonly startOffset: number;
}

/** The leader of the partition takes it over: whoever led before is fenced by its `leaderEpoch`. */
export interface ReadStateCall {
  readonly api: 'read';
  readonly key: SharePartitionKey;
  readonly leaderEpoch: number;
}

/** Deliveries have ended. */
export interface WriteStateCall {
  readonly api: 'write';
  readonly key: SharePartitionKey;
  readonly stateEpoch: number;
  readonly leaderEpoch: number;
  readonly startOffset: number;
  readonly deliveryCompleteCount: number;
  readonly batches: readonly StateBatch[];
}

export interface DeleteStateCall {
  readonly api: 'delete';
  readonly key: SharePartitionKey;
}

export interface ReadSummaryCall {
  readonly api: 'summary';
  readonly key: SharePartitionKey;
}

/** Writes every share partition as a whole, so that what was written before may be cut off. */
export interface CheckpointCall {
  readonly api: 'checkpoint';
}

/** Topics are gone, and with them what their share partitions had. */
export interface ForgetTopicsCall {
  readonly api: 'forgetTopics';
  readonly topicIds: readonly string[];
}

/** Everything that the state machine of one `__share_group_state` partition can be asked. */
export type ShareStateCall =
  | InitializeStateCall
  | ReadStateCall
  | WriteStateCall
  | DeleteStateCall
  | ReadSummaryCall
  | CheckpointCall
  | ForgetTopicsCall;

/** A call about one share partition. */
export type KeyedShareStateCall = Extract<ShareStateCall, { readonly key: SharePartitionKey }>;

export interface ShareStateError {
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export interface ReadStateReply extends ShareStateError {
  readonly stateEpoch: number;
  readonly startOffset: number;
  readonly batches: readonly StateBatch[];
}

export interface SummaryReply extends ShareStateError {
  readonly stateEpoch: number;
  readonly leaderEpoch: number;
  /** -1 while nobody has read from the partition. */
  readonly startOffset: number;
  /** -1 when it is not known. */
  readonly deliveryCompleteCount: number;
}

/** What each call is answered with. */
export interface ShareStateReplies {
  readonly initialize: ShareStateError;
  readonly read: ReadStateReply;
  readonly write: ShareStateError;
  readonly delete: ShareStateError;
  readonly summary: SummaryReply;
  readonly checkpoint: ShareStateError;
  readonly forgetTopics: ShareStateError;
}

export type ShareStateReply = ShareStateReplies[ShareStateCall['api']];
