interface Entry<T> {
  readonly key: string;
  /** When `value` is due. May be later than the node in the heap says; `popDue` puts it back then. */
  dueMs: number;
  value: T;
}

interface HeapNode<T> {
  readonly atMs: number;
  /** Equal times come out in the order they went in, so that one run is like the next. */
  readonly sequence: number;
  readonly entry: Entry<T>;
}

/** Below this many nodes nobody minds stale ones. */
const MIN_NODES_TO_REBUILD = 256;

/**
 * Timers as data: values by key, due at a time, taken out by `popDue`. Setting a deadline later, which every heartbeat
 * does, costs a map lookup and leaves the heap alone.
 */
export class DeadlineQueue<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #heap: HeapNode<T>[] = [];
  #sequence = 0;

  get size(): number {
    return this.#entries.size;
  }

  /** Nodes in the heap, stale ones included: what the queue costs in memory. */
  get nodeCount(): number {
    return this.#heap.length;
  }

  /** When the value of `key` is due, if it is set. */
  dueMs(key: string): number | undefined {
    return this.#entries.get(key)?.dueMs;
  }

  /** Sets or moves the deadline of `key`. */
  set(key: string, dueMs: number, value: T): void {
    const known = this.#entries.get(key);
    if (known !== undefined && dueMs >= known.dueMs) {
      known.dueMs = dueMs;
      known.value = value;
      return;
    }
    const entry = { key, dueMs, value };
    this.#entries.set(key, entry);
    this.#push(entry);
    if (this.#heap.length > Math.max(MIN_NODES_TO_REBUILD, 2 * this.#entries.size)) this.#rebuild();
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
    this.#heap.length = 0;
  }

  /** No deadline is earlier; `undefined` when none is set. May be too early by the moves since, never too late. */
  nextMs(): number | undefined {
    this.#dropStale();
    return this.#heap[0]?.atMs;
  }

  /** Takes out one value that is due at `nowMs`, the earliest first; `undefined` when none is left. */
  popDue(nowMs: number): T | undefined {
    for (;;) {
      this.#dropStale();
      const first = this.#heap[0];
      if (first === undefined || first.atMs > nowMs) return undefined;
      this.#popNode();
      const { entry } = first;
      if (entry.dueMs <= nowMs) {
        this.#entries.delete(entry.key);
        return entry.value;
      }
      this.#push(entry);
    }
  }

  #dropStale(): void {
    while (this.#heap.length > 0 && this.#entries.get(this.#heap[0]!.entry.key) !== this.#heap[0]!.entry) {
      this.#popNode();
    }
  }

  /** Drops what was deleted or moved to an earlier time: a client that joins over and over must not fill the heap. */
  #rebuild(): void {
    this.#heap.length = 0;
    for (const entry of this.#entries.values()) this.#push(entry);
  }

  #push(entry: Entry<T>): void {
    const heap = this.#heap;
    const node = { atMs: entry.dueMs, sequence: this.#sequence++, entry };
    let index = heap.length;
    heap.push(node);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(node, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = node;
  }

  #popNode(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
  }
}

function isBefore<T>(a: HeapNode<T>, b: HeapNode<T>): boolean {
  return a.atMs !== b.atMs ? a.atMs < b.atMs : a.sequence < b.sequence;
}
