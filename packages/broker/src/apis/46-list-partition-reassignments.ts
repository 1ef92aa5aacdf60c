import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  ListPartitionReassignmentsRequest,
  ListPartitionReassignmentsResponse,
} from '@millrace/protocol/messages/list-partition-reassignments';
import { requireAllowed } from './access.ts';
import { always, defineHandler } from './handler.ts';

/** A node alone has nowhere to move a partition to, so none is ever on its way. */
export const listPartitionReassignments = defineHandler({
  key: ApiKey.LIST_PARTITION_REASSIGNMENTS,
  minVersion: 0,
  maxVersion: 0,
  isForwarded: always,
  request: ListPartitionReassignmentsRequest,
  response: ListPartitionReassignmentsResponse,

  authorize: (_request, context) => requireAllowed(context, 'DESCRIBE', 'CLUSTER'),

  handle: () => ({ throttleTimeMs: 0, errorCode: ErrorCode.NONE, errorMessage: null, topics: [] }),

  fail: (error) => ({
    throttleTimeMs: 0,
    errorCode: error.errorCode,
    errorMessage: error.message,
    topics: [],
  }),
});
