import { InvalidOptionError } from '../../errors.ts';
import { checkNumber, checkOptionNames } from '../../option-checks.ts';
import type { RetryOptions } from '../../retry/retry-options.ts';
import type { RecordLocation } from './run-errors.ts';

/** What a handler is told beside its record. */
export interface RecordContext {
  /** Aborted when the outcome no longer matters: the partition is somebody else's, or draining took too long. */
  readonly signal: AbortSignal;
  /**
   * Aborted when nothing more of the partition is started: it is about to go, or the run ends. What is at work may
   * finish, and counts; until `drainTimeoutMs` have passed.
   */
  readonly ending: AbortSignal;
  /** 1, and one more for each time the record has been through a retry topic. */
  readonly attempt: number;
}

/**
 * - `stop`: run() ends with a RecordFailedError; the record is not committed
 * - `skip`: the record counts as processed; the failure is logged
 * - `retryAfterMs`: the same handler again, after so long; what is behind it (of its key or partition) waits
 */
export type ErrorDecision = 'stop' | 'skip' | { readonly retryAfterMs: number };

/** What becomes of records whose handler has failed. */
export type ErrorPolicy =
  | 'stop'
  | 'skip'
  | ((error: unknown, location: RecordLocation) => ErrorDecision | Promise<ErrorDecision>);

/** What `run()` is to do. Exactly one of `eachRecord` and `eachBatch`. */
export interface RunOptions<Item> {
  /** Records of one partition (or one key, see `by`) in order, one after the other. */
  readonly eachRecord?: (record: Item, context: RecordContext) => unknown;
  /** Arrays of records of one partition, in order. Its failure is the failure of its first record. */
  readonly eachBatch?: (records: readonly Item[], context: RecordContext) => unknown;
  /** Handlers that may run at the same time, of different partitions or keys. Default 1. */
  readonly concurrency?: number;
  /**
   * What keeps its order. `partition` (default): everything in a partition. `key`: records with the same key; those
   * without a key have no order then.
   */
  readonly by?: 'partition' | 'key';
  /** What happens when a handler, or a serde, fails. Default `stop`. Not together with `retry`. */
  readonly onError?: ErrorPolicy;
  /** Retry topics and dead letters instead. */
  readonly retry?: RetryOptions;
  /** Ends the run: handlers finish, what they did is committed, and the promise resolves. */
  readonly signal?: AbortSignal;
  /** Records taken from the consumer and not yet processed; reading pauses beyond that. Default 1000. */
  readonly maxQueuedRecords?: number;
  /** How long handlers may take to finish when partitions go, or the run ends. Default 30000. */
  readonly drainTimeoutMs?: number;
}

/** Options with their defaults, in the form the code uses. */
export interface RunSettings<Item> {
  readonly eachRecord: RunOptions<Item>['eachRecord'];
  readonly eachBatch: RunOptions<Item>['eachBatch'];
  readonly concurrency: number;
  readonly byKey: boolean;
  readonly onError: ErrorPolicy;
  readonly retry: RetryOptions | undefined;
  readonly signal: AbortSignal | undefined;
  readonly maxQueuedRecords: number;
  readonly drainTimeoutMs: number;
}

const DEFAULT_MAX_QUEUED_RECORDS = 1000;
const DEFAULT_DRAIN_TIMEOUT_MS = 30_000;

const names: Record<keyof RunOptions<unknown>, true> = {
  eachRecord: true,
  eachBatch: true,
  concurrency: true,
  by: true,
  onError: true,
  retry: true,
  signal: true,
  maxQueuedRecords: true,
  drainTimeoutMs: true,
};

/** @throws InvalidOptionError */
export function runSettings<Item>(options: RunOptions<Item>): RunSettings<Item> {
  checkOptionNames('run()', options, Object.keys(names));
  const { eachRecord, eachBatch, by = 'partition', onError = 'stop', retry } = options;
  if ((eachRecord === undefined) === (eachBatch === undefined)) {
    throw new InvalidOptionError('run()', 'eachRecord', 'or eachBatch must be given, and not both');
  }
  if (by !== 'partition' && by !== 'key') {
    throw new InvalidOptionError('run()', 'by', `is "${String(by)}", but must be "partition" or "key"`);
  }
  if (by === 'key' && eachBatch !== undefined) {
    throw new InvalidOptionError(
      'run()',
      'by',
      'cannot be "key" with eachBatch: batches are of one partition',
    );
  }
  if (retry !== undefined && eachBatch !== undefined) {
    throw new InvalidOptionError(
      'run()',
      'retry',
      'needs eachRecord: which record of a batch failed is not known',
    );
  }
  if (retry !== undefined && options.onError !== undefined) {
    throw new InvalidOptionError('run()', 'onError', 'has no effect with retry; leave one of them out');
  }
  checkOnError(onError);
  const concurrency = checkNumber('run()', 'concurrency', options.concurrency ?? 1, 1);
  const maxQueued = options.maxQueuedRecords ?? DEFAULT_MAX_QUEUED_RECORDS;
  return {
    eachRecord,
    eachBatch,
    concurrency,
    byKey: by === 'key',
    onError,
    retry,
    signal: options.signal,
    maxQueuedRecords: Math.max(2 * concurrency, checkNumber('run()', 'maxQueuedRecords', maxQueued, 1)),
    drainTimeoutMs: checkNumber(
      'run()',
      'drainTimeoutMs',
      options.drainTimeoutMs ?? DEFAULT_DRAIN_TIMEOUT_MS,
      0,
    ),
  };
}

function checkOnError(onError: ErrorPolicy): void {
  if (typeof onError === 'function' || onError === 'stop' || onError === 'skip') return;
  throw new InvalidOptionError(
    'run()',
    'onError',
    `is "${String(onError)}", but must be "stop", "skip" or a function`,
  );
}
