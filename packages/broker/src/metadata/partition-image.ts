import type { PartitionChangeRecord, PartitionRecord } from '@millrace/protocol/messages/metadata-records';
import type { PartitionImage } from './cluster-image.ts';
import { MIGRATING_DIRECTORY } from './reserved-ids.ts';

/** No change of the leader in a PartitionChange record. */
export const LEADER_UNCHANGED = -2;
/** No change of the recovery state in a PartitionChange record. */
const RECOVERY_STATE_UNCHANGED = -1;

/** Most lists of most partitions are empty: they are this one. */
const none: readonly never[] = Object.freeze([]);

/** The partition that a Partition record describes. @throws RangeError for what no partition can be */
export function partitionImage(data: PartitionRecord): PartitionImage {
  return {
    index: data.partitionId,
    replicas: data.replicas,
    inSyncReplicas: data.isr,
    addingReplicas: listOf(data.addingReplicas),
    removingReplicas: listOf(data.removingReplicas),
    eligibleLeaderReplicas: listOf(data.eligibleLeaderReplicas),
    lastKnownElr: listOf(data.lastKnownElr),
    leader: data.leader,
    leaderRecoveryState: data.leaderRecoveryState,
    leaderEpoch: data.leaderEpoch,
    partitionEpoch: data.partitionEpoch,
    directories: directoriesOf(data.directories, data.replicas),
  };
}

/**
 * The partition after a PartitionChange record. A leader field raises the leader epoch even when it names the same
 * leader; the partition epoch rises with every change.
 * @throws RangeError for what no partition can be
 */
export function changedPartition(old: PartitionImage, data: PartitionChangeRecord): PartitionImage {
  const hasLeader = data.leader !== LEADER_UNCHANGED;
  const hasRecovery = data.leaderRecoveryState !== RECOVERY_STATE_UNCHANGED;
  const replicas = data.replicas ?? old.replicas;
  return {
    index: old.index,
    replicas,
    inSyncReplicas: data.isr ?? old.inSyncReplicas,
    addingReplicas: changedList(data.addingReplicas, old.addingReplicas),
    removingReplicas: changedList(data.removingReplicas, old.removingReplicas),
    eligibleLeaderReplicas: changedList(data.eligibleLeaderReplicas, old.eligibleLeaderReplicas),
    lastKnownElr: changedList(data.lastKnownElr, old.lastKnownElr),
    leader: hasLeader ? data.leader : old.leader,
    leaderRecoveryState: hasRecovery ? data.leaderRecoveryState : old.leaderRecoveryState,
    leaderEpoch: hasLeader ? old.leaderEpoch + 1 : old.leaderEpoch,
    partitionEpoch: old.partitionEpoch + 1,
    directories:
      data.directories === null ? keptDirectories(old, replicas) : directoriesOf(data.directories, replicas),
  };
}

/** As it is once nobody is known to be eligible but out of sync any more. */
export function withoutElr(partition: PartitionImage): PartitionImage {
  return { ...partition, eligibleLeaderReplicas: none, lastKnownElr: none };
}

function listOf(list: readonly number[] | null): readonly number[] {
  return list === null || list.length === 0 ? none : list;
}

function changedList(change: readonly number[] | null, old: readonly number[]): readonly number[] {
  return change === null ? old : listOf(change);
}

/** Records of a metadata.version without directories have none: their replicas are where they have always been. */
function directoriesOf(directories: readonly string[], replicas: readonly number[]): readonly string[] {
  if (directories.length === replicas.length) return directories;
  if (directories.length === 0) return replicas.map(() => MIGRATING_DIRECTORY);
  throw new RangeError(`${replicas.length} replicas cannot be in ${directories.length} directories`);
}

function keptDirectories(old: PartitionImage, replicas: readonly number[]): readonly string[] {
  if (replicas.length === old.replicas.length) return old.directories;
  throw new RangeError(`${replicas.length} replicas cannot be in ${old.directories.length} directories`);
}
