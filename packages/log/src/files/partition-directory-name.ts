import { MAX_DIRECTORY_NAME_CHARACTERS } from '../limits.ts';

export type PartitionDirectoryState = 'live' | 'delete' | 'future' | 'stray';

/** What the name of a directory says of the partition in it. */
export interface PartitionDirectoryName {
  readonly topic: string;
  readonly partition: number;
  readonly state: PartitionDirectoryState;
}

export function partitionDirectoryName(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}

/**
 * For example `orders-3.0123456789abcdef0123456789abcdef-delete`. The topic is cut so that the whole stays within 255
 * characters, as Kafka does it.
 * @param unique 32 hexadecimal digits.
 */
export function transitionDirectoryName(
  topic: string,
  partition: number,
  unique: string,
  state: Exclude<PartitionDirectoryState, 'live'>,
): string {
  const suffix = `-${partition}.${unique}-${state}`;
  return topic.slice(0, MAX_DIRECTORY_NAME_CHARACTERS - suffix.length) + suffix;
}

const transition = /^(.+)\.[0-9a-f]{32}-(delete|future|stray)$/;

/** `undefined` where the name is not that of a partition directory. */
export function parsePartitionDirectoryName(name: string): PartitionDirectoryName | undefined {
  const moved = transition.exec(name);
  const plain = moved?.[1] ?? name;
  const dash = plain.lastIndexOf('-');
  const partitionText = plain.slice(dash + 1);
  if (dash <= 0 || !/^(0|[1-9]\d{0,9})$/.test(partitionText)) return undefined;
  const state = (moved?.[2] ?? 'live') as PartitionDirectoryState;
  return { topic: plain.slice(0, dash), partition: Number(partitionText), state };
}
