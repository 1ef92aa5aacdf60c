import type { MemberSubscription } from '../assignors/assignor.ts';
import type { GroupAssignment } from '../assignors/assignor.ts';
import type { TopicPartition } from '../topic-partition.ts';

/** A dynamic member that holds nothing. */
export function memberSubscription(
  memberId: string,
  topics: readonly string[],
  more: Partial<MemberSubscription> = {},
): MemberSubscription {
  return {
    memberId,
    topics,
    groupInstanceId: null,
    userData: null,
    ownedPartitions: [],
    generationId: -1,
    rackId: null,
    ...more,
  };
}

/** `t-0 t-1 u-0` as partitions. */
export function partitionList(text: string): TopicPartition[] {
  return text
    .split(' ')
    .filter((name) => name !== '')
    .map((name) => {
      const dash = name.lastIndexOf('-');
      return { topic: name.slice(0, dash), partition: Number(name.slice(dash + 1)) };
    });
}

/** The assignment in the form tests are written in: member id to `t-0 t-1`. */
export function assignmentText(assignment: GroupAssignment): Record<string, string> {
  return Object.fromEntries(
    [...assignment].map(([memberId, partitions]) => [
      memberId,
      partitions.map(({ topic, partition }) => `${topic}-${partition}`).join(' '),
    ]),
  );
}
