/** Which groups have partitions set up right now. */
export class GroupInitializations {
  readonly #underWay = new Map<string, Promise<void>>();

  /** Settles as the last one that began does; `undefined` when nothing is under way. */
  of(groupId: string): Promise<void> | undefined {
    return this.#underWay.get(groupId);
  }

  async during(groupId: string, work: () => Promise<void>): Promise<void> {
    const working = work();
    this.#underWay.set(groupId, working);
    try {
      await working;
    } finally {
      if (this.#underWay.get(groupId) === working) this.#underWay.delete(groupId);
    }
  }
}
