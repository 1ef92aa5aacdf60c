import { type AssignedPartitions, sameAssigned, samePartitions } from '../consumer/topic-partitions.ts';

/** Numbers of tasks by the id of their subtopology, ascending. Never changed in place. */
export type TaskNumbers = ReadonlyMap<string, readonly number[]>;

/** Active tasks by the id of their subtopology, each with the epoch of the assignment that gave it to its member. */
export type ActiveTasks = AssignedPartitions;

/** What a member is to have, or says that it has. */
export interface Tasks {
  /** They process records. */
  readonly active: TaskNumbers;
  /** They keep a copy of the state of an active task elsewhere. */
  readonly standby: TaskNumbers;
  /** They catch up with the state of an active task that is to move here. */
  readonly warmup: TaskNumbers;
}

/** What a member was given. */
export interface AssignedTasks {
  readonly active: ActiveTasks;
  readonly standby: TaskNumbers;
  readonly warmup: TaskNumbers;
}

/** Tasks as messages and records list them. */
export interface TaskIds {
  readonly subtopologyId: string;
  readonly partitions: readonly number[];
}

const noNumbers: TaskNumbers = new Map();
export const NO_TASKS: Tasks = { active: noNumbers, standby: noNumbers, warmup: noNumbers };
export const NO_ASSIGNED_TASKS: AssignedTasks = {
  active: new Map(),
  standby: noNumbers,
  warmup: noNumbers,
};

export function fromTaskIds(list: readonly TaskIds[]): TaskNumbers {
  const bySubtopology = new Map<string, number[]>();
  for (const { subtopologyId, partitions } of list)
    if (partitions.length > 0) bySubtopology.set(subtopologyId, partitions.toSorted(ascending));
  return bySubtopology;
}

/** In the order of the ids of the subtopologies. */
export function toTaskIds(tasks: TaskNumbers): { subtopologyId: string; partitions: number[] }[] {
  return [...tasks]
    .toSorted(byId)
    .map(([subtopologyId, partitions]) => ({ subtopologyId, partitions: [...partitions] }));
}

export function withoutEpochs(active: ActiveTasks): TaskNumbers {
  return new Map([...active].map(([id, epochs]) => [id, [...epochs.keys()].toSorted(ascending)]));
}

export function sameTasks(a: Tasks, b: Tasks): boolean {
  return (
    samePartitions(a.active, b.active) &&
    samePartitions(a.standby, b.standby) &&
    samePartitions(a.warmup, b.warmup)
  );
}

/** Are these the same tasks, whatever the epochs of the active ones? */
export function sameAssignedTasks(a: AssignedTasks, b: AssignedTasks): boolean {
  return (
    sameAssigned(a.active, b.active) &&
    samePartitions(a.standby, b.standby) &&
    samePartitions(a.warmup, b.warmup)
  );
}

export function hasNoTasks({ active, standby, warmup }: AssignedTasks): boolean {
  return active.size === 0 && standby.size === 0 && warmup.size === 0;
}

/** Is any of these tasks among those that a member says it has, in the same role? */
export function overlaps(tasks: AssignedTasks, owned: Tasks): boolean {
  return (
    anyIn(withoutEpochs(tasks.active), owned.active) ||
    anyIn(tasks.standby, owned.standby) ||
    anyIn(tasks.warmup, owned.warmup)
  );
}

/** Are all the tasks that a member says it has among these, in the same role? */
export function covers(tasks: AssignedTasks, owned: Tasks): boolean {
  return (
    allIn(owned.active, withoutEpochs(tasks.active)) &&
    allIn(owned.standby, tasks.standby) &&
    allIn(owned.warmup, tasks.warmup)
  );
}

function anyIn(some: TaskNumbers, others: TaskNumbers): boolean {
  for (const [id, numbers] of some) {
    const known = others.get(id);
    if (known !== undefined && numbers.some((number) => known.includes(number))) return true;
  }
  return false;
}

function allIn(some: TaskNumbers, others: TaskNumbers): boolean {
  for (const [id, numbers] of some) {
    const known = others.get(id);
    if (numbers.some((number) => known?.includes(number) !== true)) return false;
  }
  return true;
}

export function ascending(a: number, b: number): number {
  return a - b;
}

function byId([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
