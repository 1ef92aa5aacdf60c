import { ApiKey } from '@millrace/protocol';
import {
  ReadShareGroupStateSummaryRequest,
  ReadShareGroupStateSummaryResponse,
} from '@millrace/protocol/messages/read-share-group-state-summary';
import { askForEach, failEach } from '../share/state/ask-for-each.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

export const readShareGroupStateSummary = defineHandler({
  key: ApiKey.READ_SHARE_GROUP_STATE_SUMMARY,
  minVersion: 0,
  maxVersion: 1,
  request: ReadShareGroupStateSummaryRequest,
  response: ReadShareGroupStateSummaryResponse,

  authorize: (_request, context) => requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER'),

  handle: (request, { broker }) =>
    askForEach(request, ({ partition }, { groupId, topicId }) =>
      broker.shareCoordinator.call({ api: 'summary', key: { groupId, topicId, partition } }),
    ),

  fail: (error, request) =>
    failEach(request, error, { stateEpoch: 0, leaderEpoch: 0, startOffset: 0, deliveryCompleteCount: -1 }),
});
