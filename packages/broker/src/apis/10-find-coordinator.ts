import { ApiKey, ErrorCode, KafkaError, kafkaErrorName } from '@millrace/protocol';
import {
  FindCoordinatorRequest,
  FindCoordinatorResponse,
} from '@millrace/protocol/messages/find-coordinator';
import { coordinatorPartition } from '../coordinator/coordinator-partition.ts';
import { SHARE_VERSION, SHARE_VERSION_FEATURE } from '../metadata/features.ts';
import { requireFeature } from '../metadata/require-feature.ts';
import {
  CONSUMER_OFFSETS_TOPIC,
  SHARE_STATE_TOPIC,
  TRANSACTION_STATE_TOPIC,
} from '../metadata/topic-names.ts';
import { isCoordinatorKey } from '../share/state/share-partition-key.ts';
import { accessRefused, isAllowed, type ResourceKind } from './access.ts';
import { defineHandler, type RequestContext } from './handler.ts';

const FIRST_WITH_KEY_LIST = 4;

const SHARE_KEY_TYPE = 2;
/** From this version on brokers look for share coordinators. */
const FIRST_WITH_SHARE_KEYS = 6;

/** The internal topics whose leaders coordinate, by key type. */
const coordinatedBy: ReadonlyMap<number, string> = new Map([
  [0, CONSUMER_OFFSETS_TOPIC],
  [1, TRANSACTION_STATE_TOPIC],
  [SHARE_KEY_TYPE, SHARE_STATE_TOPIC],
]);
/** What is coordinated there; other keys are for brokers only. */
const kindsByTopic: ReadonlyMap<string, ResourceKind> = new Map([
  [CONSUMER_OFFSETS_TOPIC, 'GROUP'],
  [TRANSACTION_STATE_TOPIC, 'TRANSACTIONAL_ID'],
]);

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

  validate({ keyType }, { version, broker }) {
    if (!coordinatedBy.has(keyType))
      throw new KafkaError('INVALID_REQUEST', `This broker knows no key type ${keyType}`);
    if (keyType !== SHARE_KEY_TYPE) return;
    if (version < FIRST_WITH_SHARE_KEYS)
      throw new KafkaError('INVALID_REQUEST', 'Share coordinators are found by version 6 on');
    requireFeature(broker.image, SHARE_VERSION_FEATURE, SHARE_VERSION);
  },

  async handle({ key: oldKey, keyType, coordinatorKeys }, context) {
    const topic = coordinatedBy.get(keyType)!;
    if (context.version < FIRST_WITH_KEY_LIST) {
      const coordinator = await find(oldKey, topic, context);
      // Apache Kafka puts the text of the error there in these versions, `NONE` included.
      return { throttleTimeMs: 0, ...coordinator, errorMessage: kafkaErrorName(coordinator.errorCode) };
    }
    const coordinators = coordinatorKeys.map(async (key) => ({
      key,
      ...(await find(key, topic, context)),
      errorMessage: '',
    }));
    return { throttleTimeMs: 0, coordinators: await Promise.all(coordinators) };
  },

  fail({ errorCode, message: errorMessage }, { coordinatorKeys }, { version }) {
    const failed = { ...unavailable(errorCode), errorMessage };
    if (version < FIRST_WITH_KEY_LIST) return { throttleTimeMs: 0, ...failed };
    return { throttleTimeMs: 0, coordinators: coordinatorKeys.map((key) => ({ key, ...failed })) };
  },
});

async function find(key: string, topicName: string, context: RequestContext): Promise<Coordinator> {
  const { broker, connection } = context;
  const kind = kindsByTopic.get(topicName);
  const isVisible =
    kind === undefined
      ? isAllowed(context, 'CLUSTER_ACTION', 'CLUSTER')
      : isAllowed(context, 'DESCRIBE', kind, key);
  if (!isVisible) return unavailable(accessRefused(kind ?? 'CLUSTER').errorCode);
  if (topicName === SHARE_STATE_TOPIC && !isCoordinatorKey(key))
    return unavailable(ErrorCode.INVALID_REQUEST);
  const topic = await internalTopic(topicName, broker);
  const partition = topic?.partitions[coordinatorPartition(key, topic.partitions.length)];
  if (partition === undefined || partition.leader === -1) {
    return unavailable(ErrorCode.COORDINATOR_NOT_AVAILABLE);
  }
  const { leader } = partition;
  const endpoint =
    leader === broker.nodeId
      ? broker.advertisedEndpoint(connection.listenerName)
      : broker.image.brokers.get(leader)?.endpoints.get(connection.listenerName);
  if (endpoint === undefined) return unavailable(ErrorCode.COORDINATOR_NOT_AVAILABLE);
  return { errorCode: ErrorCode.NONE, nodeId: leader, host: endpoint.host, port: endpoint.port };
}

/** The first one to ask causes the topic to be made. When that fails, the client asks again. */
async function internalTopic(name: string, broker: RequestContext['broker']) {
  try {
    return broker.image.topics.byName.get(name) ?? (await broker.ensureInternalTopic(name));
  } catch (cause) {
    broker.logger.warn('Internal topic could not be created', { topic: name, cause });
    return undefined;
  }
}

function unavailable(errorCode: number): Coordinator {
  return { errorCode, nodeId: -1, host: '', port: -1 };
}
