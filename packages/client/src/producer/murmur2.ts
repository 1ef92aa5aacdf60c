const SEED = 0x9747b28c | 0;
const MULTIPLIER = 0x5bd1e995;

/**
 * The hash that Kafka's Java client places keyed records by: 32-bit murmur2, as a signed number. Records with the same
 * key land on the same partition whichever client wrote them only as long as all of them use this one.
 * @param end Exclusive; lets callers hash a part of a scratch buffer.
 */
export function murmur2(bytes: Uint8Array, end: number = bytes.length): number {
  let hash = SEED ^ end;
  const wordsEnd = end & ~3;
  for (let at = 0; at < wordsEnd; at += 4) {
    let word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    word = Math.imul(word, MULTIPLIER);
    word ^= word >>> 24;
    hash = Math.imul(hash, MULTIPLIER) ^ Math.imul(word, MULTIPLIER);
  }
  const tail = end - wordsEnd;
  if (tail === 3) hash ^= bytes[wordsEnd + 2]! << 16;
  if (tail >= 2) hash ^= bytes[wordsEnd + 1]! << 8;
  if (tail >= 1) hash = Math.imul(hash ^ bytes[wordsEnd]!, MULTIPLIER);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, MULTIPLIER);
  return (hash ^ (hash >>> 15)) | 0;
}
