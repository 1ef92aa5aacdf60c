import { WireReader, WireWriter } from '@millrace/protocol';
import {
  ConsumerProtocolAssignment,
  ConsumerProtocolSubscription,
} from '@millrace/protocol/messages/consumer-protocol';
import type { MemberSubscription } from '../assignors/assignor.ts';
import { partitionsByTopic, type TopicPartition } from '../topic-partition.ts';

/** Versions written: everything we know of subscriptions; assignments have not changed since 0 but carry the number. */
const SUBSCRIPTION_VERSION = ConsumerProtocolSubscription.maxVersion;
const ASSIGNMENT_VERSION = ConsumerProtocolAssignment.maxVersion;

/** The metadata a member sends in JoinGroup: int16 version, then a `ConsumerProtocolSubscription`. */
export function writeSubscription(
  subscription: Omit<MemberSubscription, 'memberId' | 'groupInstanceId'>,
): Buffer {
  const writer = new WireWriter();
  writer.int16(SUBSCRIPTION_VERSION);
  const message = {
    topics: subscription.topics.toSorted(),
    userData: subscription.userData,
    ownedPartitions: topicStructs(subscription.ownedPartitions),
    generationId: subscription.generationId,
    rackId: subscription.rackId,
  };
  ConsumerProtocolSubscription.write(writer, message, SUBSCRIPTION_VERSION);
  return Buffer.concat(writer.finish());
}

/** @param member whose metadata it is. @throws DecodeError if the bytes are not a subscription. */
export function readSubscription(
  metadata: Buffer,
  member: { readonly memberId: string; readonly groupInstanceId: string | null },
): MemberSubscription {
  const reader = new WireReader(metadata);
  const version = Math.min(reader.int16(), SUBSCRIPTION_VERSION);
  const message = ConsumerProtocolSubscription.read(reader, version);
  return {
    memberId: member.memberId,
    groupInstanceId: member.groupInstanceId,
    topics: message.topics,
    userData: message.userData,
    ownedPartitions: flatten(message.ownedPartitions),
    generationId: message.generationId,
    rackId: message.rackId,
  };
}

/** What the leader sends for a member in SyncGroup: int16 version, then a `ConsumerProtocolAssignment`. */
export function writeAssignment(partitions: readonly TopicPartition[]): Buffer {
  const writer = new WireWriter();
  writer.int16(ASSIGNMENT_VERSION);
  const message = { assignedPartitions: topicStructs(partitions), userData: null };
  ConsumerProtocolAssignment.write(writer, message, ASSIGNMENT_VERSION);
  return Buffer.concat(writer.finish());
}

/** Empty bytes mean nothing assigned: that is what members get which the leader did not know. */
export function readAssignment(assignment: Buffer): TopicPartition[] {
  if (assignment.length === 0) return [];
  const reader = new WireReader(assignment);
  const version = Math.min(reader.int16(), ASSIGNMENT_VERSION);
  return flatten(ConsumerProtocolAssignment.read(reader, version).assignedPartitions);
}

interface TopicStruct {
  readonly topic: string;
  readonly partitions: readonly number[];
}

function topicStructs(partitions: readonly TopicPartition[]): { topic: string; partitions: number[] }[] {
  return [...partitionsByTopic(partitions)].map(([topic, numbers]) => ({ topic, partitions: numbers }));
}

function flatten(topics: readonly TopicStruct[]): TopicPartition[] {
  return topics.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition })));
}
