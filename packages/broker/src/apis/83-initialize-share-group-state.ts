import { ApiKey } from '@millrace/protocol';
import {
  InitializeShareGroupStateRequest,
  InitializeShareGroupStateResponse,
} from '@millrace/protocol/messages/initialize-share-group-state';
import { askForEach, failEach } from '../share/state/ask-for-each.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

export const initializeShareGroupState = defineHandler({
  key: ApiKey.INITIALIZE_SHARE_GROUP_STATE,
  minVersion: 0,
  maxVersion: 0,
  request: InitializeShareGroupStateRequest,
  response: InitializeShareGroupStateResponse,

  authorize: (_request, context) => requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER'),

  handle: (request, { broker }) =>
    askForEach(request, ({ partition, stateEpoch, startOffset }, { groupId, topicId }) =>
      broker.shareCoordinator.call({
        api: 'initialize',
        key: { groupId, topicId, partition },
        stateEpoch,
        startOffset,
      }),
    ),

  fail: (error, request) => failEach(request, error, {}),
});
