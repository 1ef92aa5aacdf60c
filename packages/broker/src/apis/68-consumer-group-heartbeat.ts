import { ApiKey } from '@millrace/protocol';
import {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
} from '@millrace/protocol/messages/consumer-group-heartbeat';
import { heartbeatError } from '../group/consumer/heartbeat-error.ts';
import { GROUP_VERSION, GROUP_VERSION_FEATURE } from '../metadata/features.ts';
import { requireFeature } from '../metadata/require-feature.ts';
import { isAllowed, requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

export const consumerGroupHeartbeat = defineHandler({
  key: ApiKey.CONSUMER_GROUP_HEARTBEAT,
  minVersion: 0,
  maxVersion: 1,
  request: ConsumerGroupHeartbeatRequest,
  response: ConsumerGroupHeartbeatResponse,

  authorize({ groupId, subscribedTopicNames }, context) {
    requireAllowed(context, 'READ', 'GROUP', groupId);
    for (const topic of subscribedTopicNames ?? []) requireAllowed(context, 'DESCRIBE', 'TOPIC', topic);
  },

  validate: (_request, { broker }) => requireFeature(broker.image, GROUP_VERSION_FEATURE, GROUP_VERSION),

  handle(request, context) {
    const { version, clientId, connection, broker } = context;
    return broker.groups.call(request.groupId, {
      api: 'consumerHeartbeat',
      version,
      clientId: clientId ?? '',
      clientHost: `/${connection.remoteHost}`,
      newMemberId: broker.groups.newMemberId(),
      mayDescribe: (topic) => isAllowed(context, 'DESCRIBE', 'TOPIC', topic),
      request,
    });
  },

  fail: ({ errorCode, message }) => heartbeatError(errorCode, message),
});
