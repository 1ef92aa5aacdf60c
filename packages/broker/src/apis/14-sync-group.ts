import { ApiKey, KafkaError } from '@millrace/protocol';
import { SyncGroupRequest, SyncGroupResponse } from '@millrace/protocol/messages/sync-group';
import { syncError } from '../group/classic/member-replies.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

/** From this version on a member must say which protocol its assignment is for (KIP-559). */
const FIRST_WITH_PROTOCOL = 5;

export const syncGroup = defineHandler({
  key: ApiKey.SYNC_GROUP,
  minVersion: 0,
  maxVersion: 5,
  request: SyncGroupRequest,
  response: SyncGroupResponse,

  authorize: ({ groupId }, context) => requireAllowed(context, 'READ', 'GROUP', groupId),

  validate({ protocolType, protocolName }, { version }) {
    if (version >= FIRST_WITH_PROTOCOL && (protocolType === null || protocolName === null)) {
      throw new KafkaError('INCONSISTENT_GROUP_PROTOCOL', 'SyncGroup came without its protocol type or name');
    }
  },

  handle: (request, { broker }) => broker.groups.call(request.groupId, { api: 'sync', request }),

  fail: ({ errorCode }) => syncError(errorCode),
});
