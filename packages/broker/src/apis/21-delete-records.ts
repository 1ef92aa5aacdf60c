import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  DeleteRecordsRequest,
  DeleteRecordsResponse,
  type DeleteRecordsRequestDeleteRecordsPartition,
} from '@millrace/protocol/messages/delete-records';
import { requireLeader } from '../partitions/require-leader.ts';
import { requireAllowed } from './access.ts';
import { defineHandler, type RequestContext } from './handler.ts';
import { toKafkaError } from './to-kafka-error.ts';

const NO_LOW_WATERMARK = -1;
/** Offset that means: everything up to the high watermark. */
const HIGH_WATERMARK = -1;

export const deleteRecords = defineHandler({
  key: ApiKey.DELETE_RECORDS,
  minVersion: 0,
  maxVersion: 2,
  request: DeleteRecordsRequest,
  response: DeleteRecordsResponse,

  async handle(request, context) {
    const topics = request.topics.map(async ({ name, partitions }) => ({
      name,
      partitions: await Promise.all(partitions.map((partition) => deleteBefore(name, partition, context))),
    }));
    return { throttleTimeMs: 0, topics: await Promise.all(topics) };
  },

  fail: (error, request) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        lowWatermark: NO_LOW_WATERMARK,
        errorCode: error.errorCode,
      })),
    })),
  }),
});

async function deleteBefore(
  topic: string,
  { partitionIndex, offset }: DeleteRecordsRequestDeleteRecordsPartition,
  context: RequestContext,
) {
  try {
    requireAllowed(context, 'DELETE', 'TOPIC', topic);
    const { log } = requireLeader(context.broker, topic, partitionIndex);
    await log.deleteRecords(offset === HIGH_WATERMARK ? log.highWatermark : offset);
    return { partitionIndex, lowWatermark: log.logStartOffset, errorCode: ErrorCode.NONE };
  } catch (error) {
    return { partitionIndex, lowWatermark: NO_LOW_WATERMARK, errorCode: toKafkaError(error).errorCode };
  }
}
