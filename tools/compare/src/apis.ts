import type { MessageCodec } from '@millrace/protocol';
import {
  AddOffsetsToTxnRequest,
  AddOffsetsToTxnResponse,
} from '@millrace/protocol/messages/add-offsets-to-txn';
import {
  AddPartitionsToTxnRequest,
  AddPartitionsToTxnResponse,
} from '@millrace/protocol/messages/add-partitions-to-txn';
import { AddRaftVoterRequest, AddRaftVoterResponse } from '@millrace/protocol/messages/add-raft-voter';
import {
  AllocateProducerIdsRequest,
  AllocateProducerIdsResponse,
} from '@millrace/protocol/messages/allocate-producer-ids';
import {
  AlterClientQuotasRequest,
  AlterClientQuotasResponse,
} from '@millrace/protocol/messages/alter-client-quotas';
import { AlterConfigsRequest, AlterConfigsResponse } from '@millrace/protocol/messages/alter-configs';
import {
  AlterPartitionReassignmentsRequest,
  AlterPartitionReassignmentsResponse,
} from '@millrace/protocol/messages/alter-partition-reassignments';
import { AlterPartitionRequest, AlterPartitionResponse } from '@millrace/protocol/messages/alter-partition';
import {
  AlterReplicaLogDirsRequest,
  AlterReplicaLogDirsResponse,
} from '@millrace/protocol/messages/alter-replica-log-dirs';
import {
  AlterShareGroupOffsetsRequest,
  AlterShareGroupOffsetsResponse,
} from '@millrace/protocol/messages/alter-share-group-offsets';
import {
  AlterUserScramCredentialsRequest,
  AlterUserScramCredentialsResponse,
} from '@millrace/protocol/messages/alter-user-scram-credentials';
import { ApiVersionsRequest, ApiVersionsResponse } from '@millrace/protocol/messages/api-versions';
import {
  AssignReplicasToDirsRequest,
  AssignReplicasToDirsResponse,
} from '@millrace/protocol/messages/assign-replicas-to-dirs';
import {
  BeginQuorumEpochRequest,
  BeginQuorumEpochResponse,
} from '@millrace/protocol/messages/begin-quorum-epoch';
import {
  BrokerHeartbeatRequest,
  BrokerHeartbeatResponse,
} from '@millrace/protocol/messages/broker-heartbeat';
import {
  BrokerRegistrationRequest,
  BrokerRegistrationResponse,
} from '@millrace/protocol/messages/broker-registration';
import {
  ConsumerGroupDescribeRequest,
  ConsumerGroupDescribeResponse,
} from '@millrace/protocol/messages/consumer-group-describe';
import {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
} from '@millrace/protocol/messages/consumer-group-heartbeat';
import {
  ControllerRegistrationRequest,
  ControllerRegistrationResponse,
} from '@millrace/protocol/messages/controller-registration';
import { CreateAclsRequest, CreateAclsResponse } from '@millrace/protocol/messages/create-acls';
import {
  CreateDelegationTokenRequest,
  CreateDelegationTokenResponse,
} from '@millrace/protocol/messages/create-delegation-token';
import {
  CreatePartitionsRequest,
  CreatePartitionsResponse,
} from '@millrace/protocol/messages/create-partitions';
import { CreateTopicsRequest, CreateTopicsResponse } from '@millrace/protocol/messages/create-topics';
import { DeleteAclsRequest, DeleteAclsResponse } from '@millrace/protocol/messages/delete-acls';
import { DeleteGroupsRequest, DeleteGroupsResponse } from '@millrace/protocol/messages/delete-groups';
import { DeleteRecordsRequest, DeleteRecordsResponse } from '@millrace/protocol/messages/delete-records';
import {
  DeleteShareGroupOffsetsRequest,
  DeleteShareGroupOffsetsResponse,
} from '@millrace/protocol/messages/delete-share-group-offsets';
import {
  DeleteShareGroupStateRequest,
  DeleteShareGroupStateResponse,
} from '@millrace/protocol/messages/delete-share-group-state';
import { DeleteTopicsRequest, DeleteTopicsResponse } from '@millrace/protocol/messages/delete-topics';
import { DescribeAclsRequest, DescribeAclsResponse } from '@millrace/protocol/messages/describe-acls';
import {
  DescribeClientQuotasRequest,
  DescribeClientQuotasResponse,
} from '@millrace/protocol/messages/describe-client-quotas';
import {
  DescribeClusterRequest,
  DescribeClusterResponse,
} from '@millrace/protocol/messages/describe-cluster';
import {
  DescribeConfigsRequest,
  DescribeConfigsResponse,
} from '@millrace/protocol/messages/describe-configs';
import {
  DescribeDelegationTokenRequest,
  DescribeDelegationTokenResponse,
} from '@millrace/protocol/messages/describe-delegation-token';
import { DescribeGroupsRequest, DescribeGroupsResponse } from '@millrace/protocol/messages/describe-groups';
import {
  DescribeLogDirsRequest,
  DescribeLogDirsResponse,
} from '@millrace/protocol/messages/describe-log-dirs';
import {
  DescribeProducersRequest,
  DescribeProducersResponse,
} from '@millrace/protocol/messages/describe-producers';
import { DescribeQuorumRequest, DescribeQuorumResponse } from '@millrace/protocol/messages/describe-quorum';
import {
  DescribeShareGroupOffsetsRequest,
  DescribeShareGroupOffsetsResponse,
} from '@millrace/protocol/messages/describe-share-group-offsets';
import {
  DescribeTopicPartitionsRequest,
  DescribeTopicPartitionsResponse,
} from '@millrace/protocol/messages/describe-topic-partitions';
import {
  DescribeTransactionsRequest,
  DescribeTransactionsResponse,
} from '@millrace/protocol/messages/describe-transactions';
import {
  DescribeUserScramCredentialsRequest,
  DescribeUserScramCredentialsResponse,
} from '@millrace/protocol/messages/describe-user-scram-credentials';
import { ElectLeadersRequest, ElectLeadersResponse } from '@millrace/protocol/messages/elect-leaders';
import { EndQuorumEpochRequest, EndQuorumEpochResponse } from '@millrace/protocol/messages/end-quorum-epoch';
import { EndTxnRequest, EndTxnResponse } from '@millrace/protocol/messages/end-txn';
import { EnvelopeRequest, EnvelopeResponse } from '@millrace/protocol/messages/envelope';
import {
  ExpireDelegationTokenRequest,
  ExpireDelegationTokenResponse,
} from '@millrace/protocol/messages/expire-delegation-token';
import { FetchRequest, FetchResponse } from '@millrace/protocol/messages/fetch';
import { FetchSnapshotRequest, FetchSnapshotResponse } from '@millrace/protocol/messages/fetch-snapshot';
import {
  FindCoordinatorRequest,
  FindCoordinatorResponse,
} from '@millrace/protocol/messages/find-coordinator';
import {
  GetTelemetrySubscriptionsRequest,
  GetTelemetrySubscriptionsResponse,
} from '@millrace/protocol/messages/get-telemetry-subscriptions';
import { HeartbeatRequest, HeartbeatResponse } from '@millrace/protocol/messages/heartbeat';
import {
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse,
} from '@millrace/protocol/messages/incremental-alter-configs';
import { InitProducerIdRequest, InitProducerIdResponse } from '@millrace/protocol/messages/init-producer-id';
import {
  InitializeShareGroupStateRequest,
  InitializeShareGroupStateResponse,
} from '@millrace/protocol/messages/initialize-share-group-state';
import { JoinGroupRequest, JoinGroupResponse } from '@millrace/protocol/messages/join-group';
import { LeaveGroupRequest, LeaveGroupResponse } from '@millrace/protocol/messages/leave-group';
import {
  ListConfigResourcesRequest,
  ListConfigResourcesResponse,
} from '@millrace/protocol/messages/list-config-resources';
import { ListGroupsRequest, ListGroupsResponse } from '@millrace/protocol/messages/list-groups';
import { ListOffsetsRequest, ListOffsetsResponse } from '@millrace/protocol/messages/list-offsets';
import {
  ListPartitionReassignmentsRequest,
  ListPartitionReassignmentsResponse,
} from '@millrace/protocol/messages/list-partition-reassignments';
import {
  ListTransactionsRequest,
  ListTransactionsResponse,
} from '@millrace/protocol/messages/list-transactions';
import { MetadataRequest, MetadataResponse } from '@millrace/protocol/messages/metadata';
import { OffsetCommitRequest, OffsetCommitResponse } from '@millrace/protocol/messages/offset-commit';
import { OffsetDeleteRequest, OffsetDeleteResponse } from '@millrace/protocol/messages/offset-delete';
import { OffsetFetchRequest, OffsetFetchResponse } from '@millrace/protocol/messages/offset-fetch';
import {
  OffsetForLeaderEpochRequest,
  OffsetForLeaderEpochResponse,
} from '@millrace/protocol/messages/offset-for-leader-epoch';
import { ProduceRequest, ProduceResponse } from '@millrace/protocol/messages/produce';
import { PushTelemetryRequest, PushTelemetryResponse } from '@millrace/protocol/messages/push-telemetry';
import {
  ReadShareGroupStateRequest,
  ReadShareGroupStateResponse,
} from '@millrace/protocol/messages/read-share-group-state';
import {
  ReadShareGroupStateSummaryRequest,
  ReadShareGroupStateSummaryResponse,
} from '@millrace/protocol/messages/read-share-group-state-summary';
import {
  RemoveRaftVoterRequest,
  RemoveRaftVoterResponse,
} from '@millrace/protocol/messages/remove-raft-voter';
import {
  RenewDelegationTokenRequest,
  RenewDelegationTokenResponse,
} from '@millrace/protocol/messages/renew-delegation-token';
import {
  SaslAuthenticateRequest,
  SaslAuthenticateResponse,
} from '@millrace/protocol/messages/sasl-authenticate';
import { SaslHandshakeRequest, SaslHandshakeResponse } from '@millrace/protocol/messages/sasl-handshake';
import {
  ShareAcknowledgeRequest,
  ShareAcknowledgeResponse,
} from '@millrace/protocol/messages/share-acknowledge';
import { ShareFetchRequest, ShareFetchResponse } from '@millrace/protocol/messages/share-fetch';
import {
  ShareGroupDescribeRequest,
  ShareGroupDescribeResponse,
} from '@millrace/protocol/messages/share-group-describe';
import {
  ShareGroupHeartbeatRequest,
  ShareGroupHeartbeatResponse,
} from '@millrace/protocol/messages/share-group-heartbeat';
import {
  StreamsGroupDescribeRequest,
  StreamsGroupDescribeResponse,
} from '@millrace/protocol/messages/streams-group-describe';
import {
  StreamsGroupHeartbeatRequest,
  StreamsGroupHeartbeatResponse,
} from '@millrace/protocol/messages/streams-group-heartbeat';
import {
  StreamsGroupTopologyDescriptionUpdateRequest,
  StreamsGroupTopologyDescriptionUpdateResponse,
} from '@millrace/protocol/messages/streams-group-topology-description-update';
import { SyncGroupRequest, SyncGroupResponse } from '@millrace/protocol/messages/sync-group';
import {
  TxnOffsetCommitRequest,
  TxnOffsetCommitResponse,
} from '@millrace/protocol/messages/txn-offset-commit';
import {
  UnregisterBrokerRequest,
  UnregisterBrokerResponse,
} from '@millrace/protocol/messages/unregister-broker';
import {
  UnregisterControllerRequest,
  UnregisterControllerResponse,
} from '@millrace/protocol/messages/unregister-controller';
import { UpdateFeaturesRequest, UpdateFeaturesResponse } from '@millrace/protocol/messages/update-features';
import {
  UpdateRaftVoterRequest,
  UpdateRaftVoterResponse,
} from '@millrace/protocol/messages/update-raft-voter';
import { VoteRequest, VoteResponse } from '@millrace/protocol/messages/vote';
import {
  WriteShareGroupStateRequest,
  WriteShareGroupStateResponse,
} from '@millrace/protocol/messages/write-share-group-state';
import {
  WriteTxnMarkersRequest,
  WriteTxnMarkersResponse,
} from '@millrace/protocol/messages/write-txn-markers';

