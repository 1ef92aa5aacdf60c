import type { Random } from '@millrace/host';
import { partitionKey, type TopicPartition } from '../consumer/topic-partition.ts';
import { defaultRetry, type RetryOptions } from './kafka-config.ts';

/** Errors of the program itself: kafkajs does not try again after them. */
const unrecoverable = new Set(['RangeError', 'ReferenceError', 'SyntaxError', 'TypeError']);

export function isRetriable(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  return !unrecoverable.has(error.name) && (error as { retriable?: boolean }).retriable !== false;
}

export interface RetryState {
  readonly retryCount: number;
  readonly retryTime: number;
}

/** How often, and how long after each other, the handler of a partition is tried again. */
export class RetryPauses {
  readonly #options: Required<Omit<RetryOptions, 'restartOnFailure'>>;
  readonly #random: Random;
  readonly #states = new Map<string, RetryState & { readonly offset: number }>();

  constructor(options: RetryOptions, random: Random) {
    this.#options = { factor: 0.2, ...defaultRetry, ...options };
    this.#random = random;
  }

  /**
   * A handler failed at this offset, the first that is not processed.
   * @returns the pause before the next try; no `retryAfterMs` when there have been enough. Progress begins anew.
   */
  next(partition: TopicPartition, offset: number): RetryState & { readonly retryAfterMs?: number } {
    const { retries, initialRetryTime, maxRetryTime, multiplier, factor } = this.#options;
    const key = partitionKey(partition.topic, partition.partition);
    const before = this.#states.get(key);
    const isSame = before?.offset === offset;
    const base = isSame ? before.retryTime * multiplier : initialRetryTime;
    const retryTime = Math.ceil(Math.min(base * (1 + factor * (2 * this.#random.float() - 1)), maxRetryTime));
    const retryCount = isSame ? before.retryCount + 1 : 0;
    if (retryCount >= retries) {
      this.#states.delete(key);
      return { retryCount, retryTime };
    }
    this.#states.set(key, { retryCount, retryTime, offset });
    return { retryCount, retryTime, retryAfterMs: retryTime };
  }
}
