import { ApiKey } from '@millrace/protocol';
import {
  DeleteShareGroupStateRequest,
  DeleteShareGroupStateResponse,
} from '@millrace/protocol/messages/delete-share-group-state';
import { askForEach, failEach } from '../share/state/ask-for-each.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

export const deleteShareGroupState = defineHandler({
  key: ApiKey.DELETE_SHARE_GROUP_STATE,
  minVersion: 0,
  maxVersion: 0,
  request: DeleteShareGroupStateRequest,
  response: DeleteShareGroupStateResponse,

  authorize: (_request, context) => requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER'),

  handle: (request, { broker }) =>
    askForEach(request, ({ partition }, { groupId, topicId }) =>
      broker.shareCoordinator.call({ api: 'delete', key: { groupId, topicId, partition } }),
    ),

  fail: (error, request) => failEach(request, error, {}),
});
