import { ErrorCode } from '@millrace/protocol';
import { ListOffsetsRequest, ListOffsetsResponse } from '@millrace/protocol/messages/list-offsets';
import { peerApi } from '@millrace/replication';
import { BatchedCalls } from '../coordinator/batched-calls.ts';
import { NODE_ANSWER_TIMEOUT_MS } from '../coordinator/coordinator-limits.ts';
import type { NodeChannels } from '../coordinator/node-channels.ts';
import type { ClusterImage } from '../metadata/cluster-image.ts';
import type { PartitionRegistry } from '../partitions/partition-registry.ts';

const LIST_OFFSETS = peerApi(ListOffsetsRequest, ListOffsetsResponse);
const LATEST_TIMESTAMP = -1;
/** Who asks is no follower: the answer is the high watermark. */
const NO_REPLICA = -1;

const MAX_PARTITIONS = 1000;
const MAX_WAITING = 10_000;

export interface LatestOffsetsOptions {
  readonly nodeId: number;
  readonly image: () => Pick<ClusterImage, 'topics'>;
  readonly partitions: () => PartitionRegistry;
  readonly channels: () => NodeChannels;
}

interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** High watermarks of partitions, whoever leads them. */
export class LatestOffsets {
  readonly #options: LatestOffsetsOptions;
  readonly #remote: BatchedCalls<number, TopicPartition, number | undefined>;

  constructor(options: LatestOffsetsOptions) {
    this.#options = options;
    this.#remote = new BatchedCalls({
      maxItems: MAX_PARTITIONS,
      maxWaiting: MAX_WAITING,
      send: async (nodeId, items) => {
        const limits = { timeoutMs: NODE_ANSWER_TIMEOUT_MS };
        const answer = await options.channels().to(nodeId).send(LIST_OFFSETS, requestOf(items), limits);
        return offsetsOf(answer);
      },
    });
  }

  /** `undefined` for a partition that does not exist, or cannot be asked now. Never rejects. */
  async of(topic: string, partition: number): Promise<number | undefined> {
    const { nodeId, image, partitions } = this.#options;
    const leader = image().topics.byName.get(topic)?.partitions[partition]?.leader ?? -1;
    if (leader === nodeId) return partitions().get(topic, partition)?.log.highWatermark;
    if (leader === -1) return undefined;
    try {
      return await this.#remote.call(leader, { topic, partition });
    } catch {
      return undefined;
    }
  }
}

/** One entry for each partition, so that the answers come in their order. */
function requestOf(items: readonly TopicPartition[]) {
  return {
    replicaId: NO_REPLICA,
    topics: items.map(({ topic, partition }) => ({
      name: topic,
      partitions: [{ partitionIndex: partition, timestamp: LATEST_TIMESTAMP }],
    })),
  };
}

function offsetsOf({ topics }: ListOffsetsResponse): (number | undefined)[] {
  return topics.flatMap(({ partitions }) =>
    partitions.map(({ errorCode, offset }) => (errorCode === ErrorCode.NONE ? offset : undefined)),
  );
}
