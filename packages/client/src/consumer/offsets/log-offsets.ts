import type { Cluster } from '../../cluster/cluster.ts';
import { partitionKey, type TopicPartition } from '../topic-partition.ts';
import type { WaitLimits } from '../wait-options.ts';
import { listOffsets, type ListedOffset, type ListOffsetsOptions, type OffsetQuery } from './list-offsets.ts';

/** Looks offsets up in the logs of partitions, as far as one isolation level may see. */
export class LogOffsets {
  readonly #cluster: Cluster;
  readonly #isolationLevel: ListOffsetsOptions['isolationLevel'];

  constructor(cluster: Cluster, isolationLevel: ListOffsetsOptions['isolationLevel']) {
    this.#cluster = cluster;
    this.#isolationLevel = isolationLevel;
  }

  /** In the order of `queries`. @param operation for messages @throws TimeoutError, KafkaError */
  async find(
    operation: string,
    queries: readonly OffsetQuery[],
    limits: WaitLimits,
  ): Promise<ListedOffset[]> {
    const options = { ...limits, isolationLevel: this.#isolationLevel, operation };
    const found = await listOffsets(this.#cluster, queries, options);
    return queries.map(({ topic, partition }) => found.get(partitionKey(topic, partition))!);
  }

  /** One end of each log, in the order of `partitions`. @param timestampMs `EARLIEST_TIMESTAMP` or `LATEST_TIMESTAMP` */
  async ends(
    operation: string,
    timestampMs: number,
    partitions: readonly TopicPartition[],
    limits: WaitLimits,
  ): Promise<number[]> {
    const queries = partitions.map(({ topic, partition }) => ({ topic, partition, timestampMs }));
    const found = await this.find(operation, queries, limits);
    return found.map(({ offset }) => offset);
  }
}
