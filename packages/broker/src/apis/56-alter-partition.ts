import { ApiKey, ErrorCode } from '@millrace/protocol';
import { AlterPartitionRequest, AlterPartitionResponse } from '@millrace/protocol/messages/alter-partition';
import { alterPartition } from '../controller/alter-partition.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

/** Leaders say who is in sync. */
export const alterPartitionHandler = defineHandler({
  key: ApiKey.ALTER_PARTITION,
  minVersion: 2,
  maxVersion: 3,
  request: AlterPartitionRequest,
  response: AlterPartitionResponse,

  authorize: (_request, context) => requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER'),

  async handle(request, { broker }) {
    const topics = await broker.controller.run((state) => alterPartition(state, request), 'committed');
    return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, topics };
  },

  fail: ({ errorCode }) => ({ throttleTimeMs: 0, errorCode, topics: [] }),
});
