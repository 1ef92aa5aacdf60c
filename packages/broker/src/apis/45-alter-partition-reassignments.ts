import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  AlterPartitionReassignmentsRequest,
  AlterPartitionReassignmentsResponse,
} from '@millrace/protocol/messages/alter-partition-reassignments';
import { alterReassignments } from '../controller/alter-reassignments.ts';
import { requireAllowed } from './access.ts';
import { always, defineHandler } from './handler.ts';

const FIRST_WITH_FACTOR_CHANGE = 1;

export const alterPartitionReassignments = defineHandler({
  key: ApiKey.ALTER_PARTITION_REASSIGNMENTS,
  minVersion: 0,
  maxVersion: 1,
  request: AlterPartitionReassignmentsRequest,
  response: AlterPartitionReassignmentsResponse,
  isForwarded: always,

  authorize: (_request, context) => requireAllowed(context, 'ALTER', 'CLUSTER'),

  async handle({ topics, allowReplicationFactorChange }, { broker, version }) {
    const wanted = {
      topics,
      allowReplicationFactorChange: version < FIRST_WITH_FACTOR_CHANGE || allowReplicationFactorChange,
    };
    const altered = await broker.controller.run((state) => alterReassignments(state, wanted));
    return {
      throttleTimeMs: 0,
      ...(version >= FIRST_WITH_FACTOR_CHANGE ? { allowReplicationFactorChange } : {}),
      errorCode: ErrorCode.NONE,
      errorMessage: null,
      responses: altered.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ index, error }) => ({
          partitionIndex: index,
          errorCode: error?.errorCode ?? ErrorCode.NONE,
          errorMessage: error?.message ?? null,
        })),
      })),
    };
  },

  // Java's admin client looks for the failure at each partition, and believes that they were lost where there is none.
  fail: ({ errorCode, message: errorMessage }, { topics }) => ({
    throttleTimeMs: 0,
    errorCode,
    errorMessage,
    responses: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode, errorMessage })),
    })),
  }),
});
