import { CreateTopicsRequest, CreateTopicsResponse } from '@millrace/protocol/messages/create-topics';
import { peerApi } from '@millrace/replication';
import type { RequestContext } from '../apis/handler.ts';
import type { BrokerServices } from '../broker-services.ts';
import type { BrokerPropertyValues } from '../config/broker-properties.ts';
import { createTopics, type NewTopic } from '../controller/create-topics.ts';
import { implicitTopic } from '../controller/new-topic.ts';
import { requestedTopics, type RequestedTopic } from './controller-requests.ts';

const createTopicsApi = peerApi(CreateTopicsRequest, CreateTopicsResponse);

/** No error that a version of CreateTopics is too old for. */
const ANY_VERSION = Infinity;

/**
 * Creates topics that a client wants and nobody has made, in its name: what counts is what the client may do and may
 * use up.
 * @throws KafkaError where the controller cannot be asked
 */
export function createForClient(
  names: readonly string[],
  context: RequestContext,
): Promise<readonly RequestedTopic[]> {
  return createTopicsForClient((config) => names.map((name) => implicitTopic(name, config)), context);
}

/** The same for topics that are specified. @throws KafkaError where the controller cannot be asked */
export async function createTopicsForClient(
  topicsBy: (config: BrokerPropertyValues) => readonly NewTopic[],
  context: RequestContext,
): Promise<readonly RequestedTopic[]> {
  const { broker } = context;
  if (!broker.controller.isActive) {
    const topics = topicsBy(broker.config);
    const timeoutMs = broker.config['request.timeout.ms'];
    const answer = await broker.cluster.forwarder.send(
      createTopicsApi,
      { topics, timeoutMs, validateOnly: false },
      context,
    );
    context.throttleMs = answer.throttleTimeMs;
    return requestedTopics(answer);
  }
  const mutations = broker.quotas.beginMutations(context, ANY_VERSION);
  const created = await broker.controller.run((state) =>
    createTopics(state, topicsBy(state.config.values), false, mutations.charge),
  );
  context.throttleMs = mutations.throttleMs;
  return created;
}

/** Creates an internal topic, in the name of this broker. @throws KafkaError */
export async function createInternalTopic(
  name: string,
  broker: BrokerServices,
): Promise<RequestedTopic | undefined> {
  const [created] = broker.controller.isActive
    ? await broker.controller.run((state) =>
        createTopics(state, [implicitTopic(name, state.config.values)], false),
      )
    : await broker.cluster.requests.createTopics([implicitTopic(name, broker.config)]);
  return created;
}
