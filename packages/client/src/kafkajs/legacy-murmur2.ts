const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;

/**
 * murmur2 as kafkajs computed it before 2.0: multiplications as floating point numbers, which lose low bits where Java
 * wraps around, and one block too many for keys that do not end at a multiple of four bytes.
 */
export function legacyMurmur2(key: Buffer): number {
  const { length } = key;
  const byte = (index: number) => key[index] ?? 0;
  let hash = SEED ^ length;
  for (let block = 0; block < length / 4; block++) {
    const at = block * 4;
    let part = byte(at) + (byte(at + 1) << 8) + (byte(at + 2) << 16) + (byte(at + 3) << 24);
    part *= MULTIPLIER;
    part ^= part >>> 24;
    part *= MULTIPLIER;
    hash *= MULTIPLIER;
    hash ^= part;
  }
  const tail = length & ~3;
  const rest = length % 4;
  if (rest === 3) hash ^= byte(tail + 2) << 16;
  if (rest >= 2) hash ^= byte(tail + 1) << 8;
  if (rest >= 1) {
    hash ^= byte(tail);
    hash *= MULTIPLIER;
  }
  hash ^= hash >>> 13;
  hash *= MULTIPLIER;
  return hash ^ (hash >>> 15);
}
