import { type TaskNumbers, ascending, type Tasks } from '../tasks.ts';
import { leastOf, type LoadedMember, ProcessLoad, type Task, taskCount, taskKey } from './process-load.ts';

/** A member, as the assignor sees it. */
export interface AssignableMember {
  readonly memberId: string;
  readonly processId: string;
  /** Its part of the target assignment before. */
  readonly previous: Tasks;
}

/** A subtopology, as the assignor sees it. */
export interface AssignableSubtopology {
  readonly subtopologyId: string;
  readonly taskCount: number;
  readonly isStateful: boolean;
}

export interface AssignTasksInput {
  /** In the order of their ids. */
  readonly members: readonly AssignableMember[];
  /** In the order of their ids. */
  readonly subtopologies: readonly AssignableSubtopology[];
  readonly standbyReplicas: number;
}

/**
 * Gives every task to one member that processes it, and to `standbyReplicas` others, in other processes, that keep a
 * copy of its state. Members keep what they have as far as nobody has more than its part; a task whose member is gone
 * goes to a standby of it, which has its state already. Pure: the same input gives the same output.
 *
 * @returns by member id; tasks for which there are too few processes have fewer standbys
 */
export function assignTasks(input: AssignTasksInput): ReadonlyMap<string, Tasks> {
  const assignment = new StickyAssignment(input);
  assignment.assignActive();
  assignment.assignStandbys();
  return assignment.result();
}

/** How many tasks a member may have before others have theirs; adjusts as members are done. */
class Quota {
  perMember: number;
  #tasks: number;
  #members: number;

  constructor(tasks: number, members: number) {
    this.#tasks = tasks;
    this.#members = members;
    this.perMember = members === 0 ? 0 : Math.ceil(tasks / members);
  }

  /** A member has so many now. Once that is its part, the others share what is left. */
  note(count: number): void {
    if (count !== this.perMember) return;
    this.#tasks -= count;
    this.#members--;
    this.perMember = this.#members <= 0 ? 0 : Math.ceil(this.#tasks / this.#members);
  }
}

class StickyAssignment {
  readonly #input: AssignTasksInput;
  readonly #processes: readonly ProcessLoad[];
  readonly #members: readonly LoadedMember[];
  /** Members that had a task, by task. */
  readonly #hadActive = new Map<string, LoadedMember>();
  readonly #hadStandby = new Map<string, LoadedMember[]>();
  readonly #tasks: readonly (Task & { readonly isStateful: boolean })[];
  readonly #activeQuota: Quota;
  readonly #totalQuota: Quota;

