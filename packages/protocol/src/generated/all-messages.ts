// Generated from definitions by "npm run generate -w packages/protocol". Do not edit.

/**
 * Every message of Kafka in one place, for tools and tests. Loads about two megabytes of code; programs import the
 * messages they use from `@millrace/protocol/messages/*`.
 *
 * @packageDocumentation
 */

import { ProduceRequest, ProduceResponse } from './messages/produce.ts';
import { FetchRequest, FetchResponse } from './messages/fetch.ts';
import { ListOffsetsRequest, ListOffsetsResponse } from './messages/list-offsets.ts';
import { MetadataRequest, MetadataResponse } from './messages/metadata.ts';
import { OffsetCommitRequest, OffsetCommitResponse } from './messages/offset-commit.ts';
import { OffsetFetchRequest, OffsetFetchResponse } from './messages/offset-fetch.ts';
import { FindCoordinatorRequest, FindCoordinatorResponse } from './messages/find-coordinator.ts';
import { JoinGroupRequest, JoinGroupResponse } from './messages/join-group.ts';
import { HeartbeatRequest, HeartbeatResponse } from './messages/heartbeat.ts';
import { LeaveGroupRequest, LeaveGroupResponse } from './messages/leave-group.ts';
import { SyncGroupRequest, SyncGroupResponse } from './messages/sync-group.ts';
import { DescribeGroupsRequest, DescribeGroupsResponse } from './messages/describe-groups.ts';
import { ListGroupsRequest, ListGroupsResponse } from './messages/list-groups.ts';
import { SaslHandshakeRequest, SaslHandshakeResponse } from './messages/sasl-handshake.ts';
import { ApiVersionsRequest, ApiVersionsResponse } from './messages/api-versions.ts';
import { CreateTopicsRequest, CreateTopicsResponse } from './messages/create-topics.ts';
import { DeleteTopicsRequest, DeleteTopicsResponse } from './messages/delete-topics.ts';
import { DeleteRecordsRequest, DeleteRecordsResponse } from './messages/delete-records.ts';
import { InitProducerIdRequest, InitProducerIdResponse } from './messages/init-producer-id.ts';
import {
  OffsetForLeaderEpochRequest,
  OffsetForLeaderEpochResponse,
} from './messages/offset-for-leader-epoch.ts';
import { AddPartitionsToTxnRequest, AddPartitionsToTxnResponse } from './messages/add-partitions-to-txn.ts';
import { AddOffsetsToTxnRequest, AddOffsetsToTxnResponse } from './messages/add-offsets-to-txn.ts';
import { EndTxnRequest, EndTxnResponse } from './messages/end-txn.ts';
import { WriteTxnMarkersRequest, WriteTxnMarkersResponse } from './messages/write-txn-markers.ts';
import { TxnOffsetCommitRequest, TxnOffsetCommitResponse } from './messages/txn-offset-commit.ts';
import { DescribeAclsRequest, DescribeAclsResponse } from './messages/describe-acls.ts';
import { CreateAclsRequest, CreateAclsResponse } from './messages/create-acls.ts';
import { DeleteAclsRequest, DeleteAclsResponse } from './messages/delete-acls.ts';
import { DescribeConfigsRequest, DescribeConfigsResponse } from './messages/describe-configs.ts';
import { AlterConfigsRequest, AlterConfigsResponse } from './messages/alter-configs.ts';
import {
  AlterReplicaLogDirsRequest,
  AlterReplicaLogDirsResponse,
} from './messages/alter-replica-log-dirs.ts';
import { DescribeLogDirsRequest, DescribeLogDirsResponse } from './messages/describe-log-dirs.ts';
import { SaslAuthenticateRequest, SaslAuthenticateResponse } from './messages/sasl-authenticate.ts';
import { CreatePartitionsRequest, CreatePartitionsResponse } from './messages/create-partitions.ts';
import {
  CreateDelegationTokenRequest,
  CreateDelegationTokenResponse,
} from './messages/create-delegation-token.ts';
import {
  RenewDelegationTokenRequest,
  RenewDelegationTokenResponse,
} from './messages/renew-delegation-token.ts';
import {
  ExpireDelegationTokenRequest,
  ExpireDelegationTokenResponse,
} from './messages/expire-delegation-token.ts';
import {
  DescribeDelegationTokenRequest,
  DescribeDelegationTokenResponse,
} from './messages/describe-delegation-token.ts';
import { DeleteGroupsRequest, DeleteGroupsResponse } from './messages/delete-groups.ts';
import { ElectLeadersRequest, ElectLeadersResponse } from './messages/elect-leaders.ts';
import {
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse,
} from './messages/incremental-alter-configs.ts';
import {
  AlterPartitionReassignmentsRequest,
  AlterPartitionReassignmentsResponse,
} from './messages/alter-partition-reassignments.ts';
import {
  ListPartitionReassignmentsRequest,
  ListPartitionReassignmentsResponse,
} from './messages/list-partition-reassignments.ts';
import { OffsetDeleteRequest, OffsetDeleteResponse } from './messages/offset-delete.ts';
import {
  DescribeClientQuotasRequest,
  DescribeClientQuotasResponse,
} from './messages/describe-client-quotas.ts';
import { AlterClientQuotasRequest, AlterClientQuotasResponse } from './messages/alter-client-quotas.ts';
import {
  DescribeUserScramCredentialsRequest,
  DescribeUserScramCredentialsResponse,
} from './messages/describe-user-scram-credentials.ts';
import {
  AlterUserScramCredentialsRequest,
  AlterUserScramCredentialsResponse,
} from './messages/alter-user-scram-credentials.ts';
import { VoteRequest, VoteResponse } from './messages/vote.ts';
import { BeginQuorumEpochRequest, BeginQuorumEpochResponse } from './messages/begin-quorum-epoch.ts';
import { EndQuorumEpochRequest, EndQuorumEpochResponse } from './messages/end-quorum-epoch.ts';
import { DescribeQuorumRequest, DescribeQuorumResponse } from './messages/describe-quorum.ts';
import { AlterPartitionRequest, AlterPartitionResponse } from './messages/alter-partition.ts';
import { UpdateFeaturesRequest, UpdateFeaturesResponse } from './messages/update-features.ts';
import { EnvelopeRequest, EnvelopeResponse } from './messages/envelope.ts';
import { FetchSnapshotRequest, FetchSnapshotResponse } from './messages/fetch-snapshot.ts';
import { DescribeClusterRequest, DescribeClusterResponse } from './messages/describe-cluster.ts';
import { DescribeProducersRequest, DescribeProducersResponse } from './messages/describe-producers.ts';
import { BrokerRegistrationRequest, BrokerRegistrationResponse } from './messages/broker-registration.ts';
import { BrokerHeartbeatRequest, BrokerHeartbeatResponse } from './messages/broker-heartbeat.ts';
import { UnregisterBrokerRequest, UnregisterBrokerResponse } from './messages/unregister-broker.ts';
import {
  DescribeTransactionsRequest,
  DescribeTransactionsResponse,
} from './messages/describe-transactions.ts';
import { ListTransactionsRequest, ListTransactionsResponse } from './messages/list-transactions.ts';
import { AllocateProducerIdsRequest, AllocateProducerIdsResponse } from './messages/allocate-producer-ids.ts';
import {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
} from './messages/consumer-group-heartbeat.ts';
import {
  ConsumerGroupDescribeRequest,
  ConsumerGroupDescribeResponse,
} from './messages/consumer-group-describe.ts';
import {
  ControllerRegistrationRequest,
  ControllerRegistrationResponse,
} from './messages/controller-registration.ts';
import {
  GetTelemetrySubscriptionsRequest,
  GetTelemetrySubscriptionsResponse,
} from './messages/get-telemetry-subscriptions.ts';
import { PushTelemetryRequest, PushTelemetryResponse } from './messages/push-telemetry.ts';
import {
  AssignReplicasToDirsRequest,
  AssignReplicasToDirsResponse,
} from './messages/assign-replicas-to-dirs.ts';
import { ListConfigResourcesRequest, ListConfigResourcesResponse } from './messages/list-config-resources.ts';
import {
  DescribeTopicPartitionsRequest,
  DescribeTopicPartitionsResponse,
} from './messages/describe-topic-partitions.ts';
import { ShareGroupHeartbeatRequest, ShareGroupHeartbeatResponse } from './messages/share-group-heartbeat.ts';
import { ShareGroupDescribeRequest, ShareGroupDescribeResponse } from './messages/share-group-describe.ts';
import { ShareFetchRequest, ShareFetchResponse } from './messages/share-fetch.ts';
import { ShareAcknowledgeRequest, ShareAcknowledgeResponse } from './messages/share-acknowledge.ts';
import { AddRaftVoterRequest, AddRaftVoterResponse } from './messages/add-raft-voter.ts';
import { RemoveRaftVoterRequest, RemoveRaftVoterResponse } from './messages/remove-raft-voter.ts';
import { UpdateRaftVoterRequest, UpdateRaftVoterResponse } from './messages/update-raft-voter.ts';
import {
  InitializeShareGroupStateRequest,
  InitializeShareGroupStateResponse,
} from './messages/initialize-share-group-state.ts';
import {
  ReadShareGroupStateRequest,
  ReadShareGroupStateResponse,
} from './messages/read-share-group-state.ts';
import {
  WriteShareGroupStateRequest,
  WriteShareGroupStateResponse,
} from './messages/write-share-group-state.ts';
import {
  DeleteShareGroupStateRequest,
  DeleteShareGroupStateResponse,
} from './messages/delete-share-group-state.ts';
import {
  ReadShareGroupStateSummaryRequest,
  ReadShareGroupStateSummaryResponse,
} from './messages/read-share-group-state-summary.ts';
import {
  StreamsGroupHeartbeatRequest,
  StreamsGroupHeartbeatResponse,
} from './messages/streams-group-heartbeat.ts';
import {
  StreamsGroupDescribeRequest,
  StreamsGroupDescribeResponse,
} from './messages/streams-group-describe.ts';
import {
  DescribeShareGroupOffsetsRequest,
  DescribeShareGroupOffsetsResponse,
} from './messages/describe-share-group-offsets.ts';
import {
  AlterShareGroupOffsetsRequest,
  AlterShareGroupOffsetsResponse,
} from './messages/alter-share-group-offsets.ts';
import {
  DeleteShareGroupOffsetsRequest,
  DeleteShareGroupOffsetsResponse,
} from './messages/delete-share-group-offsets.ts';
import {
  StreamsGroupTopologyDescriptionUpdateRequest,
  StreamsGroupTopologyDescriptionUpdateResponse,
} from './messages/streams-group-topology-description-update.ts';
import {
  UnregisterControllerRequest,
  UnregisterControllerResponse,
} from './messages/unregister-controller.ts';
import { ConsumerProtocolAssignment, ConsumerProtocolSubscription } from './messages/consumer-protocol.ts';
import {
  ControlRecordTypeSchema,
  EndTxnMarker,
  KRaftVersionRecord,
  LeaderChangeMessage,
  SnapshotFooterRecord,
  SnapshotHeaderRecord,
  VotersRecord,
} from './messages/control-records.ts';
import {
  ConsumerGroupCurrentMemberAssignmentKey,
  ConsumerGroupCurrentMemberAssignmentValue,
  ConsumerGroupMemberMetadataKey,
  ConsumerGroupMemberMetadataValue,
  ConsumerGroupMetadataKey,
  ConsumerGroupMetadataValue,
  ConsumerGroupPartitionMetadataKey,
  ConsumerGroupPartitionMetadataValue,
  ConsumerGroupRegularExpressionKey,
  ConsumerGroupRegularExpressionValue,
  ConsumerGroupTargetAssignmentMemberKey,
  ConsumerGroupTargetAssignmentMemberValue,
  ConsumerGroupTargetAssignmentMetadataKey,
  ConsumerGroupTargetAssignmentMetadataValue,
  GroupMetadataKey,
  GroupMetadataValue,
  LegacyOffsetCommitKey,
  LegacyOffsetCommitValue,
  OffsetCommitKey,
  OffsetCommitValue,
  ShareGroupCurrentMemberAssignmentKey,
  ShareGroupCurrentMemberAssignmentValue,
  ShareGroupMemberMetadataKey,
  ShareGroupMemberMetadataValue,
  ShareGroupMetadataKey,
  ShareGroupMetadataValue,
  ShareGroupStatePartitionMetadataKey,
  ShareGroupStatePartitionMetadataValue,
  ShareGroupTargetAssignmentMemberKey,
  ShareGroupTargetAssignmentMemberValue,
  ShareGroupTargetAssignmentMetadataKey,
  ShareGroupTargetAssignmentMetadataValue,
  ShareSnapshotKey,
  ShareSnapshotValue,
  ShareUpdateKey,
  ShareUpdateValue,
  StreamsGroupCurrentMemberAssignmentKey,
  StreamsGroupCurrentMemberAssignmentValue,
  StreamsGroupMemberMetadataKey,
  StreamsGroupMemberMetadataValue,
  StreamsGroupMetadataKey,
  StreamsGroupMetadataValue,
  StreamsGroupTargetAssignmentMemberKey,
  StreamsGroupTargetAssignmentMemberValue,
  StreamsGroupTargetAssignmentMetadataKey,
  StreamsGroupTargetAssignmentMetadataValue,
  StreamsGroupTopologyKey,
  StreamsGroupTopologyValue,
  TransactionLogKey,
  TransactionLogValue,
} from './messages/coordinator-records.ts';
import { RequestHeader, ResponseHeader } from './messages/headers.ts';
import { AbortedTxn, ProducerSnapshot } from './messages/log-files.ts';
import {
  AbortTransactionRecord,
  AccessControlEntryRecord,
  BeginTransactionRecord,
  BrokerRegistrationChangeRecord,
  ClearElrRecord,
  ClientQuotaRecord,
  ConfigRecord,
  DelegationTokenRecord,
  EndTransactionRecord,
  FeatureLevelRecord,
  FenceBrokerRecord,
  NoOpRecord,
  PartitionChangeRecord,
  PartitionRecord,
  ProducerIdsRecord,
  RegisterBrokerRecord,
  RegisterControllerRecord,
  RemoveAccessControlEntryRecord,
  RemoveDelegationTokenRecord,
  RemoveTopicRecord,
  RemoveUserScramCredentialRecord,
  TopicRecord,
  UnfenceBrokerRecord,
  UnregisterBrokerRecord,
  UnregisterControllerRecord,
  UserScramCredentialRecord,
  ZkMigrationStateRecord,
} from './messages/metadata-records.ts';
import { DefaultPrincipalData } from './messages/principal.ts';
import { QuorumStateData } from './messages/quorum-state.ts';
import {
  RemoteLogSegmentMetadataRecord,
  RemoteLogSegmentMetadataSnapshotRecord,
  RemoteLogSegmentMetadataUpdateRecord,
  RemotePartitionDeleteMetadataRecord,
} from './messages/remote-log-records.ts';
import type { AnyMessageCodec } from '../wire/message-codec.ts';

