import { ErrorCode } from '@millrace/protocol';
import {
  AlterReplicaLogDirsRequest,
  AlterReplicaLogDirsResponse,
} from '@millrace/protocol/messages/alter-replica-log-dirs';
import {
  DescribeLogDirsRequest,
  DescribeLogDirsResponse,
  type DescribeLogDirsResponseDescribeLogDirsResult,
} from '@millrace/protocol/messages/describe-log-dirs';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import { structsByTopic } from '../consumer/offsets/by-leader.ts';
import { partitionKey, type TopicPartition } from '../consumer/topic-partition.ts';
import type { AdminCallOptions, AdminContext } from './admin-context.ts';
import { runItems } from './run-items.ts';

const DESCRIBE = defineApi(DescribeLogDirsRequest, DescribeLogDirsResponse);
const ALTER = defineApi(AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse);

/** A replica in a log directory. */
export interface LogDirReplica extends TopicPartition {
  readonly sizeBytes: number;
  /** Records behind the high watermark; of a future replica, behind the current one. */
  readonly offsetLag: number;
  /** It is being moved here from another directory of the broker. */
  readonly isFuture: boolean;
}

/** A log directory of a broker. */
export interface LogDirDescription {
  readonly path: string;
  /** Why it is offline; `undefined` while it is not. */
  readonly error: Error | undefined;
  readonly replicas: readonly LogDirReplica[];
  /** Of the file system; -1 where the broker does not say. */
  readonly totalBytes: number;
  readonly usableBytes: number;
  /** It takes no new replicas (KIP-1066); `false` where the broker does not say. */
  readonly isCordoned: boolean;
}

/** Where a replica is to be on its broker. */
export interface ReplicaMove extends TopicPartition {
  readonly brokerId: number;
  /** Absolute path of one of the broker's log directories. */
  readonly path: string;
}

/** @returns the directories by broker */
export function describeLogDirs(
  context: AdminContext,
  brokerIds: readonly number[],
  options: AdminCallOptions,
): Promise<Map<string, LogDirDescription[]>> {
  return runItems<number, LogDirDescription[]>(
    context,
    {
      operation: 'describeLogDirs',
      items: brokerIds,
      keyOf: String,
      route: (ids) => ids.map((nodeId) => ({ to: { nodeId }, items: [nodeId] })),
      ask: async ({ to, items }) => {
        const message = { topics: null };
        const { response } = await context.cluster.send({ to, api: DESCRIBE, message });
        const { errorCode, results } = response;
        if (errorCode !== ErrorCode.NONE) throw kafkaFailure(errorCode, 'DescribeLogDirs');
        return new Map([[String(items[0]), results.map(logDirOf)]]);
      },
    },
    options,
  );
}

function logDirOf(result: DescribeLogDirsResponseDescribeLogDirsResult): LogDirDescription {
  const { errorCode, logDir, totalBytes, usableBytes, isCordoned, topics } = result;
  return {
    path: logDir,
    error: errorCode === ErrorCode.NONE ? undefined : kafkaFailure(errorCode, `Log directory ${logDir}`),
    totalBytes,
    usableBytes,
    isCordoned,
    replicas: topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, partitionSize, offsetLag, isFutureKey }) => ({
        topic: name,
        partition: partitionIndex,
        sizeBytes: partitionSize,
        offsetLag,
        isFuture: isFutureKey,
      })),
    ),
  };
}

/** A replica that is there already stays; one that does not exist yet is created there. */
export async function alterReplicaLogDirs(
  context: AdminContext,
  moves: readonly ReplicaMove[],
  options: AdminCallOptions,
): Promise<void> {
  await runItems<ReplicaMove, true>(
    context,
    {
      operation: 'alterReplicaLogDirs',
      items: moves,
      keyOf: moveKey,
      route: (open) =>
        Array.from(
          Map.groupBy(open, ({ brokerId }) => brokerId),
          ([nodeId, items]) => ({ to: { nodeId }, items }),
        ),
      ask: async ({ to, items }) => {
        const dirs = Array.from(
          Map.groupBy(items, ({ path }) => path),
          ([path, replicas]) => ({
            path,
            topics: structsByTopic(replicas, ({ partition }) => partition).map(({ topic, partitions }) => ({
              name: topic,
              partitions,
            })),
          }),
        );
        const { response } = await context.cluster.send({ to, api: ALTER, message: { dirs } });
        return moveOutcomes(items[0]!.brokerId, response);
      },
    },
    options,
  );
}

function moveKey({ topic, partition, brokerId }: ReplicaMove): string {
  return `${partitionKey(topic, partition)} of broker ${brokerId}`;
}

function moveOutcomes(brokerId: number, { results }: AlterReplicaLogDirsResponse): Map<string, true | Error> {
  return new Map(
    results.flatMap(({ topicName, partitions }) =>
      partitions.map(({ partitionIndex, errorCode }): [string, true | Error] => {
        const key = moveKey({ topic: topicName, partition: partitionIndex, brokerId, path: '' });
        return [key, errorCode === ErrorCode.NONE ? true : kafkaFailure(errorCode, `Move of ${key}`)];
      }),
    ),
  );
}
