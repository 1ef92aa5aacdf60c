/**
 * Many nodes as one log: the KRaft quorum, partition leaders and followers, fetchers.
 *
 * @packageDocumentation
 */
export { PeerChannel, type PeerChannelOptions, type PeerSendOptions } from './peer/peer-channel.ts';
export { PeerChannels, type PeerChannelsOptions } from './peer/peer-channels.ts';
export { peerApi, type PeerApi, type PeerResponseCodec } from './peer/peer-api.ts';
export type { PeerLogin } from './peer/peer-login.ts';
export type { PeerOptions, PeerSecurity } from './peer/peer-options.ts';
export type { PeerTraffic } from './peer/peer-traffic.ts';
export { RecentSamples } from './measure/recent-samples.ts';
export { METADATA_TOPIC, METADATA_TOPIC_ID } from './quorum/metadata-topic.ts';
export { MetadataQuorum } from './quorum/metadata-quorum.ts';
export type { QuorumAppend } from './quorum/proposals.ts';
export type { QuorumStanding, QuorumStatus } from './quorum/quorum-status.ts';
export type { MetadataQuorumOptions } from './quorum/quorum-options.ts';
export type { QuorumLeader, QuorumListener, QuorumSnapshot } from './quorum/quorum-listener.ts';
export { MAX_METADATA_BATCH_BYTES, metadataLogConfig } from './quorum/quorum-log.ts';
export { INITIAL_SNAPSHOT, initialSnapshot } from './quorum/initial-snapshot.ts';
export type { NewSnapshot } from './quorum/snapshot-writer.ts';
export { defaultQuorumSettings, type QuorumSettings } from './quorum/quorum-settings.ts';
export { parseSnapshotFileName, snapshotFileName, type SnapshotId } from './quorum/snapshot-id.ts';
export {
  MAX_KRAFT_VERSION,
  VoterSet,
  type ReplicaKey,
  type Voter,
  type VoterEndpoint,
} from './quorum/voter-set.ts';
export {
  DivergedError,
  ForeignClusterError,
  NotLeaderError,
  PeerAnswerError,
  PeerLoginError,
  PeerTimeoutError,
  PeerUnavailableError,
  QuorumSnapshotError,
  QuorumStateError,
  replicationErrors,
  ReplicationInternalError,
  VotersError,
} from './errors.ts';
export {
  stepOnOutOfRange,
  truncationBeforeFirstFetch,
  truncationOnDivergence,
  type EpochEnd,
  type FollowerLog,
  type OutOfRangeStep,
  type Truncation,
} from './partition/follower-divergence.ts';
export type {
  CommittedIsr,
  IsrChange,
  IsrChangeOutcome,
  IsrChangeResult,
  IsrMember,
} from './partition/isr-change.ts';
export {
  LeaderState,
  type LeaderStateOptions,
  type ReplicaNodes,
  type ReplicatedPartition,
} from './partition/leader-state.ts';
export { ReplicaProgress, type FollowerFetch, type SessionFetchTime } from './partition/replica-progress.ts';
export type { FetcherSettings } from './fetcher/fetcher-settings.ts';
export type { FollowedPartition } from './fetcher/followed-partition.ts';
export { ReplicaFetcher, type ReplicaFetcherOptions } from './fetcher/replica-fetcher.ts';
export { ReplicaFetchers, type ReplicaFetchersOptions } from './fetcher/replica-fetchers.ts';
