import { ErrorCode } from '@millrace/protocol';
import {
  DescribeClusterRequest,
  DescribeClusterResponse,
} from '@millrace/protocol/messages/describe-cluster';
import { defineApi } from '../cluster/api.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import { METADATA } from '../cluster/metadata-refresher.ts';
import { UnsupportedVersionError } from '../errors.ts';
import type { AdminCallOptions, AdminContext } from './admin-context.ts';
import { retryCall } from './retry-call.ts';

const DESCRIBE_CLUSTER = defineApi(DescribeClusterRequest, DescribeClusterResponse);

/** A broker: where clients reach it. */
export interface BrokerDescription {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}

/** The brokers that are alive. */
export interface ClusterDescription {
  readonly clusterId: string | null;
  /** -1 while there is none. */
  readonly controllerId: number;
  readonly brokers: readonly BrokerDescription[];
}

export function describeCluster(
  context: AdminContext,
  options: AdminCallOptions,
): Promise<ClusterDescription> {
  return retryCall(context, 'describeCluster', options, async () => {
    try {
      return await askDirectly(context.cluster);
    } catch (error) {
      // Brokers before Kafka 2.8 tell the same in Metadata.
      if (error instanceof UnsupportedVersionError) return askMetadata(context.cluster);
      throw error;
    }
  });
}

async function askDirectly(cluster: Cluster): Promise<ClusterDescription> {
  const message = { includeClusterAuthorizedOperations: false };
  const { response } = await cluster.send({ to: 'any', api: DESCRIBE_CLUSTER, message });
  const { errorCode, errorMessage, clusterId, controllerId, brokers } = response;
  if (errorCode !== ErrorCode.NONE) throw kafkaFailure(errorCode, 'DescribeCluster', errorMessage);
  return {
    clusterId,
    controllerId,
    brokers: brokers.map(({ brokerId, host, port, rack }) => ({ id: brokerId, host, port, rack })),
  };
}

async function askMetadata(cluster: Cluster): Promise<ClusterDescription> {
  const message = { topics: [], allowAutoTopicCreation: false };
  const { response } = await cluster.send({ to: 'any', api: METADATA, message });
  const { clusterId, controllerId, brokers } = response;
  return {
    clusterId,
    controllerId,
    brokers: brokers.map(({ nodeId, host, port, rack }) => ({ id: nodeId, host, port, rack })),
  };
}
