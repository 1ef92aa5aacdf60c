import type { Host, Timer } from '@millrace/host';
import type { KafkaErrorName } from '@millrace/protocol';
import type { LeaderPartition } from './leader-partition.ts';
import type { ReplicationWaiter } from './replication-waits.ts';

/** What was not replicated, and why. */
export interface Unreplicated<Item> {
  readonly item: Item;
  readonly partition: LeaderPartition;
  readonly error: KafkaErrorName;
}

/**
 * One request that waits until all its records are on enough replicas: one promise and one timer for however many
 * partitions, and neither where nothing has to be waited for.
 */
export class ReplicationWait<Item> {
  readonly #host: Host;
  readonly #timeoutMs: number;
  readonly #entries: Entry<Item>[] = [];
  #open = 0;
  #finish: (() => void) | undefined;
  #timer: Timer | undefined;

  constructor(host: Host, timeoutMs: number) {
    this.#host = host;
    this.#timeoutMs = timeoutMs;
  }

  /** Is there anything that `settled` would not return at once without errors? */
  get isOpen(): boolean {
    return this.#entries.length > 0;
  }

  /** Everything below `endOffset` is to be replicated. */
  add(partition: LeaderPartition, endOffset: number, item: Item): void {
    if (partition.isReplicated(endOffset)) return;
    const entry = new Entry(item, partition, endOffset, () => this.#onSettled());
    this.#entries.push(entry);
    this.#open++;
    partition.waitForReplicas(entry);
  }

  /** Resolves with those that failed, REQUEST_TIMED_OUT for those that took longer than the timeout. */
  async settled(): Promise<Unreplicated<Item>[]> {
    if (this.#open > 0) await this.#allOrTimeout();
    return this.#entries.flatMap(({ item, partition, error }) =>
      error === undefined ? [] : [{ item, partition, error }],
    );
  }

  #allOrTimeout(): Promise<void> {
    return new Promise((resolve) => {
      this.#finish = resolve;
      const giveUp = (): void => this.#giveUp();
      this.#timer = this.#host.timers.schedule(this.#timeoutMs, giveUp, { background: true });
    });
  }

  #onSettled(): void {
    this.#open--;
    if (this.#open > 0) return;
    this.#timer?.cancel();
    this.#finish?.();
  }

  #giveUp(): void {
    const late = this.#entries.filter(({ isSettled }) => !isSettled);
    for (const entry of late) entry.settle('REQUEST_TIMED_OUT');
    for (const { partition } of late) partition.forgetSettledWaiters();
  }
}

class Entry<Item> implements ReplicationWaiter {
  readonly item: Item;
  readonly partition: LeaderPartition;
  readonly endOffset: number;
  isSettled = false;
  error: KafkaErrorName | undefined;
  readonly #onSettled: () => void;

  constructor(item: Item, partition: LeaderPartition, endOffset: number, onSettled: () => void) {
    this.item = item;
    this.partition = partition;
    this.endOffset = endOffset;
    this.#onSettled = onSettled;
  }

  settle(error: KafkaErrorName | undefined): void {
    if (this.isSettled) return;
    this.isSettled = true;
    this.error = error;
    this.#onSettled();
  }
}
