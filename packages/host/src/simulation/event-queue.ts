/** When in one microsecond several events are due, they run in the order in which they were scheduled. */
export interface QueuedEvent {
  readonly timeUs: number;
  readonly sequence: number;
  isCancelled: boolean;
}

/** Below this size cancelled events are not worth sweeping out. */
const MIN_SWEEP_EVENTS = 1024;

/** A binary heap by (time, sequence). A cancelled event stays until it is due or outnumbers the others. */
export class EventQueue<E extends QueuedEvent> {
  #heap: E[] = [];
  #cancelled = 0;

  /** Events that will run. */
  get size(): number {
    return this.#heap.length - this.#cancelled;
  }

  push(event: E): void {
    this.#heap.push(event);
    this.#siftUp(this.#heap.length - 1);
  }

  cancel(event: E): void {
    if (event.isCancelled) return;
    event.isCancelled = true;
    this.#cancelled++;
    if (this.#heap.length > MIN_SWEEP_EVENTS && this.#cancelled > this.#heap.length / 2) this.#sweep();
  }

  pop(): E | undefined {
    for (;;) {
      const event = this.#popAny();
      if (event === undefined || !event.isCancelled) return event;
      this.#cancelled--;
    }
  }

  #popAny(): E | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (first === undefined || last === undefined || this.#heap.length === 0) return first;
    this.#heap[0] = last;
    this.#siftDown();
    return first;
  }

  /** A sorted array is a valid heap. */
  #sweep(): void {
    this.#heap = this.#heap.filter((event) => !event.isCancelled).toSorted(compare);
    this.#cancelled = 0;
  }

  #siftUp(start: number): void {
    const heap = this.#heap;
    const event = heap[start] as E;
    let index = start;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex] as E;
      if (compare(parent, event) <= 0) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = event;
  }

  #siftDown(): void {
    const heap = this.#heap;
    const event = heap[0] as E;
    let index = 0;
    for (;;) {
      const child = this.#smallerChild(index);
      if (child === undefined || compare(heap[child] as E, event) >= 0) break;
      heap[index] = heap[child] as E;
      index = child;
    }
    heap[index] = event;
  }

  #smallerChild(index: number): number | undefined {
    const left = index * 2 + 1;
    if (left >= this.#heap.length) return undefined;
    const right = left + 1;
    if (right >= this.#heap.length) return left;
    return compare(this.#heap[left] as E, this.#heap[right] as E) <= 0 ? left : right;
  }
}

function compare(left: QueuedEvent, right: QueuedEvent): number {
  return left.timeUs - right.timeUs || left.sequence - right.sequence;
}
