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

/** 16 hexadecimal digits as a signed number of 64 bits; none is 0. */
export function hashNumber(hash: string): bigint {
  return hash === '' ? 0n : BigInt.asIntN(64, BigInt(`0x${hash}`));
}

/** The digits of a number that `hashNumber` has made. */
export function hashText(hash: bigint): string {
  return hash === 0n ? '' : BigInt.asUintN(64, hash).toString(16).padStart(16, '0');
}
