import type { StreamsGroupDescribeResponseDescribedGroup } from '@millrace/protocol/messages/streams-group-describe';
import type {
  StreamsGroupHeartbeatRequest,
  StreamsGroupHeartbeatResponse,
} from '@millrace/protocol/messages/streams-group-heartbeat';
import type { InternalTopicInfo } from './topology/streams-topology.ts';

/** StreamsGroupHeartbeat (KIP-1071). */
export interface StreamsHeartbeatCall {
  readonly api: 'streamsHeartbeat';
  readonly clientId: string;
  /** As Java prints an address: `/127.0.0.1`. */
  readonly clientHost: string;
  readonly request: StreamsGroupHeartbeatRequest;
}

export interface StreamsHeartbeatReply {
  readonly response: StreamsGroupHeartbeatResponse;
  /** What is to be created, in the name of the member, for the application to run. */
  readonly missingTopics: readonly InternalTopicInfo[];
}

export interface StreamsDescribeCall {
  readonly api: 'streamsDescribe';
  readonly groupIds: readonly string[];
}

export type StreamsCall = StreamsHeartbeatCall | StreamsDescribeCall;

/** What each of them is answered with. */
export interface StreamsReplies {
  readonly streamsHeartbeat: StreamsHeartbeatReply;
  readonly streamsDescribe: readonly StreamsGroupDescribeResponseDescribedGroup[];
}
