import { ErrorCode } from '@millrace/protocol';
import { NO_LEADER, type ClusterImage, type PartitionImage } from '../metadata/cluster-image.ts';
import { isOnlineDirectory } from '../metadata/replica-directories.ts';
import type { RequestContext } from './handler.ts';

/** Is the broker in, and does it have the listener that the client came in on? */
function isReachable(image: ClusterImage, listenerName: string, brokerId: number): boolean {
  const broker = image.brokers.get(brokerId);
  return broker !== undefined && !broker.isFenced && broker.endpoints.has(listenerName);
}

/** The leader of a partition as far as the client can reach it, and what it is told where it cannot. */
export function reachableLeader(
  { leader }: PartitionImage,
  image: ClusterImage,
  listenerName: string,
): { readonly errorCode: number; readonly leaderId: number } {
  if (isReachable(image, listenerName, leader)) return { errorCode: ErrorCode.NONE, leaderId: leader };
  const broker = image.brokers.get(leader);
  const isElsewhere = broker !== undefined && !broker.isFenced;
  const errorCode = isElsewhere ? ErrorCode.LISTENER_NOT_FOUND : ErrorCode.LEADER_NOT_AVAILABLE;
  return { errorCode, leaderId: NO_LEADER };
}

export function offlineReplicas(
  { replicas, directories }: PartitionImage,
  image: ClusterImage,
  listenerName: string,
): number[] {
  return replicas.filter(
    (id, position) =>
      !isReachable(image, listenerName, id) ||
      !isOnlineDirectory(image.brokers.get(id)!, directories[position]),
  );
}

/**
 * Any broker will do where a client asks for the controller: each of them passes on what only the controller can do. As
 * in Kafka the client is not told which one that is, and the work spreads.
 */
export function someBroker({ broker, connection, correlationId }: RequestContext): number {
  const { image } = broker;
  const reachable = [...image.brokers.keys()].filter((id) => isReachable(image, connection.listenerName, id));
  return reachable[(correlationId >>> 0) % Math.max(1, reachable.length)] ?? -1;
}
