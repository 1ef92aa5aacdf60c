import { ApiKey } from '@millrace/protocol';
import { SyncGroupRequest, SyncGroupResponse } from '@millrace/protocol/messages/sync-group';
import { syncError } from '../group/classic/member-replies.ts';
import { defineHandler } from './handler.ts';

export const syncGroup = defineHandler({
  key: ApiKey.SYNC_GROUP,
  minVersion: 0,
  maxVersion: 5,
  request: SyncGroupRequest,
  response: SyncGroupResponse,

  handle: (request, { broker }) => broker.groups.call(request.groupId, { api: 'sync', request }),

  fail: ({ errorCode }) => syncError(errorCode),
});
