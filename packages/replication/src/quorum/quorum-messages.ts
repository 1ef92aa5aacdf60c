import type { SocketAddress } from '@millrace/host';
import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import { AddRaftVoterRequest, AddRaftVoterResponse } from '@millrace/protocol/messages/add-raft-voter';
import { ApiVersionsRequest, ApiVersionsResponse } from '@millrace/protocol/messages/api-versions';
import {
  BeginQuorumEpochRequest,
  BeginQuorumEpochResponse,
} from '@millrace/protocol/messages/begin-quorum-epoch';
import { EndQuorumEpochRequest, EndQuorumEpochResponse } from '@millrace/protocol/messages/end-quorum-epoch';
import { FetchRequest, FetchResponse } from '@millrace/protocol/messages/fetch';
import { FetchSnapshotRequest, FetchSnapshotResponse } from '@millrace/protocol/messages/fetch-snapshot';
import {
  RemoveRaftVoterRequest,
  RemoveRaftVoterResponse,
} from '@millrace/protocol/messages/remove-raft-voter';
import {
  UpdateRaftVoterRequest,
  UpdateRaftVoterResponse,
} from '@millrace/protocol/messages/update-raft-voter';
import { VoteRequest, VoteResponse } from '@millrace/protocol/messages/vote';
import { peerApi } from '../peer/peer-api.ts';
import { METADATA_TOPIC } from './metadata-topic.ts';
import type { LeaderHint } from './quorum-machine.ts';
import type { QuorumLeader } from './quorum-listener.ts';

export const VOTE = peerApi(VoteRequest, VoteResponse);
export const BEGIN_EPOCH = peerApi(BeginQuorumEpochRequest, BeginQuorumEpochResponse);
export const END_EPOCH = peerApi(EndQuorumEpochRequest, EndQuorumEpochResponse);
export const FETCH = peerApi(FetchRequest, FetchResponse);
export const FETCH_SNAPSHOT = peerApi(FetchSnapshotRequest, FetchSnapshotResponse);
export const ADD_VOTER = peerApi(AddRaftVoterRequest, AddRaftVoterResponse);
export const REMOVE_VOTER = peerApi(RemoveRaftVoterRequest, RemoveRaftVoterResponse);
export const UPDATE_VOTER = peerApi(UpdateRaftVoterRequest, UpdateRaftVoterResponse);
/** Later ones are not answered by everybody; earlier ones leave out features whose lowest level is 0. */
const API_VERSIONS_VERSION = 4;
export const API_VERSIONS = peerApi(ApiVersionsRequest, ApiVersionsResponse, API_VERSIONS_VERSION);

/** The endpoint of the leader, as answers carry it; empty where it is not known or the version has no place for it. */
export interface NodeEndpoint {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
}

/** Requests of the quorum name one partition, and could name more. */
interface PartitionedTopics<Partition> {
  readonly topics: readonly { readonly partitions: readonly Partition[] }[];
}

/** The one partition that a request or an answer is about; `undefined` where it is about something else. */
export function onlyPartition<Partition>({ topics }: PartitionedTopics<Partition>): Partition | undefined {
  const isOne = topics.length === 1 && topics[0]!.partitions.length === 1;
  return isOne ? topics[0]!.partitions[0] : undefined;
}

export function inMetadataTopic<Partition>(partition: Partition): {
  readonly topicName: string;
  readonly partitions: readonly [Partition];
}[] {
  return [{ topicName: METADATA_TOPIC, partitions: [partition] }];
}

export function endpointsOf({ leaderId, endpoint }: QuorumLeader, hasPlace: boolean): NodeEndpoint[] {
  if (!hasPlace || leaderId < 0 || endpoint === undefined) return [];
  return [{ nodeId: leaderId, host: endpoint.host, port: endpoint.port }];
}

export function leaderHint(leaderId: number, epoch: number, endpoints: readonly NodeEndpoint[]): LeaderHint {
  const found = endpoints.find(({ nodeId }) => nodeId === leaderId);
  const endpoint: SocketAddress | undefined =
    found === undefined || found.host === '' ? undefined : { host: found.host, port: found.port };
  return { leaderId, epoch, endpoint };
}

/** Whether a request that says this cluster id is meant for `clusterId`. */
export function isSameCluster(said: string | null, clusterId: string): boolean {
  return said === null || said === clusterId;
}

export const NO_DIRECTORY: string = ZERO_UUID;
export const { NONE } = ErrorCode;
