/** Runs asynchronous tasks one after the other, in the order in which they were given. */
export class SerialTasks {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    // The caller gets the failure; the queue goes on.
    this.#last = result.catch(() => undefined);
    return result;
  }
}
