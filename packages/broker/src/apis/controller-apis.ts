import { fetchMetadata } from './01-fetch-metadata.ts';
import { saslHandshake } from './17-sasl-handshake.ts';
import { apiVersions } from './18-api-versions.ts';
import { createTopicsHandler } from './19-create-topics.ts';
import { deleteTopicsHandler } from './20-delete-topics.ts';
import { describeAcls } from './29-describe-acls.ts';
import { createAclsHandler } from './30-create-acls.ts';
import { deleteAclsHandler } from './31-delete-acls.ts';
import { describeConfigs } from './32-describe-configs.ts';
import { alterConfigsHandler } from './33-alter-configs.ts';
import { saslAuthenticate } from './36-sasl-authenticate.ts';
import { createPartitionsHandler } from './37-create-partitions.ts';
import { createDelegationToken } from './38-create-delegation-token.ts';
import { renewDelegationToken } from './39-renew-delegation-token.ts';
import { expireDelegationToken } from './40-expire-delegation-token.ts';
import { describeDelegationToken } from './41-describe-delegation-token.ts';
import { electLeadersHandler } from './43-elect-leaders.ts';
import { incrementalAlterConfigs } from './44-incremental-alter-configs.ts';
import { alterPartitionReassignments } from './45-alter-partition-reassignments.ts';
import { listPartitionReassignments } from './46-list-partition-reassignments.ts';
import { alterClientQuotas } from './49-alter-client-quotas.ts';
import { describeUserScramCredentials } from './50-describe-user-scram-credentials.ts';
import { alterUserScramCredentials } from './51-alter-user-scram-credentials.ts';
import { vote } from './52-vote.ts';
import { beginQuorumEpoch } from './53-begin-quorum-epoch.ts';
import { endQuorumEpoch } from './54-end-quorum-epoch.ts';
import { describeQuorum } from './55-describe-quorum.ts';
import { alterPartitionHandler } from './56-alter-partition.ts';
import { updateFeaturesHandler } from './57-update-features.ts';
import { envelope } from './58-envelope.ts';
import { fetchSnapshot } from './59-fetch-snapshot.ts';
import { describeCluster } from './60-describe-cluster.ts';
import { brokerRegistration } from './62-broker-registration.ts';
import { brokerHeartbeatHandler } from './63-broker-heartbeat.ts';
import { unregisterBrokerHandler } from './64-unregister-broker.ts';
import { allocateProducerIdsHandler } from './67-allocate-producer-ids.ts';
import { controllerRegistration } from './70-controller-registration.ts';
import { assignReplicasToDirsHandler } from './73-assign-replicas-to-dirs.ts';
import { addRaftVoter } from './80-add-raft-voter.ts';
import { removeRaftVoter } from './81-remove-raft-voter.ts';
import { updateRaftVoter } from './82-update-raft-voter.ts';
import type { AnyApiHandler } from './handler.ts';

/**
 * Every API that is served on the listeners for controllers: what nodes ask of each other about the cluster, and what
 * administrators may ask of a controller directly (KIP-919). A handler that brokers serve too does the same here.
 */
export const controllerApis: readonly AnyApiHandler[] = [
  fetchMetadata,
  saslHandshake,
  apiVersions,
  createTopicsHandler,
  deleteTopicsHandler,
  describeAcls,
  createAclsHandler,
  deleteAclsHandler,
  describeConfigs,
  alterConfigsHandler,
  saslAuthenticate,
  createPartitionsHandler,
  createDelegationToken,
  renewDelegationToken,
  expireDelegationToken,
  describeDelegationToken,
  electLeadersHandler,
  incrementalAlterConfigs,
  alterPartitionReassignments,
  listPartitionReassignments,
  alterClientQuotas,
  describeUserScramCredentials,
  alterUserScramCredentials,
  vote,
  beginQuorumEpoch,
  endQuorumEpoch,
  describeQuorum,
  alterPartitionHandler,
  updateFeaturesHandler,
  envelope,
  fetchSnapshot,
  describeCluster,
  brokerRegistration,
  brokerHeartbeatHandler,
  unregisterBrokerHandler,
  allocateProducerIdsHandler,
  controllerRegistration,
  assignReplicasToDirsHandler,
  addRaftVoter,
  removeRaftVoter,
  updateRaftVoter,
];
