import { join } from 'node:path';
import { replaceFile, type Disk } from '@millrace/host';

const FILE = 'quorum-state';

/**
 * The epoch that the node has last led or followed, as Kafka keeps it beside the metadata log; -1 when there is none. A
 * log written by Kafka may end in an older epoch than this.
 */
export async function readQuorumEpoch(disk: Disk, directory: string): Promise<number> {
  const path = join(directory, FILE);
  if ((await disk.stat(path)) === undefined) return -1;
  const { leaderEpoch } = JSON.parse((await disk.readFile(path)).toString()) as { leaderEpoch?: unknown };
  return typeof leaderEpoch === 'number' ? leaderEpoch : -1;
}

/** Notes that `nodeId`, a quorum of its own, leads `leaderEpoch`. */
export async function writeQuorumState(
  disk: Disk,
  directory: string,
  { nodeId, leaderEpoch }: { readonly nodeId: number; readonly leaderEpoch: number },
): Promise<void> {
  const state = {
    clusterId: '',
    leaderId: nodeId,
    leaderEpoch,
    votedId: -1,
    appliedOffset: 0,
    currentVoters: [{ voterId: nodeId }],
    data_version: 0,
  };
  await replaceFile(disk, join(directory, FILE), JSON.stringify(state));
}
