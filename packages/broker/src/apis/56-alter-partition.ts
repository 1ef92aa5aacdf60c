import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  AlterPartitionRequest,
  AlterPartitionResponse,
  type AlterPartitionRequestPartitionData,
} from '@millrace/protocol/messages/alter-partition';
import { alterPartition } from '../controller/alter-partition.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

const FIRST_WITH_BROKER_EPOCHS = 3;

/** Leaders ask the active controller to change their ISRs. */
export const alterPartitionHandler = defineHandler({
  key: ApiKey.ALTER_PARTITION,
  minVersion: 2,
  maxVersion: 3,
  request: AlterPartitionRequest,
  response: AlterPartitionResponse,

  authorize: (_request, context) => requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER'),

  async handle(request, { broker, version }) {
    const withEpochs =
      version >= FIRST_WITH_BROKER_EPOCHS
        ? request
        : {
            ...request,
            topics: request.topics.map((topic) => ({
              ...topic,
              partitions: topic.partitions.map(withUnknownEpochs),
            })),
          };
    const topics = await broker.controller.run((state) => alterPartition(state, withEpochs), 'committed');
    return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, topics };
  },

  fail: ({ errorCode }) => ({ throttleTimeMs: 0, errorCode, topics: [] }),
});

function withUnknownEpochs(
  partition: AlterPartitionRequestPartitionData,
): AlterPartitionRequestPartitionData {
  const newIsrWithEpochs = partition.newIsr.map((brokerId) => ({ brokerId, brokerEpoch: -1 }));
  return { ...partition, newIsrWithEpochs };
}
