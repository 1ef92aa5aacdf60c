import { invariant } from './invariant.ts';

/**
 * The appends of a machine that are neither durable nor lost, by their rising ids. They become durable from the oldest
 * on, and are lost from the newest on.
 */
export class OpenWrites<Write> {
  readonly #byId = new Map<number, Write>();
  #lastId = 0;
  #newestId = 0;

  get size(): number {
    return this.#byId.size;
  }

  /** Oldest first. */
  get ids(): readonly number[] {
    return [...this.#byId.keys()];
  }

  /** What has seen all of memory is true when this one is durable; `undefined`: all of it is. */
  get newest(): Write | undefined {
    if (this.#byId.size === 0) return undefined;
    while (!this.#byId.has(this.#newestId)) this.#newestId--;
    return this.#byId.get(this.#newestId);
  }

  /** @returns its id */
  add(write: Write): number {
    const id = ++this.#lastId;
    this.#newestId = id;
    this.#byId.set(id, write);
    return id;
  }

  /** The oldest one is durable. */
  takeOldest(id: number): Write {
    const [oldest] = this.#byId.keys();
    invariant(id === oldest, `append ${id} is durable before ${oldest}`);
    return this.#take(id);
  }

  /** The newest ones are lost. @param ids ascending */
  takeNewest(ids: readonly number[]): Write[] {
    const writes = ids.map((id) => this.#take(id));
    const later = ids.length === 0 ? undefined : this.ids.find((id) => id > ids[0]!);
    invariant(later === undefined, `append ${later} survives the loss of an earlier one`);
    return writes;
  }

  #take(id: number): Write {
    const write = this.#byId.get(id);
    invariant(write !== undefined, `append ${id} ended twice or never began`);
    this.#byId.delete(id);
    return write;
  }
}
