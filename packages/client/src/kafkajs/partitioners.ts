import { keyPartition } from '../producer/key-partition.ts';
import { legacyMurmur2 } from './legacy-murmur2.ts';
import type { Message, PartitionMetadata } from './kafkajs-types.ts';

export interface PartitionerArgs {
  topic: string;
  partitionMetadata: PartitionMetadata[];
  message: Message;
}

export type ICustomPartitioner = () => (args: PartitionerArgs) => number;

/** By key as Java does it, records without a key in turn. */
const DefaultPartitioner: ICustomPartitioner = () => partitionerBy(keyPartition);

/** kafkajs's own rule before 2.0: like Java's, but for the overflows. Only to stay with the partitions that keys have. */
const LegacyPartitioner: ICustomPartitioner = () =>
  partitionerBy((key, count) => (legacyMurmur2(Buffer.from(key)) & 0x7fffffff) % count);

export const Partitioners = {
  DefaultPartitioner,
  LegacyPartitioner,
  /** The name of `DefaultPartitioner` before 2.0. */
  JavaCompatiblePartitioner: DefaultPartitioner,
} as const;

function partitionerBy(ofKey: (key: Buffer, count: number) => number) {
  const turns = new Map<string, number>();
  return ({ topic, partitionMetadata, message }: PartitionerArgs): number => {
    const { partition, key } = message;
    if (partition !== undefined && partition !== null) return partition;
    if (key !== undefined && key !== null) return ofKey(Buffer.from(key), partitionMetadata.length);
    const available = partitionMetadata.filter(({ leader }) => leader >= 0);
    const turn = (turns.get(topic) ?? -1) + 1;
    turns.set(topic, turn);
    const among = available.length > 0 ? available : partitionMetadata;
    return among[turn % among.length]!.partitionId;
  };
}
