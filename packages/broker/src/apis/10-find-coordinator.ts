import { ApiKey, ErrorCode, kafkaErrorName } from '@millrace/protocol';
import {
  FindCoordinatorRequest,
  FindCoordinatorResponse,
  type FindCoordinatorRequest as Request,
} from '@millrace/protocol/messages/find-coordinator';
import { coordinatorPartition } from '../group/coordinator-partition.ts';
import { GROUP_METADATA_TOPIC } from '../group/group-coordinator.ts';
import { defineHandler, type RequestContext } from './handler.ts';

const FIRST_WITH_KEY_LIST = 4;
const GROUP_KEY_TYPE = 0;

/** A coordinator's address, or why there is none. */
interface Coordinator {
  readonly errorCode: number;
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
}

export const findCoordinator = defineHandler({
  key: ApiKey.FIND_COORDINATOR,
  minVersion: 0,
  maxVersion: 6,
  request: FindCoordinatorRequest,
  response: FindCoordinatorResponse,

  async handle(request, context) {
    if (context.version < FIRST_WITH_KEY_LIST) return oldResponse(await find(request.key, request, context));
    const coordinators = request.coordinatorKeys.map(async (key) => ({
      key,
      ...(await find(key, request, context)),
      errorMessage: '',
    }));
    return { throttleTimeMs: 0, coordinators: await Promise.all(coordinators) };
  },

  fail({ errorCode }, request, { version }) {
    if (version < FIRST_WITH_KEY_LIST) return oldResponse(unavailable(errorCode));
    const coordinators = request.coordinatorKeys.map((key) => ({
      key,
      ...unavailable(errorCode),
      errorMessage: '',
    }));
    return { throttleTimeMs: 0, coordinators };
  },
});

/** Apache Kafka puts the text of the error there, `NONE` included. */
function oldResponse(coordinator: Coordinator) {
  return { throttleTimeMs: 0, ...coordinator, errorMessage: kafkaErrorName(coordinator.errorCode) };
}

/** Transactions and share groups have coordinators of their own, which this broker does not run yet. */
async function find(
  key: string,
  { keyType }: Request,
  { broker, connection }: RequestContext,
): Promise<Coordinator> {
  if (keyType !== GROUP_KEY_TYPE) return unavailable(ErrorCode.INVALID_REQUEST);
  const topic = await internalTopic(broker);
  const partition = topic?.partitions[coordinatorPartition(key, topic.partitions.length)];
  if (partition === undefined || partition.leader === -1)
    return unavailable(ErrorCode.COORDINATOR_NOT_AVAILABLE);
  const { leader } = partition;
  const endpoint =
    leader === broker.nodeId
      ? broker.advertisedEndpoint(connection.listenerName)
      : broker.image.brokers.get(leader)?.endpoints.get(connection.listenerName);
  if (endpoint === undefined) return unavailable(ErrorCode.COORDINATOR_NOT_AVAILABLE);
  return { errorCode: ErrorCode.NONE, nodeId: leader, host: endpoint.host, port: endpoint.port };
}

/** The first one to ask causes the topic to be made. When that fails, the client asks again. */
async function internalTopic(broker: RequestContext['broker']) {
  try {
    return (
      broker.image.topics.byName.get(GROUP_METADATA_TOPIC) ??
      (await broker.ensureInternalTopic(GROUP_METADATA_TOPIC))
    );
  } catch (cause) {
    broker.logger.warn('Internal topic could not be created', { topic: GROUP_METADATA_TOPIC, cause });
    return undefined;
  }
}

function unavailable(errorCode: number): Coordinator {
  return { errorCode, nodeId: -1, host: '', port: -1 };
}
