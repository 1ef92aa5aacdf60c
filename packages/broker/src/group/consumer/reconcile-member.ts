import { type CurrentAssignment, MemberState } from './consumer-member.ts';
import {
  type AssignedPartitions,
  intersects,
  partitionsOf,
  type TopicPartitionList,
  type TopicPartitions,
} from './topic-partitions.ts';

/** What a member is moved towards. */
export interface ReconcileTarget {
  readonly assignmentEpoch: number;
  readonly partitions: TopicPartitions;
  /** Does nobody hold this partition? */
  readonly isFree: (topicId: string, partition: number) => boolean;
  /** What the member says it holds; null when it does not say. */
  readonly owned: readonly TopicPartitionList[] | null;
}

/**
 * Moves a member one step towards its target: first it gives up what it is to lose, then it gets what is free.
 * @returns the same object when there is nothing to do or the member has to act first.
 */
export function reconcileMember(current: CurrentAssignment, target: ReconcileTarget): CurrentAssignment {
  switch (current.state) {
    case MemberState.stable:
      return current.memberEpoch === target.assignmentEpoch
        ? current
        : nextAssignment(current, current.memberEpoch, target);
    case MemberState.unrevoked:
      // Whoever does not say what it holds may hold all of it still.
      return stillHolds(current.pendingRevocation, target.owned)
        ? current
        : nextAssignment(current, current.memberEpoch + 1, target);
    case MemberState.unreleased:
      return unlessSame(current, nextAssignment(current, current.memberEpoch, target));
  }
}

function stillHolds(partitions: AssignedPartitions, owned: readonly TopicPartitionList[] | null): boolean {
  return owned === null || intersects(partitions, owned);
}

function nextAssignment(
  current: CurrentAssignment,
  memberEpoch: number,
  target: ReconcileTarget,
): CurrentAssignment {
  const { kept, revoked } = splitAssigned(current.assigned, target.partitions);
  const previousMemberEpoch = current.memberEpoch;
  if (revoked.size > 0 && stillHolds(revoked, target.owned)) {
    return {
      state: MemberState.unrevoked,
      memberEpoch,
      previousMemberEpoch,
      assigned: kept,
      pendingRevocation: revoked,
    };
  }
  const { assigned, isComplete } = addFree(kept, target);
  return {
    state: isComplete ? MemberState.stable : MemberState.unreleased,
    memberEpoch: target.assignmentEpoch,
    previousMemberEpoch,
    assigned,
    pendingRevocation: new Map(),
  };
}

/** What of its partitions the member keeps, and what it is to give up. */
function splitAssigned(assigned: AssignedPartitions, target: TopicPartitions) {
  const kept = new Map<string, Map<number, number>>();
  const revoked = new Map<string, Map<number, number>>();
  for (const [topicId, epochs] of assigned) {
    const wanted = new Set(partitionsOf(target, topicId));
    for (const [partition, epoch] of epochs)
      put(wanted.has(partition) ? kept : revoked, topicId, partition, epoch);
  }
  return { kept, revoked };
}

/**
 * Adds those partitions of the target that nobody holds. One that the member itself has just given up, and that it is to
 * have after all, counts as held until the record of this step is applied; the next step adds it.
 */
function addFree(kept: AssignedPartitions, target: ReconcileTarget) {
  const assigned = new Map([...kept].map(([topicId, epochs]) => [topicId, new Map(epochs)]));
  let isComplete = true;
  for (const [topicId, partitions] of target.partitions) {
    for (const partition of partitions) {
      if (kept.get(topicId)?.has(partition) === true) continue;
      if (target.isFree(topicId, partition)) put(assigned, topicId, partition, target.assignmentEpoch);
      else isComplete = false;
    }
  }
  return { assigned, isComplete };
}

function put(
  into: Map<string, Map<number, number>>,
  topicId: string,
  partition: number,
  assignmentEpoch: number,
): void {
  const epochs = into.get(topicId);
  if (epochs === undefined) into.set(topicId, new Map([[partition, assignmentEpoch]]));
  else epochs.set(partition, assignmentEpoch);
}

/** A member that waits on and on must not be written down with each of its heartbeats. */
function unlessSame(current: CurrentAssignment, next: CurrentAssignment): CurrentAssignment {
  const isSame =
    next.state === current.state &&
    next.memberEpoch === current.memberEpoch &&
    next.pendingRevocation.size === current.pendingRevocation.size &&
    countPartitions(next.assigned) === countPartitions(current.assigned);
  return isSame ? current : next;
}

function countPartitions(assigned: AssignedPartitions): number {
  let count = 0;
  for (const epochs of assigned.values()) count += epochs.size;
  return count;
}
