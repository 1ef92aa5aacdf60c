import type { ConsumerRecord } from './consumer-record.ts';
import type { HandedOut, PolledRecords } from './fetch/fetch-buffer.ts';
import type { SubscriptionState } from './subscription/subscription-state.ts';

const NOTHING: PolledRecords = { records: [], handedOut: [] };
const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * Makes of a record what the loop is given, a promise only if it has to wait; undefined passes over the record. What it
 * throws is thrown in the loop, and the position stays before the record.
 */
export type RecordDecoder<Item> = (record: ConsumerRecord) => Item | undefined | Promise<Item | undefined>;

/**
 * Records one by one, with the position moving along: a commit at any moment covers exactly the records that the loop
 * has been given. Leaving the loop gives back what it has not seen; a seek or pause in its body takes effect at once.
 *
 * Written by hand, because an async generator takes three turns of the microtask queue per record where one does.
 */
export class RecordIterator<Item> implements AsyncIterableIterator<Item, undefined> {
  readonly #subscription: SubscriptionState;
  readonly #poll: () => Promise<PolledRecords | undefined>;
  readonly #decode: RecordDecoder<Item>;
  #polled = NOTHING;
  /** Of `#polled.handedOut`. */
  #partIndex = 0;
  /** Of `#polled.records`: the next one to hand out. */
  #recordIndex = 0;
  #isDone = false;

  /** @param poll the next array, undefined when the consumer is closed. */
  constructor(
    subscription: SubscriptionState,
    poll: () => Promise<PolledRecords | undefined>,
    decode: RecordDecoder<Item>,
  ) {
    this.#subscription = subscription;
    this.#poll = poll;
    this.#decode = decode;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    const record = this.#peek();
    if (record === undefined) return this.#refill();
    try {
      const item = this.#decode(record);
      if (item === undefined || item instanceof Promise) return this.#nextLater(record, item);
      this.#advance(record);
      return Promise.resolve({ done: false, value: item });
    } catch (error) {
      return Promise.reject(error);
    }
  }

  return(): Promise<IteratorReturnResult<undefined>> {
    this.#isDone = true;
    for (const part of this.#polled.handedOut.slice(this.#partIndex)) this.#leave(part);
    this.#polled = NOTHING;
    this.#partIndex = 0;
    return Promise.resolve(DONE);
  }

  async #nextLater(
    record: ConsumerRecord,
    decoding: Item | undefined | Promise<Item | undefined>,
  ): Promise<IteratorResult<Item, undefined>> {
    const item = await decoding;
    // A seek, or the end of the loop, may have come meanwhile.
    if (this.#peek() === record) {
      this.#advance(record);
      if (item !== undefined) return { done: false, value: item };
    }
    return this.next();
  }

  async #refill(): Promise<IteratorResult<Item, undefined>> {
    while (!this.#isDone) {
      const polled = await this.#poll();
      if (polled === undefined) break;
      this.#polled = polled;
      this.#partIndex = 0;
      this.#recordIndex = 0;
      if (this.#peek() !== undefined) return this.next();
    }
    return DONE;
  }

  /** The next record that is still wanted. */
  #peek(): ConsumerRecord | undefined {
    for (; this.#partIndex < this.#polled.handedOut.length; this.#partIndex++) {
      const part = this.#polled.handedOut[this.#partIndex]!;
      this.#recordIndex = Math.max(this.#recordIndex, part.start);
      if (this.#recordIndex < part.end && this.#isCurrent(part))
        return this.#polled.records[this.#recordIndex];
      this.#leave(part);
    }
    return undefined;
  }

  #advance({ offset, leaderEpoch }: ConsumerRecord): void {
    this.#recordIndex++;
    const { partition } = this.#polled.handedOut[this.#partIndex]!;
    partition.consumedTo({ offset: offset + 1, leaderEpoch });
  }

  /** The part has been read to its end, or nobody wants the rest of it now. */
  #leave(part: HandedOut): void {
    const { partition, version, end, position } = part;
    if (partition.version !== version) return;
    if (this.#recordIndex >= end) partition.consumedTo(position);
    else partition.discardFetched();
  }

  #isCurrent({ partition, version }: HandedOut): boolean {
    return partition.version === version && !partition.isPaused && this.#subscription.holds(partition);
  }
}