/** A request with its answer, as scripts name them: `peer.ask('fetch', fetch, 17, {...})`. */
export interface Api<Input extends object, Response extends object> {
  readonly request: MessageCodec<object, Input>;
  readonly response: MessageCodec<Response, never>;
}

function api<Input extends object, Response extends object>(
  request: MessageCodec<object, Input>,
  response: MessageCodec<Response, never>,
): Api<Input, Response> {
  return { request, response };
}

export const produce = api(ProduceRequest, ProduceResponse);
export const fetch = api(FetchRequest, FetchResponse);
export const listOffsets = api(ListOffsetsRequest, ListOffsetsResponse);
export const metadata = api(MetadataRequest, MetadataResponse);
export const offsetCommit = api(OffsetCommitRequest, OffsetCommitResponse);
export const offsetFetch = api(OffsetFetchRequest, OffsetFetchResponse);
export const findCoordinator = api(FindCoordinatorRequest, FindCoordinatorResponse);
export const joinGroup = api(JoinGroupRequest, JoinGroupResponse);
export const heartbeat = api(HeartbeatRequest, HeartbeatResponse);
export const leaveGroup = api(LeaveGroupRequest, LeaveGroupResponse);
export const syncGroup = api(SyncGroupRequest, SyncGroupResponse);
export const describeGroups = api(DescribeGroupsRequest, DescribeGroupsResponse);
export const listGroups = api(ListGroupsRequest, ListGroupsResponse);
export const saslHandshake = api(SaslHandshakeRequest, SaslHandshakeResponse);
export const apiVersions = api(ApiVersionsRequest, ApiVersionsResponse);
export const createTopics = api(CreateTopicsRequest, CreateTopicsResponse);
export const deleteTopics = api(DeleteTopicsRequest, DeleteTopicsResponse);
export const deleteRecords = api(DeleteRecordsRequest, DeleteRecordsResponse);
export const initProducerId = api(InitProducerIdRequest, InitProducerIdResponse);
export const offsetForLeaderEpoch = api(OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse);
export const addPartitionsToTxn = api(AddPartitionsToTxnRequest, AddPartitionsToTxnResponse);
export const addOffsetsToTxn = api(AddOffsetsToTxnRequest, AddOffsetsToTxnResponse);
export const endTxn = api(EndTxnRequest, EndTxnResponse);
export const writeTxnMarkers = api(WriteTxnMarkersRequest, WriteTxnMarkersResponse);
export const txnOffsetCommit = api(TxnOffsetCommitRequest, TxnOffsetCommitResponse);
export const describeAcls = api(DescribeAclsRequest, DescribeAclsResponse);
export const createAcls = api(CreateAclsRequest, CreateAclsResponse);
export const deleteAcls = api(DeleteAclsRequest, DeleteAclsResponse);
export const describeConfigs = api(DescribeConfigsRequest, DescribeConfigsResponse);
export const alterConfigs = api(AlterConfigsRequest, AlterConfigsResponse);
export const alterReplicaLogDirs = api(AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse);
export const describeLogDirs = api(DescribeLogDirsRequest, DescribeLogDirsResponse);
export const saslAuthenticate = api(SaslAuthenticateRequest, SaslAuthenticateResponse);
export const createPartitions = api(CreatePartitionsRequest, CreatePartitionsResponse);
export const createDelegationToken = api(CreateDelegationTokenRequest, CreateDelegationTokenResponse);
export const renewDelegationToken = api(RenewDelegationTokenRequest, RenewDelegationTokenResponse);
export const expireDelegationToken = api(ExpireDelegationTokenRequest, ExpireDelegationTokenResponse);
export const describeDelegationToken = api(DescribeDelegationTokenRequest, DescribeDelegationTokenResponse);
export const deleteGroups = api(DeleteGroupsRequest, DeleteGroupsResponse);
export const electLeaders = api(ElectLeadersRequest, ElectLeadersResponse);
export const incrementalAlterConfigs = api(IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse);
export const alterPartitionReassignments = api(
  AlterPartitionReassignmentsRequest,
  AlterPartitionReassignmentsResponse,
);
export const listPartitionReassignments = api(
  ListPartitionReassignmentsRequest,
  ListPartitionReassignmentsResponse,
);
export const offsetDelete = api(OffsetDeleteRequest, OffsetDeleteResponse);
export const describeClientQuotas = api(DescribeClientQuotasRequest, DescribeClientQuotasResponse);
export const alterClientQuotas = api(AlterClientQuotasRequest, AlterClientQuotasResponse);
export const describeUserScramCredentials = api(
  DescribeUserScramCredentialsRequest,
  DescribeUserScramCredentialsResponse,
);
export const alterUserScramCredentials = api(
  AlterUserScramCredentialsRequest,
  AlterUserScramCredentialsResponse,
);
export const vote = api(VoteRequest, VoteResponse);
export const beginQuorumEpoch = api(BeginQuorumEpochRequest, BeginQuorumEpochResponse);
export const endQuorumEpoch = api(EndQuorumEpochRequest, EndQuorumEpochResponse);
export const describeQuorum = api(DescribeQuorumRequest, DescribeQuorumResponse);
export const alterPartition = api(AlterPartitionRequest, AlterPartitionResponse);
export const updateFeatures = api(UpdateFeaturesRequest, UpdateFeaturesResponse);
export const envelope = api(EnvelopeRequest, EnvelopeResponse);
export const fetchSnapshot = api(FetchSnapshotRequest, FetchSnapshotResponse);
export const describeCluster = api(DescribeClusterRequest, DescribeClusterResponse);
export const describeProducers = api(DescribeProducersRequest, DescribeProducersResponse);
export const brokerRegistration = api(BrokerRegistrationRequest, BrokerRegistrationResponse);
export const brokerHeartbeat = api(BrokerHeartbeatRequest, BrokerHeartbeatResponse);
export const unregisterBroker = api(UnregisterBrokerRequest, UnregisterBrokerResponse);
export const describeTransactions = api(DescribeTransactionsRequest, DescribeTransactionsResponse);
export const listTransactions = api(ListTransactionsRequest, ListTransactionsResponse);
export const allocateProducerIds = api(AllocateProducerIdsRequest, AllocateProducerIdsResponse);
export const consumerGroupHeartbeat = api(ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse);
export const consumerGroupDescribe = api(ConsumerGroupDescribeRequest, ConsumerGroupDescribeResponse);
export const controllerRegistration = api(ControllerRegistrationRequest, ControllerRegistrationResponse);
export const getTelemetrySubscriptions = api(
  GetTelemetrySubscriptionsRequest,
  GetTelemetrySubscriptionsResponse,
);
export const pushTelemetry = api(PushTelemetryRequest, PushTelemetryResponse);
export const assignReplicasToDirs = api(AssignReplicasToDirsRequest, AssignReplicasToDirsResponse);
export const listConfigResources = api(ListConfigResourcesRequest, ListConfigResourcesResponse);
export const describeTopicPartitions = api(DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse);
export const shareGroupHeartbeat = api(ShareGroupHeartbeatRequest, ShareGroupHeartbeatResponse);
export const shareGroupDescribe = api(ShareGroupDescribeRequest, ShareGroupDescribeResponse);
export const shareFetch = api(ShareFetchRequest, ShareFetchResponse);
export const shareAcknowledge = api(ShareAcknowledgeRequest, ShareAcknowledgeResponse);
export const addRaftVoter = api(AddRaftVoterRequest, AddRaftVoterResponse);
export const removeRaftVoter = api(RemoveRaftVoterRequest, RemoveRaftVoterResponse);
export const updateRaftVoter = api(UpdateRaftVoterRequest, UpdateRaftVoterResponse);
export const initializeShareGroupState = api(
  InitializeShareGroupStateRequest,
  InitializeShareGroupStateResponse,
);
export const readShareGroupState = api(ReadShareGroupStateRequest, ReadShareGroupStateResponse);
export const writeShareGroupState = api(WriteShareGroupStateRequest, WriteShareGroupStateResponse);
export const deleteShareGroupState = api(DeleteShareGroupStateRequest, DeleteShareGroupStateResponse);
export const readShareGroupStateSummary = api(
  ReadShareGroupStateSummaryRequest,
  ReadShareGroupStateSummaryResponse,
);
export const streamsGroupHeartbeat = api(StreamsGroupHeartbeatRequest, StreamsGroupHeartbeatResponse);
export const streamsGroupDescribe = api(StreamsGroupDescribeRequest, StreamsGroupDescribeResponse);
export const describeShareGroupOffsets = api(
  DescribeShareGroupOffsetsRequest,
  DescribeShareGroupOffsetsResponse,
);
export const alterShareGroupOffsets = api(AlterShareGroupOffsetsRequest, AlterShareGroupOffsetsResponse);
export const deleteShareGroupOffsets = api(DeleteShareGroupOffsetsRequest, DeleteShareGroupOffsetsResponse);
export const streamsGroupTopologyDescriptionUpdate = api(
  StreamsGroupTopologyDescriptionUpdateRequest,
  StreamsGroupTopologyDescriptionUpdateResponse,
);
export const unregisterController = api(UnregisterControllerRequest, UnregisterControllerResponse);
