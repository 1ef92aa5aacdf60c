import { ApiKey, KafkaError } from '@millrace/protocol';
import {
  StreamsGroupHeartbeatRequest,
  StreamsGroupHeartbeatResponse,
  type StreamsGroupHeartbeatRequestTopology,
} from '@millrace/protocol/messages/streams-group-heartbeat';
import type { StreamsHeartbeatReply } from '../group/streams/streams-calls.ts';
import { streamsHeartbeatError } from '../group/streams/streams-refusal.ts';
import { StreamsStatus } from '../group/streams/topology/topology-status.ts';
import { groupConfigOf } from '../config/group-config.ts';
import { ConfigResourceType } from '../metadata/cluster-image.ts';
import { STREAMS_VERSION, STREAMS_VERSION_FEATURE } from '../metadata/features.ts';
import { requireFeature } from '../metadata/require-feature.ts';
import { isInternalTopic, topicNameProblem } from '../metadata/topic-names.ts';
import { isAllowed, requireAllowed } from './access.ts';
import { defineHandler, type RequestContext } from './handler.ts';

/** How many failures to create a topic a member is told of. */
const MOST_FAILURES_TOLD = 3;

export const streamsGroupHeartbeat = defineHandler({
  key: ApiKey.STREAMS_GROUP_HEARTBEAT,
  minVersion: 0,
  maxVersion: 0,
  request: StreamsGroupHeartbeatRequest,
  response: StreamsGroupHeartbeatResponse,

  authorize({ groupId }, context) {
    requireAllowed(context, 'READ', 'GROUP', groupId);
  },

  validate({ topology }, context) {
    requireFeature(context.broker.image, STREAMS_VERSION_FEATURE, STREAMS_VERSION);
    if (topology === null) return;
    const topics = topicsOf(topology);
    checkNames(topics);
    for (const topic of topics) requireAllowed(context, 'DESCRIBE', 'TOPIC', topic);
  },

  async handle(request, context) {
    const { clientId, connection, broker } = context;
    const clientHost = `/${connection.remoteHost}`;
    const call = { api: 'streamsHeartbeat', clientId: clientId ?? '', clientHost, request } as const;
    const reply = await broker.groups.call(request.groupId, call);
    return reply.missingTopics.length === 0 ? reply.response : createMissing(reply, request.groupId, context);
  },

  fail: ({ errorCode, message }) => streamsHeartbeatError(errorCode, message || null),
});

/** Has the missing topics created, if the peer may, and tells what is in the way. */
function createMissing(
  { response, missingTopics }: StreamsHeartbeatReply,
  groupId: string,
  context: RequestContext,
): StreamsGroupHeartbeatResponse {
  const { broker } = context;
  const names = missingTopics.map(({ name }) => name);
  const refused = isAllowed(context, 'CREATE', 'CLUSTER')
    ? []
    : names.filter((name) => !isAllowed(context, 'CREATE', 'TOPIC', name));
  if (refused.length > 0)
    return withDetail(response, `Unauthorized to CREATE on topics ${refused.join(', ')}`);
  const overrides = broker.image.configs.of(ConfigResourceType.GROUP, groupId);
  const retryMs = 2 * groupConfigOf(overrides, broker.config)['streams.heartbeat.interval.ms'];
  broker.streamsTopics.create(missingTopics, context, retryMs);
  const failures = broker.streamsTopics.failuresOf(missingTopics).map(([name, text]) => `${name} (${text})`);
  if (failures.length === 0) return response;
  const others = failures.length - MOST_FAILURES_TOLD;
  const told = failures.slice(0, MOST_FAILURES_TOLD).join(', ');
  return withDetail(response, `Creation failed: ${told}${others > 0 ? ` and ${others} more` : ''}`);
}

function withDetail(response: StreamsGroupHeartbeatResponse, detail: string): StreamsGroupHeartbeatResponse {
  const status = response.status?.map((one) =>
    one.statusCode === StreamsStatus.missingInternalTopics
      ? { ...one, statusDetail: `${one.statusDetail}; ${detail}.` }
      : one,
  );
  return { ...response, status: status ?? null };
}

/** All topics that a topology names, each once. */
function topicsOf({ subtopologies }: StreamsGroupHeartbeatRequestTopology): readonly string[] {
  const topics = subtopologies.flatMap((one) => [
    ...one.sourceTopics,
    ...one.repartitionSinkTopics,
    ...one.repartitionSourceTopics.map(({ name }) => name),
    ...one.stateChangelogTopics.map(({ name }) => name),
  ]);
  return [...new Set(topics)];
}

/** @throws KafkaError STREAMS_INVALID_TOPOLOGY */
function checkNames(topics: readonly string[]): void {
  const internal = topics.filter(isInternalTopic);
  if (internal.length > 0) {
    const text = `Use of Kafka internal topics ${internal.join(',')} in a Kafka Streams topology is prohibited.`;
    throw new KafkaError('STREAMS_INVALID_TOPOLOGY', text);
  }
  const invalid = topics.filter((topic) => topicNameProblem(topic) !== undefined);
  if (invalid.length > 0) {
    const text = `Topic names ${invalid.join(',')} are not valid topic names.`;
    throw new KafkaError('STREAMS_INVALID_TOPOLOGY', text);
  }
}
