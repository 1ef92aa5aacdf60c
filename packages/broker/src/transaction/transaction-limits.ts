/** How long until the record of a completion is written again after it could not be. */
export const COMPLETION_RETRY_MS = 1000;

/** Pause before markers that a partition could not take are sent again (Kafka: `request.timeout`-free, 100 ms). */
export const MARKER_RETRY_MS = 100;

/** How often, and how far apart, a produce request asks again while the end of the previous transaction completes. */
export const CONCURRENT_RETRY_MS = 20;
export const CONCURRENT_RETRY_LIMIT_MS = 100;

/** How long a partition leader keeps a coordinator on another node waiting for its markers. */
export const MARKER_WAIT_MS = 1000;

/** How long a client waits for a change of its transaction to be written; Kafka's `request.timeout.ms`. */
export const TRANSACTION_WRITE_TIMEOUT_MS = 30_000;
