import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import {
  DescribeClusterRequest,
  DescribeClusterResponse,
} from '@millrace/protocol/messages/describe-cluster';
import { authorizedClusterOperations, NOT_ASKED } from './authorized-operations.ts';
import { defineHandler, type RequestContext } from './handler.ts';
import { someBroker } from './reachable-brokers.ts';

const BROKER_ENDPOINTS = 1;
const CONTROLLER_ENDPOINTS = 2;
const FIRST_WITH_FENCED = 2;

export const describeCluster = defineHandler({
  key: ApiKey.DESCRIBE_CLUSTER,
  minVersion: 0,
  maxVersion: 2,
  request: DescribeClusterRequest,
  response: DescribeClusterResponse,

  validate({ endpointType }, { apis, broker }) {
    const served = apis === broker.controllerApis ? CONTROLLER_ENDPOINTS : BROKER_ENDPOINTS;
    if (endpointType === served) return;
    const isKnown = endpointType === BROKER_ENDPOINTS || endpointType === CONTROLLER_ENDPOINTS;
    throw new KafkaError(
      isKnown ? 'MISMATCHED_ENDPOINT_TYPE' : 'UNSUPPORTED_ENDPOINT_TYPE',
      `This listener has endpoints of type ${served}, the request wants type ${endpointType}`,
    );
  },

  handle(request, context) {
    const { broker } = context;
    return {
      throttleTimeMs: 0,
      errorCode: ErrorCode.NONE,
      clusterId: broker.clusterId,
      ...(request.endpointType === CONTROLLER_ENDPOINTS
        ? { endpointType: CONTROLLER_ENDPOINTS, ...controllers(context) }
        : brokers(request, context)),
      clusterAuthorizedOperations: request.includeClusterAuthorizedOperations
        ? authorizedClusterOperations(context)
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

function brokers(request: DescribeClusterRequest, context: RequestContext) {
  const { broker, connection, version } = context;
  const found = [];
  for (const node of broker.image.brokers.values()) {
    const endpoint = node.endpoints.get(connection.listenerName);
    if (endpoint === undefined || (node.isFenced && !request.includeFencedBrokers)) continue;
    const fenced = version >= FIRST_WITH_FENCED ? { isFenced: node.isFenced } : {};
    found.push({ brokerId: node.id, ...endpoint, rack: node.rack, ...fenced });
  }
  return { controllerId: someBroker(context), brokers: found };
}

/** Those that have registered; where none could yet, the voters that the quorum knows. */
function controllers({ broker, connection }: RequestContext) {
  const { quorum, loader } = broker.cluster.metadata;
  const registered = [...loader.image.controllers.values()].flatMap(({ id, endpoints }) => {
    const endpoint = endpoints.get(connection.listenerName);
    return endpoint === undefined
      ? []
      : [{ brokerId: id, host: endpoint.host, port: endpoint.port, rack: null }];
  });
  const voters = quorum.voters.voters.flatMap(({ id, endpoints }) => {
    const endpoint = endpoints.find(({ name }) => name === connection.listenerName);
    return endpoint === undefined
      ? []
      : [{ brokerId: id, host: endpoint.host, port: endpoint.port, rack: null }];
  });
  return { controllerId: quorum.leader.leaderId, brokers: registered.length > 0 ? registered : voters };
}
