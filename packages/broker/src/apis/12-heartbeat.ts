import { ApiKey } from '@millrace/protocol';
import { HeartbeatRequest, HeartbeatResponse } from '@millrace/protocol/messages/heartbeat';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

export const heartbeat = defineHandler({
  key: ApiKey.HEARTBEAT,
  minVersion: 0,
  maxVersion: 4,
  request: HeartbeatRequest,
  response: HeartbeatResponse,

  authorize: ({ groupId }, context) => requireAllowed(context, 'READ', 'GROUP', groupId),

  handle: (request, { broker }) => broker.groups.call(request.groupId, { api: 'heartbeat', request }),

  fail: ({ errorCode }) => ({ throttleTimeMs: 0, errorCode }),
});
