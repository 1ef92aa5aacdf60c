import type { KafkaErrorName } from '@millrace/protocol';

/** Somebody who waits until everything below an offset is committed. */
export interface ReplicationWaiter {
  readonly endOffset: number;
  /** Nobody listens any more. */
  readonly isSettled: boolean;
  /** @param error name of the Kafka error, `undefined` when it is committed */
  settle(error: KafkaErrorName | undefined): void;
}

/** Who waits for the high watermark of one partition, in the order of offsets. */
export class ReplicationWaits {
  #waiters: ReplicationWaiter[] = [];
  #head = 0;

  get size(): number {
    return this.#waiters.length - this.#head;
  }

  /** Appends are answered in their order, so waiters come in the order of their offsets, or nearly so. */
  add(waiter: ReplicationWaiter): void {
    let at = this.#waiters.length;
    while (at > this.#head && this.#waiters[at - 1]!.endOffset > waiter.endOffset) at--;
    if (at === this.#waiters.length) this.#waiters.push(waiter);
    else this.#waiters.splice(at, 0, waiter);
  }

  /** @param error for those who are served now, `undefined` where enough replicas have it */
  onHighWatermark(highWatermark: number, error: KafkaErrorName | undefined): void {
    if (this.#waiters.length === 0) return;
    while (this.#head < this.#waiters.length && this.#waiters[this.#head]!.endOffset <= highWatermark) {
      this.#waiters[this.#head++]!.settle(error);
    }
    if (this.#head === this.#waiters.length || this.#head > 1024) this.#compact();
  }

  failAll(error: KafkaErrorName): void {
    const waiters = this.#waiters.splice(0).slice(this.#head);
    this.#head = 0;
    for (const waiter of waiters) waiter.settle(error);
  }

  /** Somebody has given up: what nobody listens for must not stay while the high watermark stands still. */
  forgetSettled(): void {
    this.#waiters = this.#waiters.slice(this.#head).filter(({ isSettled }) => !isSettled);
    this.#head = 0;
  }

  #compact(): void {
    this.#waiters.splice(0, this.#head);
    this.#head = 0;
  }
}
