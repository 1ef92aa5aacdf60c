import type { ReadResult } from '@millrace/log';
import { ErrorCode, KafkaError } from '@millrace/protocol';
import type { FetchResponsePartitionDataInput } from '@millrace/protocol/messages/fetch';
import { toKafkaError } from '../apis/to-kafka-error.ts';
import type { HostedReplica } from '../partitions/hosted-replica.ts';
import type { FetchPartition } from './fetch-partition.ts';

/** Up to where a consumer may see; replicas get everything. */
export type FetchBound = 'highWatermark' | 'lastStableOffset' | 'logEndOffset';

/** One partition of a Fetch answer, and what a decision to wait needs to know about it. */
export interface PartitionRead {
  readonly partition: FetchPartition;
  /** The leader that was read; `undefined` after an error. */
  readonly replica: HostedReplica | undefined;
  readonly data: FetchResponsePartitionDataInput;
  readonly sizeBytes: number;
  /** Gives the memory of the records back, which nobody may look at any more. */
  readonly release?: () => void;
  /** An error or a diverging epoch: the client must hear of it without delay. */
  readonly isUrgent: boolean;
}

export interface ReadLimits {
  readonly maxBytes: number;
  /** Return the first batch whole even if it is larger than `maxBytes`. */
  readonly minOneMessage: boolean;
  readonly bound: FetchBound;
  /** The node that the consumer should rather ask. */
  readonly preferredReplica?:
    | ((replica: HostedReplica, fetchOffset: number) => number | undefined)
    | undefined;
}

const noRecords = Buffer.alloc(0);
const UNKNOWN = -1;

/** Reads one partition. Synchronous while the log serves it from memory. */
export function readPartition(
  partition: FetchPartition,
  findReplica: (partition: FetchPartition) => HostedReplica,
  limits: ReadLimits,
): PartitionRead | Promise<PartitionRead> {
  let replica: HostedReplica | undefined;
  try {
    replica = findReplica(partition);
    if (limits.bound !== 'logEndOffset') replica.traffic.fetchRequests++;
    replica.checkLeaderEpoch(partition.currentLeaderEpoch);
    const preferred = limits.preferredReplica?.(replica, partition.fetchOffset);
    if (preferred !== undefined)
      return withoutRecords(partition, replica, { preferredReadReplica: preferred });
    const diverging = divergingEpoch(partition, replica);
    if (diverging !== undefined) return diverging;
    const result = replica.log.read({
      offset: partition.fetchOffset,
      maxBytes: limits.maxBytes,
      minOneMessage: limits.minOneMessage,
      upTo: limits.bound,
    });
    if (!(result instanceof Promise)) return succeeded(partition, replica, result, limits.bound);
    const asked = replica;
    return result.then(
      (late) => succeeded(partition, asked, late, limits.bound),
      (error: unknown) => failed(partition, error, asked),
    );
  } catch (error) {
    return failed(partition, error, replica);
  }
}

/**
 * Notes what an answer with this read tells the peer.
 * @returns whether it is anything new, so that an incremental answer has to mention the partition
 */
export function noteAnswered({ partition, data, sizeBytes, isUrgent }: PartitionRead): boolean {
  const { errorCode, highWatermark, logStartOffset = UNKNOWN } = data;
  const isNews =
    isUrgent ||
    sizeBytes > 0 ||
    partition.sentHighWatermark !== highWatermark ||
    partition.sentLogStartOffset !== logStartOffset;
  // After an error nothing counts as known, so that the recovery is reported.
  const isSound = errorCode === ErrorCode.NONE;
  partition.sentHighWatermark = isSound ? highWatermark : UNKNOWN;
  partition.sentLogStartOffset = isSound ? logStartOffset : UNKNOWN;
  return isNews;
}

/** The answer for a partition that cannot be read. @param asked whose log was to be read, if it came to that */
export function failed(partition: FetchPartition, error: unknown, asked?: HostedReplica): PartitionRead {
  if (asked !== undefined) asked.traffic.failedFetchRequests++;
  const { errorCode } = toKafkaError(error);
  const isOutOfReach =
    errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION ||
    errorCode === ErrorCode.UNKNOWN_TOPIC_ID ||
    errorCode === ErrorCode.TOPIC_AUTHORIZATION_FAILED;
  return {
    partition,
    replica: undefined,
    data: {
      partitionIndex: partition.index,
      errorCode,
      highWatermark: UNKNOWN,
      lastStableOffset: UNKNOWN,
      logStartOffset: UNKNOWN,
      // Kafka answers in these two ways; some clients compare.
      abortedTransactions: isOutOfReach ? [] : null,
      records: noRecords,
    },
    sizeBytes: 0,
    isUrgent: true,
  };
}

function succeeded(
  partition: FetchPartition,
  replica: HostedReplica,
  result: ReadResult,
  bound: FetchBound,
): PartitionRead {
  return {
    partition,
    replica,
    data: {
      partitionIndex: partition.index,
      errorCode: ErrorCode.NONE,
      highWatermark: result.highWatermark,
      lastStableOffset: result.lastStableOffset,
      logStartOffset: result.logStartOffset,
      abortedTransactions: bound === 'lastStableOffset' ? (result.abortedTransactions ?? []) : null,
      records: result.records,
    },
    sizeBytes: result.sizeBytes,
    release: result.release,
    isUrgent: false,
  };
}

/**
 * Tells a client whose last record is not on this log (its former leader lost it) where both agree, so that it
 * notices instead of skipping what replaced it (KIP-595's truncation on fetch).
 */
function divergingEpoch(partition: FetchPartition, replica: HostedReplica): PartitionRead | undefined {
  const { lastFetchedEpoch, fetchOffset } = partition;
  if (lastFetchedEpoch < 0) return undefined;
  const end = replica.endOffsetForEpoch(lastFetchedEpoch);
  if (end.leaderEpoch < 0 || end.endOffset < 0) {
    throw new KafkaError(
      'OFFSET_OUT_OF_RANGE',
      `Leader epoch ${lastFetchedEpoch} is unknown to ${replica.topic}-${replica.index}`,
    );
  }
  if (end.leaderEpoch === lastFetchedEpoch && end.endOffset >= fetchOffset) return undefined;
  return withoutRecords(partition, replica, {
    divergingEpoch: { epoch: end.leaderEpoch, endOffset: end.endOffset },
  });
}

/** Something that the client has to act on before it gets records. */
function withoutRecords(
  partition: FetchPartition,
  replica: HostedReplica,
  news: Pick<FetchResponsePartitionDataInput, 'divergingEpoch' | 'preferredReadReplica'>,
): PartitionRead {
  const { log } = replica;
  return {
    partition,
    replica,
    data: {
      partitionIndex: partition.index,
      errorCode: ErrorCode.NONE,
      highWatermark: log.highWatermark,
      lastStableOffset: log.lastStableOffset,
      logStartOffset: log.logStartOffset,
      ...news,
      abortedTransactions: null,
      records: noRecords,
    },
    sizeBytes: 0,
    isUrgent: true,
  };
}
