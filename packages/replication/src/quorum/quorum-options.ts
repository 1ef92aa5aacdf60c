import type { Host, Logger, SocketAddress } from '@millrace/host';
import type { PartitionLog } from '@millrace/log';
import type { PeerOptions } from '../peer/peer-options.ts';
import type { QuorumListener } from './quorum-listener.ts';
import type { QuorumSettings } from './quorum-settings.ts';
import type { VoterEndpoint, VoterSet } from './voter-set.ts';

/** For `MetadataQuorum.open()`. */
export interface MetadataQuorumOptions {
  readonly host: Host;
  readonly logger: Logger;
  /** Partition 0 of `__cluster_metadata`, opened with `metadataLogConfig`; snapshots and `quorum-state` lie with it. */
  readonly log: PartitionLog;
  readonly nodeId: number;
  /** Of the directory that the log is in, from its meta.properties. */
  readonly directoryId: string;
  readonly clusterId: string;
  /** `controller.quorum.voters`; left out where the voters are in the log (KIP-853). */
  readonly staticVoters?: VoterSet;
  /** `controller.quorum.bootstrap.servers`: where to ask for the leader before any voter is known. */
  readonly bootstrapServers?: readonly SocketAddress[];
  /** Whether `process.roles` has `controller`. Others follow without a vote. */
  readonly isController: boolean;
  /** Where other nodes reach the controller listeners of this one; asked from `start` on. Empty on mere brokers. */
  readonly endpoints: () => readonly VoterEndpoint[];
  readonly settings: QuorumSettings;
  /** How to speak to the controller listeners of other nodes. */
  readonly peers: Pick<PeerOptions, 'clientId' | 'security'>;
  readonly listener: QuorumListener;
}
