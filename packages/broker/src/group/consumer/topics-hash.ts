import type { TopicImage, TopicsImage } from '../../metadata/cluster-image.ts';

const OFFSET_BASIS = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
const MASK = 0xffff_ffff_ffff_ffffn;

/**
 * What the topics of a subscription are like, as 16 hexadecimal digits (FNV-1a): another topic of the same name, or more
 * partitions, give another hash. Topics that do not exist do not count; empty when none does.
 */
export function topicsHash(names: Iterable<string>, topics: TopicsImage): string {
  const existing = [...names].toSorted().flatMap((name) => topics.byName.get(name) ?? []);
  if (existing.length === 0) return '';
  const text = existing.map(describe).join('\n');
  let hash = OFFSET_BASIS;
  for (const byte of Buffer.from(text)) hash = ((hash ^ BigInt(byte)) * PRIME) & MASK;
  return hash.toString(16).padStart(16, '0');
}

function describe({ name, id, partitions }: TopicImage): string {
  return `${name}:${id}:${partitions.length}`;
}
