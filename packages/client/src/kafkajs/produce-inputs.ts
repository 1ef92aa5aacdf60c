import type { RecordHeaderInput } from '@millrace/protocol';
import type {
  ProducerRecord as OurRecord,
  RecordMetadata as OurMetadata,
} from '../producer/producer-record.ts';
import { KafkaJSNonRetriableError } from './kafkajs-errors.ts';
import type { IHeaders, Message, RecordMetadata, TopicMessages } from './kafkajs-types.ts';

/** @throws KafkaJSNonRetriableError with the texts of kafkajs */
export function checkTopicMessages(topicMessages: readonly TopicMessages[]): void {
  for (const { topic, messages } of topicMessages) {
    if (!topic) throw new KafkaJSNonRetriableError('Invalid topic');
    if (!Array.isArray(messages)) {
      throw new KafkaJSNonRetriableError(`Invalid messages array [${String(messages)}] for topic "${topic}"`);
    }
    const without = messages.find(({ value }) => value === undefined);
    if (without === undefined) continue;
    throw new KafkaJSNonRetriableError(
      `Invalid message without value for topic "${topic}": ${JSON.stringify(without)}`,
    );
  }
}

/** @param partition chosen by a partitioner of the user; `undefined` leaves it to the message, or to the default rule */
export function toRecord(topic: string, message: Message, partition: number | undefined): OurRecord {
  const { key = null, value, headers, timestamp } = message;
  const stated = partition ?? message.partition ?? undefined;
  return {
    topic,
    key,
    value,
    ...(stated === undefined ? {} : { partition: stated }),
    ...(headers === undefined ? {} : { headers: toHeaders(headers) }),
    ...(timestamp === undefined ? {} : { timestampMs: Number(timestamp) }),
  };
}

function toHeaders(headers: IHeaders): RecordHeaderInput[] {
  return Object.entries(headers).flatMap(([key, values]) =>
    (Array.isArray(values) ? values : [values]).map((value) => ({ key, value: value ?? null })),
  );
}

/** kafkajs tells of partitions, not of records: the lowest offset of each. */
export function toRecordMetadata(sent: readonly OurMetadata[]): RecordMetadata[] {
  const byPartition = new Map<string, OurMetadata>();
  for (const metadata of sent) {
    const key = `${metadata.topic}-${metadata.partition}`;
    const lowest = byPartition.get(key);
    if (lowest === undefined || metadata.offset < lowest.offset) byPartition.set(key, metadata);
  }
  return [...byPartition.values()].map(({ topic, partition, offset }) => ({
    topicName: topic,
    partition,
    errorCode: 0,
    baseOffset: String(offset),
    logAppendTime: '-1',
    logStartOffset: '0',
  }));
}
