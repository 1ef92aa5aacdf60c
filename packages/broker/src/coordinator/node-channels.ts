import type { PeerChannel } from '@millrace/replication';

/** Connections to the other nodes of the cluster, by id. Asking for one costs nothing and never fails. */
export interface NodeChannels {
  to(nodeId: number): Pick<PeerChannel, 'send'>;
}
