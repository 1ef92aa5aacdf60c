import { decodeRecords, WireReader, type RecordBatch } from '@millrace/protocol';
import { LeaderChangeMessage } from '@millrace/protocol/messages/control-records';
import type { ClusterWorld } from '../cluster/cluster-world.ts';
import { disagreements } from './log-agreement.ts';
import { metadataProblems, snapshotProblems } from './metadata-rules.ts';
import { storedLogs, storedSnapshots, type StoredLog } from './stored-log.ts';

const METADATA = '__cluster_metadata-0';
const LEADER_CHANGE = 2;

/**
 * Looks at the disks of all nodes at one moment, whatever state they are in: replicas agree (R2, K3), epochs have one
 * leader (R4, K2), in-sync replicas are what they may be (R6, R7), snapshots equal the log (K6).
 */
export function clusterProblems(world: ClusterWorld): string[] {
  const replicas = new Map<string, Map<string, StoredLog>>();
  const problems: string[] = [];
  for (const { name, machine } of world.nodes) {
    for (const [log, stored] of storedLogs(machine)) {
      const key = log === METADATA ? log : `${log} ${stored.topicId}`;
      const nodes = replicas.get(key) ?? new Map<string, StoredLog>();
      replicas.set(key, nodes.set(name, stored));
    }
  }
  for (const nodes of replicas.values()) problems.push(...disagreements(nodes));
  const minimum = Math.min(2, world.replicationFactor);
  const metadata = [...(replicas.get(METADATA) ?? [])];
  problems.push(...quorumLeaderProblems(metadata));
  for (const [node, { batches }] of metadata) {
    if ((batches[0]?.baseOffset ?? 0) > 0) continue;
    const found = [
      ...metadataProblems(batches, minimum),
      ...snapshotProblems(storedSnapshots(world.simulation.host(node)), batches),
    ];
    problems.push(...found.map((problem) => `${node}: ${problem}`));
  }
  return problems;
}

/** K2: every leader begins its epoch with a record that names it. */
export function quorumLeaderProblems(logs: readonly (readonly [string, StoredLog])[]): string[] {
  const leaders = new Map<number, { readonly node: string; readonly leaderId: number }>();
  const problems: string[] = [];
  for (const [node, { batches }] of logs) {
    for (const batch of batches) {
      const leaderId = leaderIn(batch);
      if (leaderId === undefined) continue;
      const epoch = batch.partitionLeaderEpoch;
      const known = leaders.get(epoch);
      if (known === undefined) leaders.set(epoch, { node, leaderId });
      else if (known.leaderId !== leaderId) {
        problems.push(
          `quorum epoch ${epoch} has two leaders: ${known.leaderId} on ${known.node}, ${leaderId} on ${node}`,
        );
      }
    }
  }
  return problems;
}

function leaderIn(batch: RecordBatch): number | undefined {
  if (!batch.isControl) return undefined;
  for (const { key, value } of decodeRecords(batch)) {
    if (key === null || value === null || key.readInt16BE(2) !== LEADER_CHANGE) continue;
    return LeaderChangeMessage.read(new WireReader(value), value.readInt16BE(0)).leaderId;
  }
  return undefined;
}
