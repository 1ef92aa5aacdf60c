import { comparePartitions } from '../topic-partition.ts';
import {
  emptyAssignment,
  sortMembers,
  subscribedTopics,
  type GroupAssignment,
  type MemberSubscription,
  type SynchronousAssignor,
} from './assignor.ts';
import { RackMatching, racksMatter, type PartitionRacks } from './partition-racks.ts';

/**
 * `range`: per topic, contiguous blocks in member order; the first members get one partition more where the division
 * leaves a rest. Topics with equal partition counts and equal subscribers line up, which joins rely on.
 *
 * Where members say in which rack they are, partitions go to members of their racks first, in the same shares (KIP-881);
 * topics that line up still do, as long as all their partitions of a number are near the same member.
 */
export const rangeAssignor: SynchronousAssignor = {
  name: 'range',
  supportedProtocols: ['eager'],

  assign(
    partitionCounts: ReadonlyMap<string, number>,
    members: readonly MemberSubscription[],
    racks?: PartitionRacks,
  ): GroupAssignment {
    const assignment = emptyAssignment(members);
    const sorted = sortMembers(members);
    const topics = subscribedTopics(partitionCounts, members).map((topic) => {
      const subscribers = sorted.filter((member) => member.topics.includes(topic));
      return new TopicShares(topic, partitionCounts.get(topic)!, subscribers, racks);
    });
    const isRackAware = topics.some(({ needsRacks }) => needsRacks);
    if (isRackAware) assignByRack(topics, assignment);
    for (const topic of topics) topic.assignRest(assignment);
    if (isRackAware) for (const partitions of assignment.values()) partitions.sort(comparePartitions);
    return assignment;
  },
};

/** Topics that line up go together, or not by rack at all; others each by itself. */
function assignByRack(topics: readonly TopicShares[], assignment: GroupAssignment): void {
  for (const group of Map.groupBy(topics, (topic) => topic.lineUpKey).values()) {
    if (group.length > 1) assignLinedUp(group, assignment);
    else if (group[0]!.needsRacks) group[0]!.assignNear(assignment);
  }
}

function assignLinedUp(topics: readonly TopicShares[], assignment: GroupAssignment): void {
  const [{ partitionCount, memberIds }] = topics as [TopicShares];
  for (let partition = 0; partition < partitionCount; partition++) {
    const near = memberIds.find((memberId) =>
      topics.every((topic) => topic.mayTake(memberId) && topic.isNear(memberId, partition)),
    );
    if (near !== undefined) for (const topic of topics) topic.give(near, partition, assignment);
  }
}

/** One topic, and how much of it each subscriber gets. */
class TopicShares {
  readonly topic: string;
  readonly partitionCount: number;
  readonly memberIds: readonly string[];
  readonly needsRacks: boolean;
  readonly #racks: RackMatching | undefined;
  readonly #share: number;
  #membersWithOneMore: number;
  readonly #given: Map<string, number>;
  readonly #free: Set<number>;

  constructor(
    topic: string,
    partitionCount: number,
    subscribers: readonly MemberSubscription[],
    racks: PartitionRacks | undefined,
  ) {
    this.topic = topic;
    this.partitionCount = partitionCount;
    this.memberIds = subscribers.map(({ memberId }) => memberId);
    this.#share = Math.floor(partitionCount / subscribers.length);
    this.#membersWithOneMore = partitionCount % subscribers.length;
    this.#given = new Map(this.memberIds.map((memberId) => [memberId, 0]));
    this.#free = new Set(Array.from({ length: partitionCount }, (_, partition) => partition));
    this.needsRacks = racks !== undefined && racksMatter([[topic, partitionCount]], subscribers, racks);
    this.#racks = racks === undefined ? undefined : new RackMatching(subscribers, racks);
  }

  /** The same for topics that line up. */
  get lineUpKey(): string {
    return JSON.stringify([this.partitionCount, this.memberIds]);
  }

  isNear(memberId: string, partition: number): boolean {
    return this.#racks?.matches(memberId, this.topic, partition) ?? true;
  }

  mayTake(memberId: string): boolean {
    return this.#room(memberId) > 0;
  }

  give(memberId: string, partition: number, assignment: GroupAssignment): void {
    const count = this.#given.get(memberId)! + 1;
    this.#given.set(memberId, count);
    if (count > this.#share) this.#membersWithOneMore--;
    this.#free.delete(partition);
    assignment.get(memberId)?.push({ topic: this.topic, partition });
  }

  assignNear(assignment: GroupAssignment): void {
    this.#assign(assignment, (memberId, partition) => this.isNear(memberId, partition));
  }

  assignRest(assignment: GroupAssignment): void {
    this.#assign(assignment, () => true);
  }

  #assign(assignment: GroupAssignment, fits: (memberId: string, partition: number) => boolean): void {
    for (const memberId of this.memberIds) {
      let room = this.#room(memberId);
      for (const partition of this.#free) {
        if (room === 0) break;
        if (!fits(memberId, partition)) continue;
        this.give(memberId, partition, assignment);
        room--;
      }
    }
  }

  #room(memberId: string): number {
    return Math.max(0, this.#share + (this.#membersWithOneMore > 0 ? 1 : 0) - this.#given.get(memberId)!);
  }
}