/** The two messages of an API. */
export interface ApiMessages {
  readonly request: AnyMessageCodec;
  readonly response: AnyMessageCodec;
}

/** Request and response by API key. The keys 4 to 7, removed in Kafka 4.0, are absent. */
export const apiMessages: ReadonlyMap<number, ApiMessages> = new Map<number, ApiMessages>([
  [0, { request: ProduceRequest, response: ProduceResponse }],
  [1, { request: FetchRequest, response: FetchResponse }],
  [2, { request: ListOffsetsRequest, response: ListOffsetsResponse }],
  [3, { request: MetadataRequest, response: MetadataResponse }],
  [8, { request: OffsetCommitRequest, response: OffsetCommitResponse }],
  [9, { request: OffsetFetchRequest, response: OffsetFetchResponse }],
  [10, { request: FindCoordinatorRequest, response: FindCoordinatorResponse }],
  [11, { request: JoinGroupRequest, response: JoinGroupResponse }],
  [12, { request: HeartbeatRequest, response: HeartbeatResponse }],
  [13, { request: LeaveGroupRequest, response: LeaveGroupResponse }],
  [14, { request: SyncGroupRequest, response: SyncGroupResponse }],
  [15, { request: DescribeGroupsRequest, response: DescribeGroupsResponse }],
  [16, { request: ListGroupsRequest, response: ListGroupsResponse }],
  [17, { request: SaslHandshakeRequest, response: SaslHandshakeResponse }],
  [18, { request: ApiVersionsRequest, response: ApiVersionsResponse }],
  [19, { request: CreateTopicsRequest, response: CreateTopicsResponse }],
  [20, { request: DeleteTopicsRequest, response: DeleteTopicsResponse }],
  [21, { request: DeleteRecordsRequest, response: DeleteRecordsResponse }],
  [22, { request: InitProducerIdRequest, response: InitProducerIdResponse }],
  [23, { request: OffsetForLeaderEpochRequest, response: OffsetForLeaderEpochResponse }],
  [24, { request: AddPartitionsToTxnRequest, response: AddPartitionsToTxnResponse }],
  [25, { request: AddOffsetsToTxnRequest, response: AddOffsetsToTxnResponse }],
  [26, { request: EndTxnRequest, response: EndTxnResponse }],
  [27, { request: WriteTxnMarkersRequest, response: WriteTxnMarkersResponse }],
  [28, { request: TxnOffsetCommitRequest, response: TxnOffsetCommitResponse }],
  [29, { request: DescribeAclsRequest, response: DescribeAclsResponse }],
  [30, { request: CreateAclsRequest, response: CreateAclsResponse }],
  [31, { request: DeleteAclsRequest, response: DeleteAclsResponse }],
  [32, { request: DescribeConfigsRequest, response: DescribeConfigsResponse }],
  [33, { request: AlterConfigsRequest, response: AlterConfigsResponse }],
  [34, { request: AlterReplicaLogDirsRequest, response: AlterReplicaLogDirsResponse }],
  [35, { request: DescribeLogDirsRequest, response: DescribeLogDirsResponse }],
  [36, { request: SaslAuthenticateRequest, response: SaslAuthenticateResponse }],
  [37, { request: CreatePartitionsRequest, response: CreatePartitionsResponse }],
  [38, { request: CreateDelegationTokenRequest, response: CreateDelegationTokenResponse }],
  [39, { request: RenewDelegationTokenRequest, response: RenewDelegationTokenResponse }],
  [40, { request: ExpireDelegationTokenRequest, response: ExpireDelegationTokenResponse }],
  [41, { request: DescribeDelegationTokenRequest, response: DescribeDelegationTokenResponse }],
  [42, { request: DeleteGroupsRequest, response: DeleteGroupsResponse }],
  [43, { request: ElectLeadersRequest, response: ElectLeadersResponse }],
  [44, { request: IncrementalAlterConfigsRequest, response: IncrementalAlterConfigsResponse }],
  [45, { request: AlterPartitionReassignmentsRequest, response: AlterPartitionReassignmentsResponse }],
  [46, { request: ListPartitionReassignmentsRequest, response: ListPartitionReassignmentsResponse }],
  [47, { request: OffsetDeleteRequest, response: OffsetDeleteResponse }],
  [48, { request: DescribeClientQuotasRequest, response: DescribeClientQuotasResponse }],
  [49, { request: AlterClientQuotasRequest, response: AlterClientQuotasResponse }],
  [50, { request: DescribeUserScramCredentialsRequest, response: DescribeUserScramCredentialsResponse }],
  [51, { request: AlterUserScramCredentialsRequest, response: AlterUserScramCredentialsResponse }],
  [52, { request: VoteRequest, response: VoteResponse }],
  [53, { request: BeginQuorumEpochRequest, response: BeginQuorumEpochResponse }],
  [54, { request: EndQuorumEpochRequest, response: EndQuorumEpochResponse }],
  [55, { request: DescribeQuorumRequest, response: DescribeQuorumResponse }],
  [56, { request: AlterPartitionRequest, response: AlterPartitionResponse }],
  [57, { request: UpdateFeaturesRequest, response: UpdateFeaturesResponse }],
  [58, { request: EnvelopeRequest, response: EnvelopeResponse }],
  [59, { request: FetchSnapshotRequest, response: FetchSnapshotResponse }],
  [60, { request: DescribeClusterRequest, response: DescribeClusterResponse }],
  [61, { request: DescribeProducersRequest, response: DescribeProducersResponse }],
  [62, { request: BrokerRegistrationRequest, response: BrokerRegistrationResponse }],
  [63, { request: BrokerHeartbeatRequest, response: BrokerHeartbeatResponse }],
  [64, { request: UnregisterBrokerRequest, response: UnregisterBrokerResponse }],
  [65, { request: DescribeTransactionsRequest, response: DescribeTransactionsResponse }],
  [66, { request: ListTransactionsRequest, response: ListTransactionsResponse }],
  [67, { request: AllocateProducerIdsRequest, response: AllocateProducerIdsResponse }],
  [68, { request: ConsumerGroupHeartbeatRequest, response: ConsumerGroupHeartbeatResponse }],
  [69, { request: ConsumerGroupDescribeRequest, response: ConsumerGroupDescribeResponse }],
  [70, { request: ControllerRegistrationRequest, response: ControllerRegistrationResponse }],
  [71, { request: GetTelemetrySubscriptionsRequest, response: GetTelemetrySubscriptionsResponse }],
  [72, { request: PushTelemetryRequest, response: PushTelemetryResponse }],
  [73, { request: AssignReplicasToDirsRequest, response: AssignReplicasToDirsResponse }],
  [74, { request: ListConfigResourcesRequest, response: ListConfigResourcesResponse }],
  [75, { request: DescribeTopicPartitionsRequest, response: DescribeTopicPartitionsResponse }],
  [76, { request: ShareGroupHeartbeatRequest, response: ShareGroupHeartbeatResponse }],
  [77, { request: ShareGroupDescribeRequest, response: ShareGroupDescribeResponse }],
  [78, { request: ShareFetchRequest, response: ShareFetchResponse }],
  [79, { request: ShareAcknowledgeRequest, response: ShareAcknowledgeResponse }],
  [80, { request: AddRaftVoterRequest, response: AddRaftVoterResponse }],
  [81, { request: RemoveRaftVoterRequest, response: RemoveRaftVoterResponse }],
  [82, { request: UpdateRaftVoterRequest, response: UpdateRaftVoterResponse }],
  [83, { request: InitializeShareGroupStateRequest, response: InitializeShareGroupStateResponse }],
  [84, { request: ReadShareGroupStateRequest, response: ReadShareGroupStateResponse }],
  [85, { request: WriteShareGroupStateRequest, response: WriteShareGroupStateResponse }],
  [86, { request: DeleteShareGroupStateRequest, response: DeleteShareGroupStateResponse }],
  [87, { request: ReadShareGroupStateSummaryRequest, response: ReadShareGroupStateSummaryResponse }],
  [88, { request: StreamsGroupHeartbeatRequest, response: StreamsGroupHeartbeatResponse }],
  [89, { request: StreamsGroupDescribeRequest, response: StreamsGroupDescribeResponse }],
  [90, { request: DescribeShareGroupOffsetsRequest, response: DescribeShareGroupOffsetsResponse }],
  [91, { request: AlterShareGroupOffsetsRequest, response: AlterShareGroupOffsetsResponse }],
  [92, { request: DeleteShareGroupOffsetsRequest, response: DeleteShareGroupOffsetsResponse }],
  [93, {
    request: StreamsGroupTopologyDescriptionUpdateRequest,
    response: StreamsGroupTopologyDescriptionUpdateResponse,
  }],
  [94, { request: UnregisterControllerRequest, response: UnregisterControllerResponse }],
]);

