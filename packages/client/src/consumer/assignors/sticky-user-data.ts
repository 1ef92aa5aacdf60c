import { WireReader, WireWriter } from '@millrace/protocol';
import { partitionsByTopic, type TopicPartition } from '../topic-partition.ts';
import type { PreviousAssignment } from './assignor.ts';

/** A topic name's length and a count: no topic entry is shorter. */
const MIN_TOPIC_BYTES = 6;
const INT32_BYTES = 4;

/**
 * The bytes `sticky` members carry in their subscriptions, version 1: topics with partitions, then the generation.
 * Version 0 has no generation; it is read, never written.
 */
export function writeStickyUserData(previous: PreviousAssignment): Buffer {
  const writer = new WireWriter();
  const topics = [...partitionsByTopic(previous.partitions)];
  writer.int32(topics.length);
  for (const [topic, partitions] of topics) {
    writer.string(topic);
    writer.int32(partitions.length);
    for (const partition of partitions) writer.int32(partition);
  }
  writer.int32(previous.generationId);
  return Buffer.concat(writer.finish());
}

/** Bytes that make no sense count as "held nothing": they come from other members, whose mistakes stay theirs. */
export function readStickyUserData(userData: Buffer | null): PreviousAssignment {
  if (userData === null || userData.length === 0) return NOTHING_HELD;
  try {
    const reader = new WireReader(userData);
    const partitions = readPartitions(reader);
    return { partitions, generationId: reader.remaining >= INT32_BYTES ? reader.int32() : -1 };
  } catch {
    return NOTHING_HELD;
  }
}

const NOTHING_HELD: PreviousAssignment = { partitions: [], generationId: -1 };

function readPartitions(reader: WireReader): TopicPartition[] {
  const held: TopicPartition[] = [];
  const topicCount = reader.arrayLength(false, MIN_TOPIC_BYTES);
  for (let i = 0; i < topicCount; i++) {
    const topic = reader.string();
    const partitionCount = reader.arrayLength(false, INT32_BYTES);
    for (let j = 0; j < partitionCount; j++) held.push({ topic, partition: reader.int32() });
  }
  return held;
}
