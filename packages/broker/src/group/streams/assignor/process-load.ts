/** One task: the `partition`-th of a subtopology. */
export interface Task {
  readonly subtopologyId: string;
  readonly partition: number;
}

export const taskKey = ({ subtopologyId, partition }: Task): string => `${partition}:${subtopologyId}`;

/** A member while tasks are given out. */
export interface LoadedMember {
  readonly memberId: string;
  readonly process: ProcessLoad;
  readonly active: Task[];
  readonly standby: Task[];
}

/** A process and its members while tasks are given out. No process has a task twice, in whatever role. */
export class ProcessLoad {
  readonly members: LoadedMember[] = [];
  readonly #tasks = new Set<string>();

  /** Tasks per member. */
  get load(): number {
    return this.#tasks.size / this.members.length;
  }

  has(task: Task): boolean {
    return this.#tasks.has(taskKey(task));
  }

  addMember(memberId: string): LoadedMember {
    const member = { memberId, process: this, active: [], standby: [] };
    this.members.push(member);
    return member;
  }

  leastLoaded(): LoadedMember {
    return leastOf(this.members, taskCount)!;
  }

  noteTask(task: Task): void {
    this.#tasks.add(taskKey(task));
  }
}

/** How many tasks the member has, in whatever role. */
export function taskCount({ active, standby }: LoadedMember): number {
  return active.length + standby.length;
}

/** The first of those with the least measure. */
export function leastOf<Item>(items: Iterable<Item>, measure: (item: Item) => number): Item | undefined {
  let least: Item | undefined;
  let leastMeasure = Infinity;
  for (const item of items) {
    const own = measure(item);
    if (own >= leastMeasure) continue;
    least = item;
    leastMeasure = own;
  }
  return least;
}
