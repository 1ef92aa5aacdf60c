import { PartialSendError } from '../errors.ts';
import type { BatchCompletion, CompletionListener } from './batch-completion.ts';
import type { RecordMetadata } from './producer-record.ts';

/**
 * One call of `send` with an array: remembers per record only its batch and place, and settles once, when the last of
 * its batches has.
 */
export class ArraySend implements CompletionListener {
  readonly promise: Promise<RecordMetadata[]>;
  readonly #resolve: (results: RecordMetadata[]) => void;
  readonly #reject: (error: Error) => void;
  readonly #completions: (BatchCompletion | undefined)[];
  readonly #indexes: number[];
  readonly #timestampsMs: number[];
  #errors: (Error | undefined)[] | undefined;
  #unplaced: number;
  #unsettledBatches = 0;

  constructor(recordCount: number) {
    const { promise, resolve, reject } = Promise.withResolvers<RecordMetadata[]>();
    this.promise = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#completions = Array.from({ length: recordCount });
    this.#indexes = Array.from({ length: recordCount }, () => 0);
    this.#timestampsMs = Array.from({ length: recordCount }, () => 0);
    this.#unplaced = recordCount;
  }

  /** The record at `position` went into a batch. */
  placed(position: number, completion: BatchCompletion, index: number, timestampMs: number): void {
    this.#completions[position] = completion;
    this.#indexes[position] = index;
    this.#timestampsMs[position] = timestampMs;
    this.#unplaced--;
    if (completion.addListener(this)) this.#unsettledBatches++;
  }

  /** The record at `position` could not be queued. */
  failed(position: number, error: Error): void {
    this.#errors ??= Array.from({ length: this.#completions.length });
    this.#errors[position] = error;
    this.#unplaced--;
    this.#maybeSettle();
  }

  batchSettled(): void {
    this.#unsettledBatches--;
    this.#maybeSettle();
  }

  #maybeSettle(): void {
    if (this.#unplaced > 0 || this.#unsettledBatches > 0) return;
    const errors = this.#completions.map((completion, position) =>
      completion === undefined ? this.#errors?.[position] : completion.errorOf(this.#indexes[position]!),
    );
    if (errors.every((error) => error === undefined)) this.#resolve(this.#results() as RecordMetadata[]);
    else if (errors.every((error) => error === errors[0])) this.#reject(errors[0]!);
    else this.#reject(new PartialSendError(this.#results(), errors));
  }

  #results(): (RecordMetadata | undefined)[] {
    return this.#completions.map((completion, position) => {
      const index = this.#indexes[position]!;
      if (completion === undefined || completion.errorOf(index) !== undefined) return undefined;
      return completion.metadataOf(index, this.#timestampsMs[position]!);
    });
  }
}
