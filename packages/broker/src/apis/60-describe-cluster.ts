import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import {
  DescribeClusterRequest,
  DescribeClusterResponse,
} from '@millrace/protocol/messages/describe-cluster';
import { authorizedOperations, NOT_ASKED } from './authorized-operations.ts';
import { defineHandler } from './handler.ts';

const BROKER_ENDPOINTS = 1;

export const describeCluster = defineHandler({
  key: ApiKey.DESCRIBE_CLUSTER,
  minVersion: 0,
  maxVersion: 2,
  request: DescribeClusterRequest,
  response: DescribeClusterResponse,

  validate({ endpointType }) {
    if (endpointType === BROKER_ENDPOINTS) return;
    throw new KafkaError(
      endpointType === 2 ? 'MISMATCHED_ENDPOINT_TYPE' : 'UNSUPPORTED_ENDPOINT_TYPE',
      `This listener has endpoints of brokers, the request wants type ${endpointType}`,
    );
  },

  handle(request, context) {
    const { broker, connection, version } = context;
    const brokers = [];
    for (const node of broker.image.brokers.values()) {
      const endpoint = node.endpoints.get(connection.listenerName);
      if (endpoint === undefined || (node.isFenced && !request.includeFencedBrokers)) continue;
      const fenced = version >= 2 ? { isFenced: node.isFenced } : {};
      brokers.push({ brokerId: node.id, ...endpoint, rack: node.rack, ...fenced });
    }
    return {
      throttleTimeMs: 0,
      errorCode: ErrorCode.NONE,
      clusterId: broker.clusterId,
      controllerId: broker.nodeId,
      brokers,
      clusterAuthorizedOperations: request.includeClusterAuthorizedOperations
        ? authorizedOperations(context, 'CLUSTER')
        : NOT_ASKED,
    };
  },

  fail: (error) => ({
    throttleTimeMs: 0,
    errorCode: error.errorCode,
    errorMessage: error.message,
    clusterId: '',
    brokers: [],
  }),
});