/** Everything that is not an API: headers, records of internal topics, embedded structures. */
export const structureMessages: readonly AnyMessageCodec[] = [
  ConsumerProtocolAssignment,
  ConsumerProtocolSubscription,
  ControlRecordTypeSchema,
  EndTxnMarker,
  KRaftVersionRecord,
  LeaderChangeMessage,
  SnapshotFooterRecord,
  SnapshotHeaderRecord,
  VotersRecord,
  LegacyOffsetCommitKey,
  LegacyOffsetCommitValue,
  OffsetCommitKey,
  OffsetCommitValue,
  GroupMetadataKey,
  GroupMetadataValue,
  ConsumerGroupMetadataKey,
  ConsumerGroupMetadataValue,
  ConsumerGroupPartitionMetadataKey,
  ConsumerGroupPartitionMetadataValue,
  ConsumerGroupMemberMetadataKey,
  ConsumerGroupMemberMetadataValue,
  ConsumerGroupTargetAssignmentMetadataKey,
  ConsumerGroupTargetAssignmentMetadataValue,
  ConsumerGroupTargetAssignmentMemberKey,
  ConsumerGroupTargetAssignmentMemberValue,
  ConsumerGroupCurrentMemberAssignmentKey,
  ConsumerGroupCurrentMemberAssignmentValue,
  ShareGroupMemberMetadataKey,
  ShareGroupMemberMetadataValue,
  ShareGroupMetadataKey,
  ShareGroupMetadataValue,
  ShareGroupTargetAssignmentMetadataKey,
  ShareGroupTargetAssignmentMetadataValue,
  ShareGroupTargetAssignmentMemberKey,
  ShareGroupTargetAssignmentMemberValue,
  ShareGroupCurrentMemberAssignmentKey,
  ShareGroupCurrentMemberAssignmentValue,
  ShareGroupStatePartitionMetadataKey,
  ShareGroupStatePartitionMetadataValue,
  ConsumerGroupRegularExpressionKey,
  ConsumerGroupRegularExpressionValue,
  StreamsGroupMetadataKey,
  StreamsGroupMetadataValue,
  StreamsGroupMemberMetadataKey,
  StreamsGroupMemberMetadataValue,
  StreamsGroupTargetAssignmentMetadataKey,
  StreamsGroupTargetAssignmentMetadataValue,
  StreamsGroupTargetAssignmentMemberKey,
  StreamsGroupTargetAssignmentMemberValue,
  StreamsGroupCurrentMemberAssignmentKey,
  StreamsGroupCurrentMemberAssignmentValue,
  StreamsGroupTopologyKey,
  StreamsGroupTopologyValue,
  TransactionLogKey,
  TransactionLogValue,
  ShareSnapshotKey,
  ShareSnapshotValue,
  ShareUpdateKey,
  ShareUpdateValue,
  RequestHeader,
  ResponseHeader,
  AbortedTxn,
  ProducerSnapshot,
  RegisterBrokerRecord,
  UnregisterBrokerRecord,
  TopicRecord,
  PartitionRecord,
  ConfigRecord,
  PartitionChangeRecord,
  FenceBrokerRecord,
  UnfenceBrokerRecord,
  RemoveTopicRecord,
  DelegationTokenRecord,
  UserScramCredentialRecord,
  FeatureLevelRecord,
  ClientQuotaRecord,
  ProducerIdsRecord,
  BrokerRegistrationChangeRecord,
  AccessControlEntryRecord,
  RemoveAccessControlEntryRecord,
  NoOpRecord,
  ZkMigrationStateRecord,
  RemoveUserScramCredentialRecord,
  BeginTransactionRecord,
  EndTransactionRecord,
  AbortTransactionRecord,
  RemoveDelegationTokenRecord,
  RegisterControllerRecord,
  ClearElrRecord,
  UnregisterControllerRecord,
  DefaultPrincipalData,
  QuorumStateData,
  RemoteLogSegmentMetadataRecord,
  RemoteLogSegmentMetadataUpdateRecord,
  RemotePartitionDeleteMetadataRecord,
  RemoteLogSegmentMetadataSnapshotRecord,
];
