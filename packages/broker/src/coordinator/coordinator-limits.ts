/**
 * Records that gather while an append is under way leave in batches of at most this many bytes, which stays below the
 * 1048588 of `max.message.bytes`. A single write may be larger: then the log decides.
 */
export const MAX_COORDINATOR_BATCH_BYTES = 1_000_000;

/** Appends that are in the log and wait for replicas; more than that, and further ones gather in larger batches. */
export const MAX_OPEN_APPENDS = 100;

/**
 * How long another node may take to answer a coordinator, or a question to one. It may have stopped without a word: by
 * then somebody else leads its partitions, and whoever waits looks again.
 */
export const NODE_ANSWER_TIMEOUT_MS = 3000;

/** How long `close` waits for appends that are under way. */
export const COORDINATOR_CLOSE_TIMEOUT_MS = 5000;
