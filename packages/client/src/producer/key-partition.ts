import { murmur2 } from './murmur2.ts';

const POSITIVE = 0x7fffffff;
/** Three bytes of UTF-8 per UTF-16 unit at most. */
const MAX_BYTES_PER_UNIT = 3;

let scratch = Buffer.allocUnsafeSlow(1024);

/** The partition of a key, as Kafka's Java client computes it. Allocates nothing for keys of usual length. */
export function keyPartition(key: Uint8Array | string, partitionCount: number): number {
  if (partitionCount === 1) return 0;
  if (typeof key !== 'string') return (murmur2(key) & POSITIVE) % partitionCount;
  const maxBytes = key.length * MAX_BYTES_PER_UNIT;
  if (maxBytes > scratch.length) scratch = Buffer.allocUnsafeSlow(maxBytes);
  const bytes = scratch.write(key, 0, 'utf8');
  return (murmur2(scratch, bytes) & POSITIVE) % partitionCount;
}
