/**
 * Many nodes as one log: the KRaft quorum, partition leaders and followers, fetchers.
 *
 * @packageDocumentation
 */
export { PeerChannel, type PeerChannelOptions, type PeerSendOptions } from './peer/peer-channel.ts';
export { PeerChannels, type PeerChannelsOptions } from './peer/peer-channels.ts';
export { peerApi, type PeerApi, type PeerResponseCodec } from './peer/peer-api.ts';
export type { PeerOptions, PeerSecurity } from './peer/peer-options.ts';
export {
  DivergedError,
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
