import { ApiKey } from '@millrace/protocol';
import {
  ReadShareGroupStateRequest,
  ReadShareGroupStateResponse,
} from '@millrace/protocol/messages/read-share-group-state';
import { askForEach, failEach } from '../share/state/ask-for-each.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

export const readShareGroupState = defineHandler({
  key: ApiKey.READ_SHARE_GROUP_STATE,
  minVersion: 0,
  maxVersion: 0,
  request: ReadShareGroupStateRequest,
  response: ReadShareGroupStateResponse,

  authorize: (_request, context) => requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER'),

  handle: (request, { broker }) =>
    askForEach(request, async ({ partition, leaderEpoch }, { groupId, topicId }) => {
      const key = { groupId, topicId, partition };
      const { batches, ...state } = await broker.shareCoordinator.call({ api: 'read', key, leaderEpoch });
      return { ...state, stateBatches: batches };
    }),

  fail: (error, request) => failEach(request, error, { stateEpoch: 0, startOffset: 0, stateBatches: [] }),
});
