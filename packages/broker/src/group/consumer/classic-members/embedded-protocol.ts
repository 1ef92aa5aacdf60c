import { DecodeError, KafkaError, UnsupportedVersionError, WireReader, WireWriter } from '@millrace/protocol';
import {
  ConsumerProtocolAssignment,
  ConsumerProtocolSubscription,
} from '@millrace/protocol/messages/consumer-protocol';
import type { TopicsImage } from '../../../metadata/cluster-image.ts';
import { type AssignedPartitions, fromList, type TopicPartitions } from '../topic-partitions.ts';

/** What a classic consumer says in the metadata of its JoinGroup. */
export interface EmbeddedSubscription {
  readonly topics: readonly string[];
  /** What it holds of topics that exist. */
  readonly owned: TopicPartitions;
  readonly rackId: string | null;
}

/**
 * Reads a subscription, whatever its version.
 * @throws KafkaError INCONSISTENT_GROUP_PROTOCOL when the bytes are no subscription
 */
export function readSubscription(metadata: Buffer, topics: TopicsImage): EmbeddedSubscription {
  return parse(() => {
    const reader = new WireReader(metadata);
    const version = Math.min(reader.int16(), ConsumerProtocolSubscription.maxVersion);
    const fields = ConsumerProtocolSubscription.read(reader, version);
    return {
      topics: [...new Set(fields.topics)].toSorted(),
      owned: byTopicId(fields.ownedPartitions, topics),
      rackId: fields.rackId,
    };
  });
}

/**
 * Reads what the leader of a classic group has assigned to a member.
 * @throws KafkaError INCONSISTENT_GROUP_PROTOCOL when the bytes are no assignment
 */
export function readAssignment(bytes: Buffer, topics: TopicsImage): TopicPartitions {
  if (bytes.length === 0) return new Map();
  return parse(() => {
    const reader = new WireReader(bytes);
    const version = Math.min(reader.int16(), ConsumerProtocolAssignment.maxVersion);
    return byTopicId(ConsumerProtocolAssignment.read(reader, version).assignedPartitions, topics);
  });
}

/** The assignment as the member expects it in its SyncGroup answer: in the version of its own subscription. */
export function writeAssignment(
  partitions: TopicPartitions | AssignedPartitions,
  subscription: Buffer,
  topics: TopicsImage,
): Buffer {
  const version = Math.min(subscription.readInt16BE(0), ConsumerProtocolAssignment.maxVersion);
  const assignedPartitions = [...partitions].flatMap(([topicId, indexes]) => {
    const topic = topics.byId.get(topicId)?.name;
    if (topic === undefined) return [];
    return [
      { topic, partitions: [...indexes.keys()].map((at) => (Array.isArray(indexes) ? indexes[at]! : at)) },
    ];
  });
  const writer = new WireWriter(128);
  writer.int16(version);
  ConsumerProtocolAssignment.write(writer, { assignedPartitions, userData: null }, version);
  return writer.toBuffer();
}

function byTopicId(
  list: readonly { readonly topic: string; readonly partitions: readonly number[] }[],
  topics: TopicsImage,
): TopicPartitions {
  return fromList(
    list.flatMap(({ topic, partitions }) => {
      const topicId = topics.byName.get(topic)?.id;
      return topicId === undefined ? [] : [{ topicId, partitions }];
    }),
  );
}

function parse<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    if (!isBadInput(cause)) throw cause;
    const text =
      'The metadata of a member is no ConsumerProtocolSubscription, so the broker cannot assign to it.';
    throw new KafkaError('INCONSISTENT_GROUP_PROTOCOL', text, { cause });
  }
}

/** Versions below 0 are as bad as bytes that end too early; those above the last are read as the last. */
function isBadInput(error: unknown): boolean {
  return (
    error instanceof DecodeError || error instanceof UnsupportedVersionError || error instanceof RangeError
  );
}
