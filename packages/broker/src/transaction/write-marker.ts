import { endTxnMarker, ErrorCode } from '@millrace/protocol';
import { toKafkaError } from '../apis/to-kafka-error.ts';
import type { BrokerServices } from '../broker-services.ts';
import type { MarkerFrame } from '../coordinator/state-machine.ts';
import { CONSUMER_OFFSETS_TOPIC } from '../metadata/topic-names.ts';
import { requireLeader } from '../partitions/require-leader.ts';

/** What writing markers needs of the broker. */
export type MarkerTarget = Pick<BrokerServices, 'host' | 'image' | 'partitions' | 'groups'>;

/**
 * Ends a transaction on one partition that this node leads. In `__consumer_offsets` the group coordinator does, so that
 * the offsets become visible with it.
 * @returns the error code for the transaction coordinator; never rejects
 */
export async function writeMarker(
  target: MarkerTarget,
  topic: string,
  partition: number,
  marker: MarkerFrame,
): Promise<number> {
  try {
    const leader = requireLeader(target, topic, partition);
    if (topic === CONSUMER_OFFSETS_TOPIC)
      return asLeaderError(await target.groups.endTransaction(partition, marker));
    const { transactionVersion, isCommit } = marker;
    const type = isCommit ? 'COMMIT' : 'ABORT';
    const batch = endTxnMarker({ ...marker, type, timestampMs: target.host.clock.nowMs() });
    await leader.append(batch, 'coordinator', { transactionVersion });
    return ErrorCode.NONE;
  } catch (error) {
    return toKafkaError(error).errorCode;
  }
}

/** Who sends markers looks for partition leaders, not for coordinators of groups. */
function asLeaderError(errorCode: number): number {
  switch (errorCode) {
    case ErrorCode.NOT_COORDINATOR:
    case ErrorCode.COORDINATOR_NOT_AVAILABLE:
    case ErrorCode.COORDINATOR_LOAD_IN_PROGRESS:
      return ErrorCode.NOT_LEADER_OR_FOLLOWER;
    default:
      return errorCode;
  }
}
