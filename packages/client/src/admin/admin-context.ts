import type { Cluster } from '../cluster/cluster.ts';

/** Options of every Admin call. */
export interface AdminCallOptions {
  /** Over all retries. Default `default.api.timeout.ms`. */
  readonly timeoutMs?: number;
  /** Ends the wait. What was already sent still happens. */
  readonly signal?: AbortSignal;
  /**
   * How long a topic that does not exist is waited for: brokers of a cluster learn of a new topic one after the other.
   * Default 2000; 0 believes the first answer. Never longer than `timeoutMs`.
   */
  readonly unknownTopicPatienceMs?: number;
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

/**
 * How long one request of a call may take: a broker that is gone without a word leaves time to ask again. A try that
 * was in vain only as far as we know may have done its work: then the next one reports, say, an existing topic.
 */
export function attemptTimeoutMs(
  { cluster, defaultTimeoutMs }: AdminContext,
  options: AdminCallOptions,
): number {
  return Math.min(cluster.settings.requestTimeoutMs, options.timeoutMs ?? defaultTimeoutMs);
}
