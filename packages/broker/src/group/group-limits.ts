/**
 * A member that waits for the join phase for the first time cannot send heartbeats yet, and a muted socket does not
 * tell that its peer is gone. Whoever does not come back within this time is taken for dead, however long the rebalance
 * lasts (Apache Kafka: NEW_MEMBER_JOIN_TIMEOUT_MS).
 */
export const NEW_MEMBER_JOIN_TIMEOUT_MS = 5 * 60 * 1000;

/** When the record of a group that lost its last member could not be written: how long until the next try. */
export const EMPTY_GROUP_RECORD_RETRY_MS = 1000;

/** Longest regular expression of a subscription: compiling one costs time and memory in proportion to its length. */
export const MAX_TOPIC_REGEX_CHARS = 4096;

/** How much of the reason that a client gives for joining is passed on to the log. */
export const MAX_LOGGED_REASON_CHARS = 255;
