import {
  emptyAssignment,
  sortMembers,
  subscribedTopics,
  type SynchronousAssignor,
  type GroupAssignment,
  type MemberSubscription,
} from './assignor.ts';

/**
 * `roundrobin`: all partitions of all topics, by topic name, dealt out in a circle over the members; a member that
 * does not want a topic is passed over.
 */
export const roundRobinAssignor: SynchronousAssignor = {
  name: 'roundrobin',
  supportedProtocols: ['eager'],

  assign(
    partitionCounts: ReadonlyMap<string, number>,
    members: readonly MemberSubscription[],
  ): GroupAssignment {
    const assignment = emptyAssignment(members);
    const circle = sortMembers(members);
    const wanted = circle.map((member) => new Set(member.topics));
    let next = 0;
    for (const topic of subscribedTopics(partitionCounts, members)) {
      const count = partitionCounts.get(topic) ?? 0;
      for (let partition = 0; partition < count; partition++) {
        while (wanted[next]?.has(topic) !== true) next = (next + 1) % circle.length;
        assignment.get(circle[next]?.memberId ?? '')?.push({ topic, partition });
        next = (next + 1) % circle.length;
      }
    }
    return assignment;
  },
};
