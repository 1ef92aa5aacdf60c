import { ApiKey } from '@millrace/protocol';
import {
  WriteShareGroupStateRequest,
  WriteShareGroupStateResponse,
} from '@millrace/protocol/messages/write-share-group-state';
import { askForEach, failEach } from '../share/state/ask-for-each.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

export const writeShareGroupState = defineHandler({
  key: ApiKey.WRITE_SHARE_GROUP_STATE,
  minVersion: 0,
  maxVersion: 1,
  request: WriteShareGroupStateRequest,
  response: WriteShareGroupStateResponse,

  authorize: (_request, context) => requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER'),

  handle: (request, { broker }) =>
    askForEach(request, (write, { groupId, topicId }) => {
      const { partition, stateEpoch, leaderEpoch, startOffset, deliveryCompleteCount } = write;
      return broker.shareCoordinator.call({
        api: 'write',
        key: { groupId, topicId, partition },
        stateEpoch,
        leaderEpoch,
        startOffset,
        deliveryCompleteCount,
        batches: write.stateBatches,
      });
    }),

  fail: (error, request) => failEach(request, error, {}),
});