  constructor(input: AssignTasksInput) {
    this.#input = input;
    const { members, subtopologies, standbyReplicas } = input;
    const processes = new Map<string, ProcessLoad>();
    this.#members = members.map(({ memberId, processId, previous }) => {
      let process = processes.get(processId);
      if (process === undefined) processes.set(processId, (process = new ProcessLoad()));
      const member = process.addMember(memberId);
      for (const task of eachTask(previous.active)) this.#hadActive.set(taskKey(task), member);
      for (const task of eachTask(previous.standby)) {
        const key = taskKey(task);
        this.#hadStandby.set(key, [...(this.#hadStandby.get(key) ?? []), member]);
      }
      return member;
    });
    this.#processes = [...processes.values()];
    this.#tasks = subtopologies.flatMap(({ subtopologyId, taskCount: count, isStateful }) =>
      Array.from({ length: count }, (_, partition) => ({ subtopologyId, partition, isStateful })),
    );
    const statefulCount = this.#tasks.filter(({ isStateful }) => isStateful).length;
    this.#activeQuota = new Quota(this.#tasks.length, members.length);
    this.#totalQuota = new Quota(this.#tasks.length + statefulCount * standbyReplicas, members.length);
  }

  /** First to those who had them, then to those who had copies of their state, then to whoever has least. */
  assignActive(): void {
    if (this.#members.length === 0) return;
    const byPartition = this.#tasks.toSorted((a, b) => a.partition - b.partition);
    const orphans = byPartition.filter((task) => !this.#tryActive(this.#hadActive.get(taskKey(task)), task));
    const rest = orphans.filter((task) => {
      const holders = this.#hadStandby.get(taskKey(task)) ?? [];
      return !this.#tryActive(leastLoadedOf(holders), task);
    });
    for (const task of rest.toSorted(bySubtopology)) {
      const process = leastOf(this.#processes, ({ load }) => load)!;
      this.#give(process.leastLoaded(), task, 'active');
    }
  }

  assignStandbys(): void {
    const { standbyReplicas } = this.#input;
    const stateful = this.#tasks.filter(({ isStateful }) => isStateful);
    const missing = stateful
      .toSorted((a, b) => b.partition - a.partition || bySubtopology(b, a))
      .map((task) => {
        let given = 0;
        while (given < standbyReplicas && this.#tryStandby(task)) given++;
        return { task, count: standbyReplicas - given };
      });
    for (const { task, count } of missing.toSorted((a, b) => bySubtopology(b.task, a.task))) {
      for (let given = 0; given < count; given++) {
        const process = leastOf(this.#without(task), ({ load }) => load);
        if (process === undefined) break;
        this.#give(process.leastLoaded(), task, 'standby');
      }
    }
  }

  result(): ReadonlyMap<string, Tasks> {
    return new Map(
      this.#members.map(({ memberId, active, standby }) => [
        memberId,
        { active: numbersOf(active), standby: numbersOf(standby), warmup: new Map() },
      ]),
    );
  }

  #tryActive(member: LoadedMember | undefined, task: Task): boolean {
    if (member === undefined || taskCount(member) >= this.#activeQuota.perMember) return false;
    this.#give(member, task, 'active');
    return true;
  }

  /** A copy stays where it is, or where the task was active until now. */
  #tryStandby(task: Task): boolean {
    const key = taskKey(task);
    const mayTake = (member: LoadedMember | undefined): member is LoadedMember =>
      member !== undefined && !member.process.has(task) && taskCount(member) < this.#totalQuota.perMember;
    const formerOwner = this.#hadActive.get(key);
    const holders = (this.#hadStandby.get(key) ?? []).filter(({ process }) => !process.has(task));
    const member = mayTake(formerOwner) ? formerOwner : leastLoadedOf(holders);
    if (!mayTake(member)) return false;
    this.#give(member, task, 'standby');
    return true;
  }

  *#without(task: Task): Iterable<ProcessLoad> {
    for (const process of this.#processes) if (!process.has(task)) yield process;
  }

  #give(member: LoadedMember, task: Task, role: 'active' | 'standby'): void {
    member[role].push(task);
    member.process.noteTask(task);
    const count = taskCount(member);
    if (role === 'active') this.#activeQuota.note(count);
    this.#totalQuota.note(count);
  }
}

/** The one with the least in the process with the least. */
function leastLoadedOf(members: readonly LoadedMember[]): LoadedMember | undefined {
  const process = leastOf(new Set(members.map((member) => member.process)), ({ load }) => load);
  return leastOf(
    members.filter((member) => member.process === process),
    taskCount,
  );
}

function bySubtopology(a: Task, b: Task): number {
  if (a.subtopologyId !== b.subtopologyId) return a.subtopologyId < b.subtopologyId ? -1 : 1;
  return a.partition - b.partition;
}

function* eachTask(tasks: TaskNumbers): Iterable<Task> {
  for (const [subtopologyId, partitions] of tasks)
    for (const partition of partitions) yield { subtopologyId, partition };
}

function numbersOf(tasks: readonly Task[]): TaskNumbers {
  const bySubtopologyId = Map.groupBy(tasks.toSorted(bySubtopology), ({ subtopologyId }) => subtopologyId);
  return new Map(
    [...bySubtopologyId].map(([id, some]) => [
      id,
      some.map(({ partition }) => partition).toSorted(ascending),
    ]),
  );
}
