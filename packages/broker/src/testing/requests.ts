import { buildBatch, ErrorCode, kafkaErrorName, type RecordInput } from '@millrace/protocol';
import { CreateTopicsRequest, CreateTopicsResponse } from '@millrace/protocol/messages/create-topics';
import { MetadataRequest, MetadataResponse } from '@millrace/protocol/messages/metadata';
import { ProduceRequest, ProduceResponse } from '@millrace/protocol/messages/produce';
import type { RawConnection } from './raw-connection.ts';

/** A fixed time for records: 2026-01-01T00:00:00Z. */
export const RECORD_TIME_MS = 1767225600000;

export interface TopicOptions {
  readonly partitions?: number;
  readonly replicationFactor?: number;
  readonly configs?: Readonly<Record<string, string>>;
}

/** Creates a topic and returns its id. */
export async function createTopic(
  connection: RawConnection,
  name: string,
  { partitions = 1, replicationFactor = 1, configs = {} }: TopicOptions = {},
): Promise<string> {
  const entries = Object.entries(configs).map(([key, value]) => ({ name: key, value }));
  const topic = { name, numPartitions: partitions, replicationFactor, assignments: [], configs: entries };
  const response = await connection.send({
    request: CreateTopicsRequest,
    response: CreateTopicsResponse,
    version: 7,
    message: { topics: [topic], timeoutMs: 1000 },
  });
  const [created] = response.topics;
  if (created!.errorCode !== ErrorCode.NONE) throw new Error(kafkaErrorName(created!.errorCode));
  return created!.topicId;
}

/** One batch with the given values as a produce request for `orders`-like topics. */
export function produceRequest(
  topic: string,
  records: Buffer,
  options: {
    readonly version?: number;
    readonly index?: number;
    readonly acks?: number;
    readonly topicId?: string;
  } = {},
) {
  const { version = 9, index = 0, acks = -1, topicId } = options;
  const name = topicId === undefined ? { name: topic } : { topicId };
  return {
    request: ProduceRequest,
    response: ProduceResponse,
    version,
    message: { acks, timeoutMs: 1000, topicData: [{ ...name, partitionData: [{ index, records }] }] },
  } as const;
}

/** Records with the given values, one millisecond apart. */
export function batchOf(values: readonly string[]): Buffer {
  return buildBatch(
    values.map((value, index): RecordInput => ({ timestampMs: RECORD_TIME_MS + index, key: value, value })),
  );
}

/** Appends one batch to partition 0 and returns its base offset. */
export async function append(
  connection: RawConnection,
  topic: string,
  values: readonly string[],
): Promise<number> {
  const { responses } = await connection.send(produceRequest(topic, batchOf(values)));
  const { errorCode, baseOffset } = responses[0]!.partitionResponses[0]!;
  if (errorCode !== ErrorCode.NONE) throw new Error(kafkaErrorName(errorCode));
  return baseOffset;
}

/** Names of all topics. */
export async function listTopics(connection: RawConnection): Promise<string[]> {
  const { topics } = await connection.send({
    request: MetadataRequest,
    response: MetadataResponse,
    version: 9,
    message: { topics: null },
  });
  return topics.map(({ name }) => name!).toSorted((a, b) => a.localeCompare(b));
}
