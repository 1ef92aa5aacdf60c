import type { Host } from '@millrace/host';
import { ApiKey, ErrorCode, KafkaError, type KafkaErrorName } from '@millrace/protocol';
import {
  DeleteRecordsRequest,
  DeleteRecordsResponse,
  type DeleteRecordsRequestDeleteRecordsPartition,
} from '@millrace/protocol/messages/delete-records';
import { isInternalTopic } from '../metadata/topic-names.ts';
import type { LeaderPartition } from '../partitions/leader-partition.ts';
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
      partitions: await Promise.all(
        partitions.map((partition) => deleteBefore(name, partition, request.timeoutMs, context)),
      ),
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
  timeoutMs: number,
  context: RequestContext,
) {
  try {
    requireAllowed(context, 'DELETE', 'TOPIC', topic);
    const partition = requireLeader(context.broker, topic, partitionIndex);
    // What coordinators have written down is theirs to cut.
    if (isInternalTopic(topic))
      throw new KafkaError(
        'INVALID_TOPIC_EXCEPTION',
        `Records of the internal topic ${topic} cannot be deleted`,
      );
    const beforeOffset = offset === HIGH_WATERMARK ? partition.log.highWatermark : offset;
    await partition.deleteRecords(beforeOffset);
    if (partition.lowWatermark < beforeOffset)
      await deletedEverywhere(partition, beforeOffset, context.broker.host, timeoutMs);
    return { partitionIndex, lowWatermark: partition.lowWatermark, errorCode: ErrorCode.NONE };
  } catch (error) {
    return { partitionIndex, lowWatermark: NO_LOW_WATERMARK, errorCode: toKafkaError(error).errorCode };
  }
}

/** Resolves when all replicas that live begin at `offset` or later. @throws KafkaError REQUEST_TIMED_OUT */
function deletedEverywhere(
  partition: LeaderPartition,
  offset: number,
  { timers }: Host,
  timeoutMs: number,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error: KafkaErrorName | undefined): void => {
      timer.cancel();
      unsubscribe();
      if (error === undefined) resolve();
      else reject(new KafkaError(error, `Records of ${partition.topic}-${partition.index} are not deleted`));
    };
    const timer = timers.schedule(timeoutMs, () => settle('REQUEST_TIMED_OUT'), { background: true });
    const unsubscribe = partition.subscribe(() => {
      if (partition.retirement !== undefined) settle(partition.retirement);
      else if (partition.lowWatermark >= offset) settle(undefined);
    });
  });
}
