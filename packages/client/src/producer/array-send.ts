import { PartialSendError } from '../errors.ts';
import type { BatchCompletion, CompletionListener } from './batch-completion.ts';
import type { RecordMetadata } from './producer-record.ts';

/** Neighbours in the array that became neighbours in one batch. */
interface Run {
  readonly completion: BatchCompletion;
  readonly firstPosition: number;
  readonly firstIndex: number;
  count: number;
}

/**
 * One call of `send` with an array. Remembers which stretches of it went into which batch, so that nothing is kept per
 * record, and settles once, when the last of its batches has.
 */
export class ArraySend implements CompletionListener {
  readonly promise: Promise<RecordMetadata[]>;
  readonly #resolve: (results: RecordMetadata[]) => void;
  readonly #reject: (error: Error) => void;
  readonly #recordCount: number;
  readonly #timestampMs: (position: number) => number;
  readonly #runs: Run[] = [];
  /** Failures of records that never got into a batch, by position. */
  readonly #unplacedErrors = new Map<number, Error>();
  #unplaced: number;
  #unsettledBatches = 0;

  /** @param timestampMs Of the record at a position, for its metadata. */
  constructor(recordCount: number, timestampMs: (position: number) => number) {
    const { promise, resolve, reject } = Promise.withResolvers<RecordMetadata[]>();
    this.promise = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#recordCount = recordCount;
    this.#timestampMs = timestampMs;
    this.#unplaced = recordCount;
  }

  /** The record at `position` went into a batch, as its record number `index`. */
  placed(position: number, completion: BatchCompletion, index: number): void {
    this.#unplaced--;
    const last = this.#runs.at(-1);
    const isNext =
      last !== undefined &&
      last.completion === completion &&
      position === last.firstPosition + last.count &&
      index === last.firstIndex + last.count;
    if (isNext) last.count++;
    else this.#begin({ completion, firstPosition: position, firstIndex: index, count: 1 });
  }

  /** The record at `position` could not be queued. */
  failed(position: number, error: Error): void {
    this.#unplacedErrors.set(position, error);
    this.#unplaced--;
    this.#maybeSettle();
  }

  batchSettled(): void {
    this.#unsettledBatches--;
    this.#maybeSettle();
  }

  #begin(run: Run): void {
    this.#runs.push(run);
    if (run.completion.addListener(this)) this.#unsettledBatches++;
  }

  #maybeSettle(): void {
    if (this.#unplaced > 0 || this.#unsettledBatches > 0) return;
    const hasFailed =
      this.#unplacedErrors.size > 0 || this.#runs.some(({ completion }) => completion.hasFailed);
    if (hasFailed) this.#rejectWithErrors();
    else this.#resolve(this.#results());
  }

  #results(): RecordMetadata[] {
    const results: RecordMetadata[] = [];
    results.length = this.#recordCount;
    for (const { completion, firstPosition, firstIndex, count } of this.#runs) {
      for (let offset = 0; offset < count; offset++) {
        const position = firstPosition + offset;
        results[position] = completion.metadataOf(firstIndex + offset, this.#timestampMs(position));
      }
    }
    return results;
  }

  #rejectWithErrors(): void {
    const results: (RecordMetadata | undefined)[] = Array.from({ length: this.#recordCount });
    const errors: (Error | undefined)[] = Array.from({ length: this.#recordCount });
    for (const [position, error] of this.#unplacedErrors) errors[position] = error;
    for (const { completion, firstPosition, firstIndex, count } of this.#runs) {
      for (let offset = 0; offset < count; offset++) {
        const position = firstPosition + offset;
        const error = completion.errorOf(firstIndex + offset);
        if (error !== undefined) errors[position] = error;
        else results[position] = completion.metadataOf(firstIndex + offset, this.#timestampMs(position));
      }
    }
    const [first] = errors;
    const isOneForAll = first !== undefined && errors.every((error) => error === first);
    this.#reject(isOneForAll ? first : new PartialSendError(results, errors));
  }
}
