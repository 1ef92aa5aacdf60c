import type { BrokerImage, ClusterImage } from './cluster-image.ts';
import { LOST_DIRECTORY, MIGRATING_DIRECTORY, UNASSIGNED_DIRECTORY } from './reserved-ids.ts';

/** Is a replica in that directory of the broker there to be read, as far as is known? */
export function isOnlineDirectory({ directoryIds }: BrokerImage, directory: string | undefined): boolean {
  if (directory === undefined || directory === LOST_DIRECTORY) return false;
  if (directory === UNASSIGNED_DIRECTORY || directory === MIGRATING_DIRECTORY) return true;
  return directoryIds.length === 0 || directoryIds.includes(directory);
}

/** May new replicas be placed on that broker? One that has not said anything of its directories counts (KIP-1066). */
export function hasUncordonedDirectory({ directoryIds, cordonedDirectoryIds }: BrokerImage): boolean {
  return directoryIds.length === 0 || directoryIds.some((id) => !cordonedDirectoryIds.includes(id));
}

/** Where a new replica on that broker will be: there is no doubt where the broker has one directory. */
export function defaultDirectory({ brokers }: Pick<ClusterImage, 'brokers'>, brokerId: number): string {
  const directoryIds = brokers.get(brokerId)?.directoryIds ?? [];
  return directoryIds.length === 1 ? directoryIds[0]! : UNASSIGNED_DIRECTORY;
}
