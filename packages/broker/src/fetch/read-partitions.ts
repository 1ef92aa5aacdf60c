import type { HostedReplica } from '../partitions/hosted-replica.ts';
import type { FetchPartition } from './fetch-partition.ts';
import { readPartition, type FetchBound, type PartitionRead } from './read-partition.ts';

/** One Fetch request, resolved: what to read and within which limits. */
export interface FetchPlan {
  /** In the order in which they may use up `maxBytes`. */
  readonly partitions: readonly FetchPartition[];
  /** @throws KafkaError when this node cannot serve the partition */
  readonly findReplica: (partition: FetchPartition) => HostedReplica;
  /** The node that the consumer should rather ask; `undefined` for this one. Default: this one. */
  readonly preferredReplica?:
    | ((replica: HostedReplica, fetchOffset: number) => number | undefined)
    | undefined;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly maxWaitMs: number;
  readonly bound: FetchBound;
}

/** All partitions of a plan, read once. */
export interface FetchRead {
  readonly reads: readonly PartitionRead[];
  readonly sizeBytes: number;
  /** Some partition has something to say that does not wait. */
  readonly isUrgent: boolean;
}

/**
 * Reads the partitions one after the other until `maxBytes` are used up. The first batch of the first non-empty
 * partition comes whole, whatever its size, so that a consumer always gets on. No promise unless some log has to read
 * its files.
 */
export function readPartitions(
  plan: FetchPlan,
  maxBytes: number = plan.maxBytes,
): FetchRead | Promise<FetchRead> {
  const progress = new ReadProgress(plan, maxBytes);
  for (let index = 0; index < plan.partitions.length; index++) {
    const read = progress.read(index);
    if (read instanceof Promise) return readRest(plan, progress, read, index + 1);
    progress.add(read);
  }
  return progress.result();
}

async function readRest(
  plan: FetchPlan,
  progress: ReadProgress,
  pending: Promise<PartitionRead>,
  nextIndex: number,
): Promise<FetchRead> {
  progress.add(await pending);
  for (let index = nextIndex; index < plan.partitions.length; index++) {
    const read = progress.read(index);
    progress.add(read instanceof Promise ? await read : read);
  }
  return progress.result();
}

class ReadProgress {
  readonly #plan: FetchPlan;
  readonly #maxBytes: number;
  readonly #reads: PartitionRead[] = [];
  #sizeBytes = 0;
  #isUrgent = false;

  constructor(plan: FetchPlan, maxBytes: number) {
    this.#plan = plan;
    this.#maxBytes = maxBytes;
  }

  read(index: number): PartitionRead | Promise<PartitionRead> {
    const partition = this.#plan.partitions[index]!;
    const leftBytes = Math.max(0, this.#maxBytes - this.#sizeBytes);
    return readPartition(partition, this.#plan.findReplica, {
      maxBytes: Math.min(partition.maxBytes, leftBytes),
      minOneMessage: this.#sizeBytes === 0,
      bound: this.#plan.bound,
      preferredReplica: this.#plan.preferredReplica,
    });
  }

  add(read: PartitionRead): void {
    this.#reads.push(read);
    this.#sizeBytes += read.sizeBytes;
    this.#isUrgent ||= read.isUrgent;
  }

  result(): FetchRead {
    return { reads: this.#reads, sizeBytes: this.#sizeBytes, isUrgent: this.#isUrgent };
  }
}
