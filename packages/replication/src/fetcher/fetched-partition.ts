import type { Logger } from '@millrace/host';
import { KafkaError, wholeBatchSizeBytes } from '@millrace/protocol';
import type { FetchResponsePartitionData } from '@millrace/protocol/messages/fetch';
import { messageOf } from '../errors.ts';
import {
  stepOnOutOfRange,
  truncationBeforeFirstFetch,
  truncationOnDivergence,
  type Truncation,
} from '../partition/follower-divergence.ts';
import type { FollowedPartition } from './followed-partition.ts';

/** First offset and end of a leader's log. */
export interface LeaderOffsets {
  readonly logStartOffset: number;
  readonly logEndOffset: number;
}

/** Cuts off what is not known to be on the leader, where the log has no epochs to compare. */
export async function prepareLog(partition: FollowedPartition, logger: Logger): Promise<void> {
  const truncation = truncationBeforeFirstFetch(partition.log);
  if (truncation !== undefined) await truncate(partition, truncation, logger);
}

/**
 * Applies the answer for one partition that has no error: cuts the log where it diverged, or appends what came.
 * @throws KafkaError CORRUPT_MESSAGE, KAFKA_STORAGE_ERROR; UnexpectedOffsetError if the log has moved since it was asked
 */
export async function applyFetched(
  partition: FollowedPartition,
  data: FetchResponsePartitionData,
  logger: Logger,
): Promise<void> {
  const { log } = partition;
  const { epoch, endOffset } = data.divergingEpoch;
  if (epoch >= 0 && endOffset >= 0) {
    await truncate(partition, truncationOnDivergence({ leaderEpoch: epoch, endOffset }, log), logger);
    return;
  }
  const records = wholeBatches(data.records);
  if (records.length > 0) {
    await log.append(records, { origin: 'replication', leaderEpoch: partition.leaderEpoch });
    partition.onAppended(records.length);
  }
  partition.onHighWatermark(data.highWatermark);
  if (data.logStartOffset > log.logStartOffset) await log.advanceLogStart(data.logStartOffset);
}

/** The leader does not have the offset that it was asked for. */
export async function moveIntoRange(
  partition: FollowedPartition,
  leader: LeaderOffsets,
  logger: Logger,
): Promise<void> {
  const { log, topic, index } = partition;
  const step = stepOnOutOfRange(leader, log);
  if (step.type === 'truncate') return truncate(partition, step.truncation, logger);
  if (step.type === 'continue') return undefined;
  logger.warn('The leader has deleted everything that this replica has; it begins anew', {
    topic,
    partition: index,
    logEndOffset: log.logEndOffset,
    leaderLogStartOffset: step.offset,
  });
  return log.restartAt(step.offset);
}

/** Is it about the log of this node, not about what came from the leader? */
export function isStorageError(error: unknown): boolean {
  return error instanceof KafkaError && error.code === 'KAFKA_STORAGE_ERROR';
}

export function describeFailure({ topic, index, leaderId }: FollowedPartition, error: unknown) {
  return { topic, partition: index, leaderId, error: messageOf(error) };
}

async function truncate(
  { log, topic, index, isRecovering, leaderId, leaderEpoch }: FollowedPartition,
  { offset, isBelowHighWatermark }: Truncation,
  logger: Logger,
): Promise<void> {
  const fields = { topic, partition: index, leaderId, leaderEpoch, offset, logEndOffset: log.logEndOffset };
  const { highWatermark } = log;
  if (isBelowHighWatermark && !isRecovering) {
    logger.error('Committed records are cut off: the leader does not have them', {
      ...fields,
      highWatermark,
    });
  } else logger.info('A replica is cut to where it agrees with its leader', { ...fields, highWatermark });
  await log.truncateTo(offset);
}

/** A leader may end its answer within a batch. */
function wholeBatches(records: Buffer | null): Buffer {
  if (records === null) return Buffer.alloc(0);
  let end = 0;
  for (;;) {
    const sizeBytes = end < records.length ? wholeBatchSizeBytes(records, end) : 0;
    if (sizeBytes === 0) return end === records.length ? records : records.subarray(0, end);
    end += sizeBytes;
  }
}
