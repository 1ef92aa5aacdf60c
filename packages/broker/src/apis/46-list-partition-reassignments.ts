import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  ListPartitionReassignmentsRequest,
  ListPartitionReassignmentsResponse,
} from '@millrace/protocol/messages/list-partition-reassignments';
import { listReassignments } from '../controller/list-reassignments.ts';
import { requireAllowed } from './access.ts';
import { always, defineHandler } from './handler.ts';

export const listPartitionReassignments = defineHandler({
  key: ApiKey.LIST_PARTITION_REASSIGNMENTS,
  minVersion: 0,
  maxVersion: 0,
  request: ListPartitionReassignmentsRequest,
  response: ListPartitionReassignmentsResponse,
  isForwarded: always,

  authorize: (_request, context) => requireAllowed(context, 'DESCRIBE', 'CLUSTER'),

  async handle({ topics: asked }, { broker }) {
    const topics = await broker.controller.run((state) => listReassignments(state, asked));
    return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, errorMessage: null, topics };
  },

  fail: (error) => ({
    throttleTimeMs: 0,
    errorCode: error.errorCode,
    errorMessage: error.message,
    topics: [],
  }),
});
