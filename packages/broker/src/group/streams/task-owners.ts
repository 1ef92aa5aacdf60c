import type { TaskNumbers } from './tasks.ts';

const nobody: readonly string[] = [];

/** In which processes the tasks of one role are. A process is counted once for each of its members that has the task. */
export class TaskOwners {
  readonly #owners = new Map<string, Map<number, readonly string[]>>();

  processesOf(subtopologyId: string, task: number): readonly string[] {
    return this.#owners.get(subtopologyId)?.get(task) ?? nobody;
  }

  add(tasks: TaskNumbers, processId: string): void {
    for (const [subtopologyId, numbers] of tasks) {
      let owners = this.#owners.get(subtopologyId);
      if (owners === undefined) this.#owners.set(subtopologyId, (owners = new Map()));
      for (const task of numbers) owners.set(task, [...(owners.get(task) ?? nobody), processId]);
    }
  }

  remove(tasks: TaskNumbers, processId: string): void {
    for (const [subtopologyId, numbers] of tasks) {
      const owners = this.#owners.get(subtopologyId);
      for (const task of numbers) {
        const left = owners?.get(task) ?? nobody;
        const at = left.indexOf(processId);
        if (at === -1) continue;
        if (left.length === 1) owners!.delete(task);
        else owners!.set(task, left.toSpliced(at, 1));
      }
      if (owners?.size === 0) this.#owners.delete(subtopologyId);
    }
  }
}
