import { endTxnMarker, ErrorCode } from '@millrace/protocol';
import { toKafkaError } from '../apis/to-kafka-error.ts';
import type { BrokerServices } from '../broker-services.ts';
import { AppendInDoubtError } from '../coordinator/append-in-doubt-error.ts';
import { CONSUMER_OFFSETS_TOPIC } from '../metadata/topic-names.ts';
import { requireLeader } from '../partitions/require-leader.ts';
import type { PartitionMarker } from './remote-markers.ts';

/** What writing markers needs of the broker. */
export type MarkerTarget = Pick<BrokerServices, 'host' | 'image' | 'partitions' | 'groups'>;

/** Ends transactions on partitions that this node leads, for coordinators on this and other nodes. */
export class LocalMarkers {
  readonly #target: () => MarkerTarget;
  /** A coordinator that had no answer yet asks again: it is answered with the write that it has caused. */
  readonly #underWay = new Map<string, Promise<number>>();

  constructor(target: () => MarkerTarget) {
    this.#target = target;
  }

  /**
   * Resolves when the marker is durable, for however long that takes.
   * @returns the error code for the transaction coordinator; never rejects
   */
  write(item: PartitionMarker): Promise<number> {
    const key = keyOf(item);
    const known = this.#underWay.get(key);
    if (known !== undefined) return known;
    const writing = writeMarker(this.#target(), item).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, writing);
    return writing;
  }
}

function keyOf({ topic, partition, marker }: PartitionMarker): string {
  const { producerId, producerEpoch, coordinatorEpoch, isCommit } = marker;
  return `${producerId}:${producerEpoch}:${coordinatorEpoch}:${isCommit}:${partition}:${topic}`;
}

/** In `__consumer_offsets` the group coordinator writes it, so that the offsets become visible with it. */
async function writeMarker(
  target: MarkerTarget,
  { topic, partition, marker }: PartitionMarker,
): Promise<number> {
  try {
    const leader = requireLeader(target, topic, partition);
    if (topic === CONSUMER_OFFSETS_TOPIC)
      return asLeaderError(await target.groups.endTransaction(partition, marker));
    const { transactionVersion, isCommit } = marker;
    const type = isCommit ? 'COMMIT' : 'ABORT';
    const batch = endTxnMarker({ ...marker, type, timestampMs: target.host.clock.nowMs() });
    const { lastOffset } = await leader.append(batch, 'coordinator', { transactionVersion });
    await leader.committed(lastOffset + 1);
    return ErrorCode.NONE;
  } catch (error) {
    // Written, and then somebody else led: it is up to the new leader, which may have it already.
    if (error instanceof AppendInDoubtError) return ErrorCode.NOT_LEADER_OR_FOLLOWER;
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
