/** Partitions by topic id, ascending; topics without partitions are left out. Never changed in place. */
export type TopicPartitions = ReadonlyMap<string, readonly number[]>;

/** Partitions by topic id, each with the epoch of the assignment that gave it to its member (KIP-1251). */
export type AssignedPartitions = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** Partitions as messages and records list them. */
export interface TopicPartitionList {
  readonly topicId: string;
  readonly partitions: readonly number[];
}

export const NO_PARTITIONS: TopicPartitions = new Map();
export const NOTHING_ASSIGNED: AssignedPartitions = new Map();

const none: readonly number[] = [];

export function partitionsOf(partitions: TopicPartitions, topicId: string): readonly number[] {
  return partitions.get(topicId) ?? none;
}

export function fromList(list: readonly TopicPartitionList[]): TopicPartitions {
  const byTopic = new Map<string, number[]>();
  for (const { topicId, partitions } of list) {
    if (partitions.length > 0) byTopic.set(topicId, [...(byTopic.get(topicId) ?? none), ...partitions]);
  }
  for (const partitions of byTopic.values()) partitions.sort((a, b) => a - b);
  return byTopic;
}

export function toList(partitions: TopicPartitions): { topicId: string; partitions: number[] }[] {
  return [...partitions].map(([topicId, indexes]) => ({ topicId, partitions: [...indexes] }));
}

/** The partitions of an assignment, without their epochs. */
export function assignedToList(assigned: AssignedPartitions): { topicId: string; partitions: number[] }[] {
  return [...assigned].map(([topicId, epochs]) => ({
    topicId,
    partitions: [...epochs.keys()].toSorted((a, b) => a - b),
  }));
}

/** All of these partitions, given by the assignment of one epoch. */
export function assignAll(partitions: TopicPartitions, assignmentEpoch: number): AssignedPartitions {
  return new Map(
    [...partitions].map(([topicId, indexes]) => [
      topicId,
      new Map(indexes.map((partition) => [partition, assignmentEpoch])),
    ]),
  );
}

export function samePartitions(a: TopicPartitions, b: TopicPartitions): boolean {
  if (a.size !== b.size) return false;
  for (const [topicId, partitions] of a) {
    const others = partitionsOf(b, topicId);
    if (others.length !== partitions.length || partitions.some((partition, at) => partition !== others[at]))
      return false;
  }
  return true;
}

/** Are these the same partitions, whatever their epochs? */
export function sameAssigned(a: AssignedPartitions, b: AssignedPartitions): boolean {
  if (a.size !== b.size) return false;
  for (const [topicId, epochs] of a) {
    const others = b.get(topicId);
    if (others?.size !== epochs.size) return false;
    for (const partition of epochs.keys()) if (!others.has(partition)) return false;
  }
  return true;
}

/** Is any of these partitions in the list? */
export function intersects(assigned: AssignedPartitions, list: readonly TopicPartitionList[]): boolean {
  return list.some(({ topicId, partitions }) => {
    const epochs = assigned.get(topicId);
    return epochs !== undefined && partitions.some((partition) => epochs.has(partition));
  });
}

/** Are all partitions of the list assigned? */
export function containsAll(assigned: AssignedPartitions, list: readonly TopicPartitionList[]): boolean {
  return list.every(({ topicId, partitions }) => {
    const epochs = assigned.get(topicId);
    return partitions.every((partition) => epochs?.has(partition) === true);
  });
}
