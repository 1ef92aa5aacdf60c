import { NO_LEADER, type PartitionImage } from '../metadata/cluster-image.ts';

/**
 * ONLINE keeps the leader while it may lead, and otherwise takes whoever is safe. UNCLEAN takes anybody alive when nobody
 * is safe, and loses records. PREFERRED moves the leadership to the first replica, if that is safe.
 */
export type Election = 'ONLINE' | 'UNCLEAN' | 'PREFERRED';

/** What a change of a partition has to keep to. */
export interface ElectionRules {
  readonly election: Election;
  /** Is this broker up, its replica on a disk that works? */
  readonly isAcceptableLeader: (brokerId: number) => boolean;
  /** At most the replication factor. */
  readonly minInSyncReplicas: number;
  /** `eligible.leader.replicas.version` 1. */
  readonly isElrEnabled: boolean;
  /** Below metadata.version 12: a smaller ISR begins a new leader epoch. */
  readonly isShrinkInNewEpoch: boolean;
  /** Where a replica will be that is new on a broker. */
  readonly defaultDirectory: (brokerId: number) => string;
}

/** Who would be where after the change. */
export interface Electorate {
  readonly replicas: readonly number[];
  readonly inSyncReplicas: readonly number[];
  readonly eligibleLeaderReplicas: readonly number[];
}

export interface ElectionResult {
  /** `NO_LEADER` for nobody. */
  readonly leader: number;
  /** The new leader may lack records that were acknowledged. */
  readonly isUnclean: boolean;
}

/** Chooses the leader of a partition from those who will be its replicas. */
export function electLeader(
  old: PartitionImage,
  electorate: Electorate,
  rules: ElectionRules,
): ElectionResult {
  const { replicas, inSyncReplicas, eligibleLeaderReplicas } = electorate;
  const { election, isAcceptableLeader } = rules;
  const safe = inSyncReplicas.length > 0 ? inSyncReplicas : eligibleLeaderReplicas;
  const isValid = (id: number) => safe.includes(id) && isAcceptableLeader(id);
  const [preferred = NO_LEADER] = replicas;
  if (election === 'PREFERRED' && isValid(preferred)) return clean(preferred);
  if (isValid(old.leader)) return clean(old.leader);
  const valid = replicas.find(isValid);
  if (valid !== undefined) return clean(valid);
  const unclean =
    lastKnownLeader(old, electorate, rules) ??
    (election === 'UNCLEAN' ? replicas.find(isAcceptableLeader) : undefined);
  return unclean === undefined ? clean(NO_LEADER) : { leader: unclean, isUnclean: true };
}

function clean(leader: number): ElectionResult {
  return { leader, isUnclean: false };
}

/** Nobody is known to be complete any more: then it is likely the one that led last (KIP-966, balanced recovery). */
function lastKnownLeader(
  { lastKnownElr }: PartitionImage,
  { replicas, inSyncReplicas, eligibleLeaderReplicas }: Electorate,
  { isAcceptableLeader }: ElectionRules,
): number | undefined {
  const isAnybodySafe = inSyncReplicas.length + eligibleLeaderReplicas.length > 0;
  if (isAnybodySafe || lastKnownElr.length !== 1) return undefined;
  return lastKnownElr.find((id) => replicas.includes(id) && isAcceptableLeader(id));
}
