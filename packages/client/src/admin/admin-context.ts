import type { Cluster } from '../cluster/cluster.ts';

/** Options of every Admin call. */
export interface AdminCallOptions {
  /** Over all retries. Default `default.api.timeout.ms`. */
  readonly timeoutMs?: number;
  /** Ends the wait. What was already sent still happens. */
  readonly signal?: AbortSignal;
}

/** What the operations are given. */
export interface AdminContext {
  readonly cluster: Cluster;
  readonly defaultTimeoutMs: number;
}

/** Name of the limit in time-out errors. */
export function limitOf(options: AdminCallOptions): string {
  return options.timeoutMs === undefined ? 'default.api.timeout.ms' : 'timeoutMs';
}
