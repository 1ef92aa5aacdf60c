/**
 * Many nodes as one log: the KRaft quorum, partition leaders and followers, fetchers.
 *
 * @packageDocumentation
 */
export {};
