import { ErrorCode } from '@millrace/protocol';
import { AddRaftVoterRequest, AddRaftVoterResponse } from '@millrace/protocol/messages/add-raft-voter';
import {
  DescribeQuorumRequest,
  DescribeQuorumResponse,
  type DescribeQuorumResponseReplicaState,
} from '@millrace/protocol/messages/describe-quorum';
import {
  RemoveRaftVoterRequest,
  RemoveRaftVoterResponse,
} from '@millrace/protocol/messages/remove-raft-voter';
import {
  UnregisterBrokerRequest,
  UnregisterBrokerResponse,
} from '@millrace/protocol/messages/unregister-broker';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import { attemptTimeoutMs, type AdminCallOptions, type AdminContext } from './admin-context.ts';
import { retryCall } from './retry-call.ts';

const DESCRIBE = defineApi(DescribeQuorumRequest, DescribeQuorumResponse);
const ADD_VOTER = defineApi(AddRaftVoterRequest, AddRaftVoterResponse);
const REMOVE_VOTER = defineApi(RemoveRaftVoterRequest, RemoveRaftVoterResponse);
const UNREGISTER = defineApi(UnregisterBrokerRequest, UnregisterBrokerResponse);

const METADATA_TOPIC = '__cluster_metadata';

/** Where a node is in the metadata log, as the leader sees it. */
export interface QuorumReplica {
  readonly nodeId: number;
  /** 22 characters; all zero bits from nodes that do not say. */
  readonly directoryId: string;
  /** -1 where it is not known. */
  readonly logEndOffset: number;
  /** Of the leader's clock; -1 where there was no fetch. */
  readonly lastFetchTimestampMs: number;
  /** -1 where it never was. */
  readonly lastCaughtUpTimestampMs: number;
}

/** Where a controller listens. */
export interface QuorumEndpoint {
  readonly listener: string;
  readonly host: string;
  readonly port: number;
}

/** The quorum as its leader sees it. */
export interface QuorumDescription {
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly highWatermark: number;
  readonly voters: readonly QuorumReplica[];
  readonly observers: readonly QuorumReplica[];
  /** Of voters, by node id; empty from brokers before Kafka 3.9. */
  readonly endpoints: ReadonlyMap<number, readonly QuorumEndpoint[]>;
}

/** A controller by its id and the directory its metadata log is in: another disk is another voter. */
export interface Voter {
  readonly nodeId: number;
  readonly directoryId: string;
}

/** A voter with its addresses, the first of them that of the quorum. */
export interface NewVoter extends Voter {
  readonly endpoints: readonly QuorumEndpoint[];
}

export function describeMetadataQuorum(
  context: AdminContext,
  options: AdminCallOptions,
): Promise<QuorumDescription> {
  return retryCall(context, 'describeMetadataQuorum', options, async () => {
    const message = { topics: [{ topicName: METADATA_TOPIC, partitions: [{ partitionIndex: 0 }] }] };
    const { response } = await context.cluster.send({ to: 'any', api: DESCRIBE, message });
    throwOnError('DescribeQuorum', response);
    const partition = response.topics[0]?.partitions[0];
    if (partition === undefined) {
      throw kafkaFailure(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, 'DescribeQuorum');
    }
    throwOnError('DescribeQuorum', partition);
    return {
      leaderId: partition.leaderId,
      leaderEpoch: partition.leaderEpoch,
      highWatermark: partition.highWatermark,
      voters: partition.currentVoters.map(replicaOf),
      observers: partition.observers.map(replicaOf),
      endpoints: new Map(
        response.nodes.map(({ nodeId, listeners }) => [
          nodeId,
          listeners.map(({ name, host, port }) => ({ listener: name, host, port })),
        ]),
      ),
    };
  });
}

export function addRaftVoter(
  context: AdminContext,
  { nodeId, directoryId, endpoints }: NewVoter,
  options: AdminCallOptions,
): Promise<void> {
  const timeoutMs = attemptTimeoutMs(context, options);
  return retryCall(context, 'addRaftVoter', options, async () => {
    const message = {
      clusterId: null,
      timeoutMs,
      voterId: nodeId,
      voterDirectoryId: directoryId,
      listeners: endpoints.map(({ listener, host, port }) => ({ name: listener, host, port })),
    };
    const { response } = await context.cluster.send({ to: 'controller', api: ADD_VOTER, message, timeoutMs });
    throwOnError(`Adding controller ${nodeId}`, response);
  });
}

export function removeRaftVoter(
  context: AdminContext,
  { nodeId, directoryId }: Voter,
  options: AdminCallOptions,
): Promise<void> {
  return retryCall(context, 'removeRaftVoter', options, async () => {
    const message = { clusterId: null, voterId: nodeId, voterDirectoryId: directoryId };
    const { response } = await context.cluster.send({ to: 'controller', api: REMOVE_VOTER, message });
    throwOnError(`Removing controller ${nodeId}`, response);
  });
}

export function unregisterBroker(
  context: AdminContext,
  brokerId: number,
  options: AdminCallOptions,
): Promise<void> {
  return retryCall(context, 'unregisterBroker', options, async () => {
    const { response } = await context.cluster.send({
      to: 'controller',
      api: UNREGISTER,
      message: { brokerId },
    });
    throwOnError(`Unregistering broker ${brokerId}`, response);
  });
}

function throwOnError(
  doing: string,
  { errorCode, errorMessage }: { readonly errorCode: number; readonly errorMessage: string | null },
): void {
  if (errorCode !== ErrorCode.NONE) throw kafkaFailure(errorCode, doing, errorMessage);
}

function replicaOf(replica: DescribeQuorumResponseReplicaState): QuorumReplica {
  return {
    nodeId: replica.replicaId,
    directoryId: replica.replicaDirectoryId,
    logEndOffset: replica.logEndOffset,
    lastFetchTimestampMs: replica.lastFetchTimestamp,
    lastCaughtUpTimestampMs: replica.lastCaughtUpTimestamp,
  };
}
