import type { RecordMetadata } from './producer-record.ts';

/** Somebody who waits for batches: one call of `send` with an array. */
export interface CompletionListener {
  batchSettled(): void;
}

type Resolve = (metadata: RecordMetadata) => void;
type Reject = (error: Error) => void;

/**
 * The shared outcome of all records of one batch. Offsets follow from the base offset and the record's place, so
 * nothing is kept per record but what its caller waits with. A batch that was split answers through its parts.
 */
export class BatchCompletion implements CompletionListener {
  readonly topic: string;
  readonly partition: number;
  // Four parallel arrays rather than an object per record: single sends are the hot path.
  readonly #resolves: Resolve[] = [];
  readonly #rejects: Reject[] = [];
  readonly #indexes: number[] = [];
  readonly #timestampsMs: number[] = [];
  readonly #listeners: CompletionListener[] = [];
  #parts: readonly BatchCompletion[] = [];
  #partCounts: readonly number[] = [];
  #unsettledParts = 0;
  #baseOffset = -1;
  #logAppendTimeMs = -1;
  #error: Error | undefined;
  #isSettled = false;

  constructor(topic: string, partition: number) {
    this.topic = topic;
    this.partition = partition;
  }

  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** The caller of a single `send`. */
  addSingle(index: number, timestampMs: number, resolve: Resolve, reject: Reject): void {
    this.#indexes.push(index);
    this.#timestampsMs.push(timestampMs);
    this.#resolves.push(resolve);
    this.#rejects.push(reject);
  }

  /** @returns false if it was the last one to be added already */
  addListener(listener: CompletionListener): boolean {
    if (this.#listeners.at(-1) === listener) return false;
    this.#listeners.push(listener);
    return true;
  }

  /** @param baseOffset -1 where it is not known; @param logAppendTimeMs -1 for CreateTime */
  succeed(baseOffset: number, logAppendTimeMs: number): void {
    if (this.#isSettled) return;
    this.#baseOffset = baseOffset;
    this.#logAppendTimeMs = logAppendTimeMs;
    this.#settle();
  }

  fail(error: Error): void {
    if (this.#isSettled) return;
    this.#error = error;
    this.#settle();
  }

  /** From now on the parts, in order, stand for this batch. @param counts Records of each part */
  followParts(parts: readonly BatchCompletion[], counts: readonly number[]): void {
    this.#parts = parts;
    this.#partCounts = counts;
    this.#unsettledParts = parts.length;
    for (const part of parts) part.addListener(this);
  }

  batchSettled(): void {
    if (--this.#unsettledParts === 0 && !this.#isSettled) this.#settle();
  }

  /** Any of its records failed. Of a settled batch. */
  get hasFailed(): boolean {
    return this.#error !== undefined || this.#parts.some((part) => part.hasFailed);
  }

  errorOf(index: number): Error | undefined {
    if (this.#parts.length === 0) return this.#error;
    return this.#inPart(index, (part, within) => part.errorOf(within));
  }

  metadataOf(index: number, timestampMs: number): RecordMetadata {
    if (this.#parts.length > 0) {
      return this.#inPart(index, (part, within) => part.metadataOf(within, timestampMs));
    }
    return {
      topic: this.topic,
      partition: this.partition,
      offset: this.#baseOffset < 0 ? -1 : this.#baseOffset + index,
      timestampMs: this.#logAppendTimeMs < 0 ? timestampMs : this.#logAppendTimeMs,
    };
  }

  #inPart<T>(index: number, ask: (part: BatchCompletion, within: number) => T): T {
    let within = index;
    let at = 0;
    while (within >= this.#partCounts[at]!) within -= this.#partCounts[at++]!;
    return ask(this.#parts[at]!, within);
  }

  #settle(): void {
    this.#isSettled = true;
    for (let at = 0; at < this.#indexes.length; at++) {
      const index = this.#indexes[at]!;
      const error = this.errorOf(index);
      if (error === undefined) this.#resolves[at]!(this.metadataOf(index, this.#timestampsMs[at]!));
      else this.#rejects[at]!(error);
    }
    for (const listener of this.#listeners) listener.batchSettled();
  }
}
