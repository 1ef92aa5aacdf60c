import { ApiKey } from '@millrace/protocol';
import {
  ShareGroupHeartbeatRequest,
  ShareGroupHeartbeatResponse,
} from '@millrace/protocol/messages/share-group-heartbeat';
import { shareHeartbeatError } from '../group/share/share-refusal.ts';
import { SHARE_VERSION, SHARE_VERSION_FEATURE } from '../metadata/features.ts';
import { requireFeature } from '../metadata/require-feature.ts';
import { requireMemberId } from '../share/require-member-id.ts';
import { shareGroupHeartbeat as heartbeat } from '../share/share-group-heartbeat.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

export const shareGroupHeartbeat = defineHandler({
  key: ApiKey.SHARE_GROUP_HEARTBEAT,
  minVersion: 1,
  maxVersion: 1,
  request: ShareGroupHeartbeatRequest,
  response: ShareGroupHeartbeatResponse,

  authorize({ groupId, subscribedTopicNames }, context) {
    requireAllowed(context, 'READ', 'GROUP', groupId);
    for (const topic of subscribedTopicNames ?? []) requireAllowed(context, 'DESCRIBE', 'TOPIC', topic);
  },

  validate({ memberId }, { broker }) {
    requireFeature(broker.image, SHARE_VERSION_FEATURE, SHARE_VERSION);
    requireMemberId(memberId);
  },

  handle(request, { clientId, connection, broker }) {
    const clientHost = `/${connection.remoteHost}`;
    return heartbeat(broker, { api: 'shareHeartbeat', clientId: clientId ?? '', clientHost, request });
  },

  fail: ({ errorCode, message }) => shareHeartbeatError(errorCode, message),
});
