import {
  isReconciledTo,
  type StreamsAssignment,
  type StreamsMember,
  StreamsMemberState,
} from './streams-member.ts';
import type { TaskOwners } from './task-owners.ts';
import {
  type ActiveTasks,
  hasNoTasks,
  NO_ASSIGNED_TASKS,
  overlaps,
  sameAssignedTasks,
  type TaskNumbers,
  type Tasks,
} from './tasks.ts';

/** What a member is moved towards. */
export interface ReconcileTarget {
  readonly assignmentEpoch: number;
  readonly tasks: Tasks;
  /** What the member says it has; `undefined` when it does not say. */
  readonly owned: Tasks | undefined;
  /** Which processes have which tasks. */
  readonly owners: {
    readonly activeOwners: TaskOwners;
    readonly standbyOwners: TaskOwners;
    readonly warmupOwners: TaskOwners;
  };
}

/**
 * Moves a member one step towards its target: first it gives up what it is to lose, then it gets what is free. An active
 * task is free when nobody has it; and no process has a task in two roles at once, since they would share one state
 * directory.
 *
 * @returns the same object when there is nothing to do or the member has to act first.
 */
export function reconcileTasks(member: StreamsMember, target: ReconcileTarget): StreamsAssignment {
  const { current } = member;
  if (isReconciledTo(current, target.assignmentEpoch)) return current;
  if (current.state !== StreamsMemberState.unrevoked)
    return unlessSame(current, nextAssignment(member, current.memberEpoch, target));
  // Whoever does not say what it has may have all of it still.
  const { owned } = target;
  if (owned === undefined || overlaps(current.pendingRevocation, owned)) return current;
  return nextAssignment(member, current.memberEpoch + 1, target);
}

function nextAssignment(
  { current, metadata: { processId } }: StreamsMember,
  memberEpoch: number,
  { assignmentEpoch, tasks, owned, owners }: ReconcileTarget,
): StreamsAssignment {
  const { activeOwners, standbyOwners, warmupOwners } = owners;
  const isIn = (some: TaskOwners) => (id: string, task: number) =>
    some.processesOf(id, task).includes(processId);
  const [isActiveHere, isStandbyHere, isWarmupHere] = [activeOwners, standbyOwners, warmupOwners].map(isIn);
  const isCopyHere = (id: string, task: number) => isStandbyHere!(id, task) || isWarmupHere!(id, task);
  const isHere = (id: string, task: number) => isActiveHere!(id, task) || isCopyHere(id, task);
  const isTaken = (id: string, task: number) =>
    activeOwners.processesOf(id, task).length > 0 || isCopyHere(id, task);
  const active = moveActive(current.assigned.active, tasks.active, assignmentEpoch, isTaken);
  const standby = moveCopies(current.assigned.standby, tasks.standby, isHere);
  const warmup = moveCopies(current.assigned.warmup, tasks.warmup, isHere);
  const revoked = { active: active.revoked, standby: standby.revoked, warmup: warmup.revoked };
  const previousMemberEpoch = current.memberEpoch;
  if (!hasNoTasks(revoked) && (owned === undefined || overlaps(revoked, owned))) {
    const assigned = { active: active.kept, standby: standby.kept, warmup: warmup.kept };
    const { unrevoked: state } = StreamsMemberState;
    return { state, memberEpoch, previousMemberEpoch, assigned, pendingRevocation: revoked };
  }
  const isComplete = active.isComplete && standby.isComplete && warmup.isComplete;
  return {
    state: isComplete ? StreamsMemberState.stable : StreamsMemberState.unreleased,
    memberEpoch: assignmentEpoch,
    previousMemberEpoch,
    assigned: { active: active.next, standby: standby.next, warmup: warmup.next },
    pendingRevocation: NO_ASSIGNED_TASKS,
  };
}

interface Move<Of> {
  /** What the member has and is to have. */
  readonly kept: Of;
  /** What it has and is to lose. */
  readonly revoked: Of;
  /** What it keeps, and what of the rest is free. */
  readonly next: Of;
  readonly isComplete: boolean;
}

function moveActive(
  assigned: ActiveTasks,
  target: TaskNumbers,
  assignmentEpoch: number,
  isTaken: (subtopologyId: string, task: number) => boolean,
): Move<ActiveTasks> {
  const kept = new Map<string, Map<number, number>>();
  const revoked = new Map<string, Map<number, number>>();
  const next = new Map<string, Map<number, number>>();
  for (const [id, epochs] of assigned) {
    for (const [task, epoch] of epochs) {
      const isWanted = target.get(id)?.includes(task) === true;
      for (const into of isWanted ? [kept, next] : [revoked]) put(into, id, task, epoch);
    }
  }
  let isComplete = true;
  for (const [id, tasks] of target) {
    for (const task of tasks) {
      if (kept.get(id)?.has(task) === true) continue;
      if (isTaken(id, task)) isComplete = false;
      else put(next, id, task, assignmentEpoch);
    }
  }
  return { kept, revoked, next, isComplete };
}

/** The same for tasks that keep copies, which have no epochs. */
function moveCopies(
  assigned: TaskNumbers,
  target: TaskNumbers,
  isTaken: (subtopologyId: string, task: number) => boolean,
): Move<TaskNumbers> {
  const withZeros = new Map(
    [...assigned].map(([id, tasks]) => [id, new Map(tasks.map((task) => [task, 0]))]),
  );
  const { kept, revoked, next, isComplete } = moveActive(withZeros, target, 0, isTaken);
  return { kept: numbers(kept), revoked: numbers(revoked), next: numbers(next), isComplete };
}

function numbers(tasks: ActiveTasks): TaskNumbers {
  return new Map([...tasks].map(([id, epochs]) => [id, [...epochs.keys()].toSorted((a, b) => a - b)]));
}

function put(into: Map<string, Map<number, number>>, id: string, task: number, epoch: number): void {
  const epochs = into.get(id);
  if (epochs === undefined) into.set(id, new Map([[task, epoch]]));
  else epochs.set(task, epoch);
}

/** A member that waits on and on must not be written down with each of its heartbeats. */
function unlessSame(current: StreamsAssignment, next: StreamsAssignment): StreamsAssignment {
  const isSame =
    next.state === current.state &&
    next.memberEpoch === current.memberEpoch &&
    next.previousMemberEpoch === current.previousMemberEpoch &&
    sameAssignedTasks(next.assigned, current.assigned) &&
    sameAssignedTasks(next.pendingRevocation, current.pendingRevocation);
  return isSame ? current : next;
}
