import type { PartitionImage } from '../metadata/cluster-image.ts';

/** Who has a replica of a partition, and who is on the way there or away (KIP-455). */
export interface Assignment {
  /** During a reassignment: the target, followed by those that are to go. */
  readonly replicas: readonly number[];
  readonly addingReplicas: readonly number[];
  readonly removingReplicas: readonly number[];
}

export function isReassigned({
  addingReplicas,
  removingReplicas,
}: Pick<Assignment, 'addingReplicas' | 'removingReplicas'>): boolean {
  return addingReplicas.length + removingReplicas.length > 0;
}

/**
 * The way from one list of replicas to another. A reassignment that is under way is replaced: what it was adding and is
 * not wanted any more is removed like any other replica.
 */
export function reassignmentTo(current: readonly number[], target: readonly number[]): Assignment {
  const removingReplicas = sorted(current.filter((id) => !target.includes(id)));
  const addingReplicas = sorted(target.filter((id) => !current.includes(id)));
  return { replicas: [...target, ...removingReplicas], addingReplicas, removingReplicas };
}

/** What remains once everything new is in sync; `undefined` as long as it is not, or without a reassignment. */
export function completedReassignment(
  assignment: Assignment,
  inSyncReplicas: readonly number[],
): { readonly replicas: readonly number[]; readonly inSyncReplicas: readonly number[] } | undefined {
  if (!isReassigned(assignment)) return undefined;
  const { addingReplicas, removingReplicas } = assignment;
  const stays = (id: number) => !removingReplicas.includes(id);
  const replicas = assignment.replicas.filter(stays);
  const inSync = inSyncReplicas.filter(stays);
  if (replicas.length === 0 || inSync.length === 0) return undefined;
  // With fewer replicas than before, all that remain must be there: what goes may have been the last one in sync.
  const required = addingReplicas.length < removingReplicas.length ? replicas : addingReplicas;
  return required.every((id) => inSync.includes(id)) ? { replicas, inSyncReplicas: inSync } : undefined;
}

/** The partition as it was before the reassignment that is under way. */
export interface RevertedReassignment {
  readonly replicas: readonly number[];
  readonly inSyncReplicas: readonly number[];
  /** Only new replicas were in sync: going back loses what they have. */
  readonly isUnclean: boolean;
}

export function revertedReassignment({
  replicas: all,
  inSyncReplicas,
  addingReplicas,
}: PartitionImage): RevertedReassignment {
  const wasThere = (id: number) => !addingReplicas.includes(id);
  const replicas = all.filter(wasThere);
  const inSync = inSyncReplicas.filter(wasThere);
  return inSync.length === 0
    ? { replicas, inSyncReplicas: replicas.slice(0, 1), isUnclean: true }
    : { replicas, inSyncReplicas: inSync, isUnclean: false };
}

function sorted(ids: readonly number[]): number[] {
  return ids.toSorted((a, b) => a - b);
}
