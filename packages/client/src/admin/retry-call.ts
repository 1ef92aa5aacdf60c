import { retrying } from '../cluster/retrying.ts';
import { limitOf, type AdminCallOptions, type AdminContext } from './admin-context.ts';

/** Runs one request of an Admin call until it succeeds, fails for good, or the time of the call is up. */
export function retryCall<Result>(
  { cluster, defaultTimeoutMs }: AdminContext,
  operation: string,
  options: AdminCallOptions,
  attempt: () => Promise<Result>,
): Promise<Result> {
  const retry = {
    operation,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    limitedBy: limitOf(options),
    signal: options.signal,
  };
  return retrying(cluster, retry, attempt);
}
