import { ErrorCode } from '@millrace/protocol';
import { ListOffsetsRequest, ListOffsetsResponse } from '@millrace/protocol/messages/list-offsets';
import { defineApi } from '../../cluster/api.ts';
import { formatAddress } from '../../cluster/bootstrap-addresses.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { kafkaFailure } from '../../cluster/kafka-failure.ts';
import { retrying } from '../../cluster/retrying.ts';
import { BadResponseError } from '../../errors.ts';
import { partitionKey, type TopicPartition } from '../topic-partition.ts';
import { groupByLeader, structsByTopic } from './by-leader.ts';

const LIST_OFFSETS = defineApi(ListOffsetsRequest, ListOffsetsResponse);

/** Asks for the first offset at or after a timestamp; -1 asks for the end, -2 for the start of the log. */
export interface OffsetQuery extends TopicPartition {
  readonly timestampMs: number;
}

/** `offset` is -1 if no record is that young. */
export interface ListedOffset {
  readonly offset: number;
  /** Of the record found, -1 for the ends of the log. */
  readonly timestampMs: number;
  readonly leaderEpoch: number;
}

export interface ListOffsetsOptions {
  readonly isolationLevel: 'read_uncommitted' | 'read_committed';
  readonly operation: string;
  readonly timeoutMs: number;
  readonly limitedBy: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Answers by `partitionKey`, from the leaders of the partitions, tried again until all are there.
 * @throws TimeoutError, or the first error that is not retriable
 */
export async function listOffsets(
  cluster: Cluster,
  queries: readonly OffsetQuery[],
  options: ListOffsetsOptions,
): Promise<Map<string, ListedOffset>> {
  const found = new Map<string, ListedOffset>();
  await retrying(cluster, { ...options, onRetry: () => cluster.refresher.requestUpdate() }, async () => {
    const open = queries.filter(({ topic, partition }) => !found.has(partitionKey(topic, partition)));
    await listOffsetsOnce(cluster, open, options.isolationLevel, found);
  });
  return found;
}

/** One attempt; keeps what it got in `found` and throws the error of the rest that is least likely to pass. */
export async function listOffsetsOnce(
  cluster: Cluster,
  queries: readonly OffsetQuery[],
  isolationLevel: ListOffsetsOptions['isolationLevel'],
  found: Map<string, ListedOffset>,
): Promise<void> {
  for (const { topic } of queries)
    if (cluster.metadata.topic(topic) === undefined) cluster.refresher.track(topic);
  const { byNode, leaderless } = groupByLeader(cluster, queries);
  const failures: Error[] = leaderless.map(({ topic, partition }) =>
    leaderUnknown(cluster, topic, partition),
  );
  const asks = [...byNode].map(async ([nodeId, asked]) => {
    try {
      failures.push(...(await askNode(cluster, { nodeId, asked, isolationLevel }, found)));
    } catch (error) {
      failures.push(error as Error);
    }
  });
  await Promise.all(asks);
  const [worst] = failures.toSorted((a, b) => Number(isRetriable(a)) - Number(isRetriable(b)));
  if (worst !== undefined) throw worst;
}

async function askNode(
  cluster: Cluster,
  { nodeId, asked, isolationLevel }: NodeQueries,
  found: Map<string, ListedOffset>,
): Promise<Error[]> {
  const topics = structsByTopic(asked, ({ topic, partition, timestampMs }) => ({
    partitionIndex: partition,
    currentLeaderEpoch: cluster.leaderOf(topic, partition)?.epoch ?? -1,
    timestamp: timestampMs,
  }));
  const { response } = await cluster.send({
    to: { nodeId },
    api: LIST_OFFSETS,
    message: {
      replicaId: -1,
      isolationLevel: isolationLevel === 'read_committed' ? 1 : 0,
      topics: topics.map(({ topic, partitions }) => ({ name: topic, partitions })),
    },
  });
  const failures: Error[] = [];
  const unanswered = new Set(asked.map(({ topic, partition }) => partitionKey(topic, partition)));
  for (const { name, partitions } of response.topics) {
    for (const { partitionIndex, errorCode, offset, timestamp, leaderEpoch } of partitions) {
      unanswered.delete(partitionKey(name, partitionIndex));
      if (errorCode === ErrorCode.NONE) {
        found.set(partitionKey(name, partitionIndex), { offset, timestampMs: timestamp, leaderEpoch });
      } else {
        failures.push(kafkaFailure(errorCode, `ListOffsets of ${name}-${partitionIndex}`));
      }
    }
  }
  for (const key of unanswered) failures.push(leftOut(cluster, nodeId, `ListOffsets leaves out ${key}`));
  return failures;
}

function leftOut(cluster: Cluster, nodeId: number, problem: string): BadResponseError {
  const broker = cluster.metadata.broker(nodeId);
  return new BadResponseError(broker === undefined ? `node ${nodeId}` : formatAddress(broker), problem);
}

interface NodeQueries {
  readonly nodeId: number;
  readonly asked: readonly OffsetQuery[];
  readonly isolationLevel: ListOffsetsOptions['isolationLevel'];
}

function leaderUnknown(cluster: Cluster, topic: string, partition: number): Error {
  const known = cluster.metadata.topic(topic);
  const code =
    known === undefined || known.errorCode === ErrorCode.NONE
      ? ErrorCode.LEADER_NOT_AVAILABLE
      : known.errorCode;
  return cluster.notKnown(code, `Lookup of the leader of ${topic}-${partition}`);
}

function isRetriable(error: Error): boolean {
  return (error as { retriable?: boolean }).retriable === true;
}
