/** What the quorum goes by, under Kafka's names; the configuration of a node has them all. */
export interface QuorumSettings {
  /** How long a voter without a leader waits before it asks for votes: from here to twice that, at random. */
  readonly 'controller.quorum.election.timeout.ms': number;
  /** How long a follower does without its leader; a leader without a majority of fetches resigns after 1.5 times that. */
  readonly 'controller.quorum.fetch.timeout.ms': number;
  /** The longest that a successor waits after its leader has resigned. */
  readonly 'controller.quorum.election.backoff.max.ms': number;
  readonly 'controller.quorum.request.timeout.ms': number;
  readonly 'controller.quorum.retry.backoff.ms': number;
  /** How long a leader with followers gathers appends before it flushes them. */
  readonly 'controller.quorum.append.linger.ms': number;
  readonly 'controller.quorum.fetch.max.bytes': number;
  readonly 'controller.quorum.fetch.snapshot.max.bytes': number;
  /** How large log and snapshots may be together before the oldest go; -1 for no limit. */
  readonly 'metadata.max.retention.bytes': number;
  /** How old a snapshot may be before it goes with the log before the next one; -1 for no limit. */
  readonly 'metadata.max.retention.ms': number;
  /** Whether a controller that is no voter makes itself one (KIP-1186). */
  readonly 'controller.quorum.auto.join.enable': boolean;
}

/** Kafka's defaults. */
export const defaultQuorumSettings: QuorumSettings = {
  'controller.quorum.election.timeout.ms': 1000,
  'controller.quorum.fetch.timeout.ms': 2000,
  'controller.quorum.election.backoff.max.ms': 1000,
  'controller.quorum.request.timeout.ms': 2000,
  'controller.quorum.retry.backoff.ms': 20,
  'controller.quorum.append.linger.ms': 25,
  'controller.quorum.fetch.max.bytes': 1048576,
  'controller.quorum.fetch.snapshot.max.bytes': 1048576,
  'metadata.max.retention.bytes': 104857600,
  'metadata.max.retention.ms': 604800000,
  'controller.quorum.auto.join.enable': false,
};
