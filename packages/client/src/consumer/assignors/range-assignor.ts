import {
  emptyAssignment,
  sortMembers,
  subscribedTopics,
  type SynchronousAssignor,
  type GroupAssignment,
  type MemberSubscription,
} from './assignor.ts';

/**
 * `range`: per topic, contiguous blocks in member order; the first members get one partition more where the division
 * leaves a rest. Topics with equal partition counts and equal subscribers line up, which joins rely on.
 */
export const rangeAssignor: SynchronousAssignor = {
  name: 'range',
  supportedProtocols: ['eager'],

  assign(
    partitionCounts: ReadonlyMap<string, number>,
    members: readonly MemberSubscription[],
  ): GroupAssignment {
    const assignment = emptyAssignment(members);
    const sorted = sortMembers(members);
    for (const topic of subscribedTopics(partitionCounts, members)) {
      const subscribers = sorted.filter((member) => member.topics.includes(topic));
      assignTopic(assignment, topic, partitionCounts.get(topic) ?? 0, subscribers);
    }
    return assignment;
  },
};

function assignTopic(
  assignment: GroupAssignment,
  topic: string,
  partitionCount: number,
  subscribers: readonly MemberSubscription[],
): void {
  const blockSize = Math.floor(partitionCount / subscribers.length);
  const membersWithOneMore = partitionCount % subscribers.length;
  let partition = 0;
  for (const [index, { memberId }] of subscribers.entries()) {
    const end = partition + blockSize + (index < membersWithOneMore ? 1 : 0);
    for (; partition < end; partition++) assignment.get(memberId)?.push({ topic, partition });
  }
}
