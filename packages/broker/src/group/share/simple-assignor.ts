import type { TopicPartitions } from '../consumer/topic-partitions.ts';

/** The one assignor that share groups have. */
export const SIMPLE_ASSIGNOR = 'simple';

/** A member, as the assignor sees it. */
export interface SharingMember {
  readonly memberId: string;
  /** Ids of the topics it subscribes, as far as they exist. */
  readonly topicIds: ReadonlySet<string>;
  /** Its part of the target assignment before. */
  readonly previous: TopicPartitions;
}

interface Slot {
  readonly topicId: string;
  readonly partition: number;
  /** Members it is given to. */
  readonly holders: Set<string>;
}

/**
 * Gives each partition to as many members as it takes for every member to have work: one where there are more partitions
 * than members, several otherwise. Members that subscribe alike get equally many, give or take one, and keep what they
 * have as far as that allows. Pure: the same input gives the same output.
 *
 * @param members in the order of their ids
 * @param partitions what may be given out, by topic id
 */
export function assignSimply(
  members: readonly SharingMember[],
  partitions: TopicPartitions,
): ReadonlyMap<string, TopicPartitions> {
  const result = new Map(members.map(({ memberId }) => [memberId, new Map<string, number[]>()]));
  const slots = [...partitions].map(([topicId, indexes]) =>
    indexes.map((partition): Slot => ({ topicId, partition, holders: new Set() })),
  );
  if (subscribeAlike(members)) {
    const [first] = members;
    share(
      members,
      slots.flat().filter(({ topicId }) => first?.topicIds.has(topicId) === true),
    );
  } else {
    for (const ofTopic of slots)
      share(
        members.filter(({ topicIds }) => topicIds.has(ofTopic[0]?.topicId ?? '')),
        ofTopic,
      );
  }
  for (const { topicId, partition, holders } of slots.flat()) {
    for (const memberId of holders) {
      const own = result.get(memberId)!;
      own.set(topicId, [...(own.get(topicId) ?? []), partition]);
    }
  }
  return result;
}

function subscribeAlike([first, ...others]: readonly SharingMember[]): boolean {
  return others.every(
    ({ topicIds }) =>
      topicIds.size === first!.topicIds.size &&
      [...topicIds].every((topicId) => first!.topicIds.has(topicId)),
  );
}

function share(members: readonly SharingMember[], slots: readonly Slot[]): void {
  if (members.length === 0 || slots.length === 0) return;
  const holdersEach = Math.ceil(members.length / slots.length);
  const each = (holdersEach * slots.length) / members.length;
  const missing = members.map((_, at) => Math.ceil(each * (at + 1)) - Math.ceil(each * at));
  keep(members, slots, { missing, holdersEach });
  fill(members, slots, { missing, holdersEach });
}

interface Shares {
  /** How many partitions each member is still to get. */
  readonly missing: number[];
  /** How many members a partition is given to. */
  readonly holdersEach: number;
}

/** What members have already, as far as it is theirs to keep. */
function keep(members: readonly SharingMember[], slots: readonly Slot[], shares: Shares): void {
  for (const [at, { memberId, previous }] of members.entries()) {
    for (const { topicId, partition, holders } of slots) {
      if (shares.missing[at] === 0) break;
      if (holders.size >= shares.holdersEach || previous.get(topicId)?.includes(partition) !== true) continue;
      holders.add(memberId);
      shares.missing[at]!--;
    }
  }
}

/** The rest goes round. */
function fill(members: readonly SharingMember[], slots: readonly Slot[], shares: Shares): void {
  let next = 0;
  for (const { holders } of slots) {
    for (let tries = 0; holders.size < shares.holdersEach && tries < members.length; tries++) {
      const at = next;
      next = (next + 1) % members.length;
      const { memberId } = members[at]!;
      if (shares.missing[at] === 0 || holders.has(memberId)) continue;
      holders.add(memberId);
      shares.missing[at]!--;
      tries = -1;
    }
  }
}
