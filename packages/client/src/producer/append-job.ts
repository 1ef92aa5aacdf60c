import type { BatchCompletion } from './batch-completion.ts';
import type { ArraySend } from './array-send.ts';
import type { ProducerBatch } from './producer-batch.ts';
import type { ProducerRecord, RecordMetadata } from './producer-record.ts';

/** Records of one topic from one call of `send` that could not be appended at once, in the order of the call. */
export interface AppendJob {
  readonly length: number;
  /** When `max.block.ms` is over; monotonic. */
  readonly deadlineMs: number;
  record(position: number): ProducerRecord;
  timestampMs(position: number): number;
  /** The record at `position` is the last one of `batch`. */
  placed(position: number, batch: ProducerBatch): void;
  failed(position: number, error: Error): void;
}

/** The one record of a `send` without an array. */
export class SingleJob implements AppendJob {
  readonly length = 1;
  readonly deadlineMs: number;
  readonly promise: Promise<RecordMetadata>;
  readonly #record: ProducerRecord;
  readonly #timestampMs: number;
  readonly #resolve: (metadata: RecordMetadata) => void;
  readonly #reject: (error: Error) => void;

  constructor(record: ProducerRecord, timestampMs: number, deadlineMs: number) {
    const { promise, resolve, reject } = Promise.withResolvers<RecordMetadata>();
    this.promise = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#record = record;
    this.#timestampMs = timestampMs;
    this.deadlineMs = deadlineMs;
  }

  record(): ProducerRecord {
    return this.#record;
  }

  timestampMs(): number {
    return this.#timestampMs;
  }

  placed(_position: number, batch: ProducerBatch): void {
    batch.completion.addSingle(batch.recordCount - 1, this.#timestampMs, this.#resolve, this.#reject);
  }

  failed(_position: number, error: Error): void {
    this.#reject(error);
  }
}

/** Those records of an array that go to one topic. */
export class ArrayJob implements AppendJob {
  readonly length: number;
  readonly deadlineMs: number;
  readonly #records: readonly ProducerRecord[];
  /** Positions in the array; `undefined` for all of them. */
  readonly #positions: readonly number[] | undefined;
  readonly #nowMs: number;
  readonly #send: ArraySend;

  constructor(
    records: readonly ProducerRecord[],
    positions: readonly number[] | undefined,
    times: { readonly nowMs: number; readonly deadlineMs: number },
    send: ArraySend,
  ) {
    this.length = positions?.length ?? records.length;
    this.deadlineMs = times.deadlineMs;
    this.#records = records;
    this.#positions = positions;
    this.#nowMs = times.nowMs;
    this.#send = send;
  }

  record(position: number): ProducerRecord {
    return this.#records[this.#at(position)]!;
  }

  timestampMs(position: number): number {
    return this.record(position).timestampMs ?? this.#nowMs;
  }

  placed(position: number, batch: ProducerBatch): void {
    const completion: BatchCompletion = batch.completion;
    this.#send.placed(this.#at(position), completion, batch.recordCount - 1);
  }

  failed(position: number, error: Error): void {
    this.#send.failed(this.#at(position), error);
  }

  #at(position: number): number {
    return this.#positions === undefined ? position : this.#positions[position]!;
  }
}

/** Nothing to append: tells when everything before it has been. What `flush` waits for. */
export class MarkerJob implements AppendJob {
  readonly length = 0;
  readonly deadlineMs = Infinity;
  readonly reached: Promise<void>;
  readonly #resolve: () => void;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.reached = promise;
    this.#resolve = resolve;
  }

  done(): void {
    this.#resolve();
  }

  record(): never {
    throw new RangeError('a marker has no records');
  }

  timestampMs(): number {
    return -1;
  }

  placed(): void {}

  failed(): void {}
}
