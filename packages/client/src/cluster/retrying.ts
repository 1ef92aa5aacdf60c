import { MillraceError } from '@millrace/protocol';
import { TimeoutError } from '../errors.ts';
import { abortable } from './abortable.ts';
import type { Cluster } from './cluster.ts';
import { Deadline } from './deadline.ts';
import { delay } from './delay.ts';

export interface RetryOptions {
  /** Names the operation in the error, for example `createTopics`. */
  readonly operation: string;
  /** Over all attempts. */
  readonly timeoutMs: number;
  /** The property or option that sets the limit, for the error. */
  readonly limitedBy: string;
  readonly signal?: AbortSignal | undefined;
  /** Besides errors that are retriable by themselves. */
  readonly isRetriable?: (error: MillraceError) => boolean;
  /** Looks at a retriable failure before the pause, for example to forget a coordinator. */
  readonly onRetry?: (error: MillraceError) => void;
}

/**
 * Runs `attempt` until it succeeds, fails for good, or the time is up: retriable errors are tried again with Kafka's
 * exponential back-off.
 * @throws TimeoutError with the last failure as cause; the first error that is not retriable as it is
 */
export async function retrying<T>(
  cluster: Cluster,
  options: RetryOptions,
  attempt: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const { host, closing } = cluster;
  const deadline = new Deadline(host, options.timeoutMs);
  const signal = options.signal === undefined ? closing : AbortSignal.any([options.signal, closing]);
  let last: unknown;
  const expired = () =>
    new TimeoutError(options.operation, options.timeoutMs, options.limitedBy, {
      cause: last ?? cluster.refresher.lastFailure,
    });
  for (let failures = 1; ; failures++) {
    try {
      signal.throwIfAborted();
      return await deadline.race(abortable(attempt(deadline), signal), expired);
    } catch (error) {
      if (error instanceof TimeoutError && deadline.isExpired) throw error;
      if (!(error instanceof MillraceError)) throw error;
      if (!error.retriable && options.isRetriable?.(error) !== true) throw error;
      last = error;
      options.onRetry?.(error);
    }
    const pauseMs = cluster.retryBackoff.delayMs(failures);
    if (pauseMs >= deadline.remainingMs) throw expired();
    await delay(host, pauseMs, signal);
  }
}
