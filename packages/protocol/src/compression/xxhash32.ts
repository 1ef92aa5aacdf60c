const PRIME_1 = 0x9e3779b1;
const PRIME_2 = 0x85ebca77;
const PRIME_3 = 0xc2b2ae3d;
const PRIME_4 = 0x27d4eb2f;
const PRIME_5 = 0x165667b1;

const STRIPE_BYTES = 16;

/** xxHash of 32 bits with seed 0, unsigned: the checksum of LZ4 frames. */
export function xxhash32(input: Uint8Array): number {
  const { length } = input;
  let at = 0;
  let hash = PRIME_5;
  if (length >= STRIPE_BYTES) {
    let lane1 = (PRIME_1 + PRIME_2) | 0;
    let lane2 = PRIME_2 | 0;
    let lane3 = 0;
    let lane4 = -PRIME_1 | 0;
    for (; at + STRIPE_BYTES <= length; at += STRIPE_BYTES) {
      lane1 = round(lane1, word(input, at));
      lane2 = round(lane2, word(input, at + 4));
      lane3 = round(lane3, word(input, at + 8));
      lane4 = round(lane4, word(input, at + 12));
    }
    hash = (rotate(lane1, 1) + rotate(lane2, 7) + rotate(lane3, 12) + rotate(lane4, 18)) | 0;
  }
  hash = (hash + length) | 0;
  for (; at + 4 <= length; at += 4) {
    hash = Math.imul(rotate(hash + Math.imul(word(input, at), PRIME_3), 17), PRIME_4);
  }
  for (; at < length; at++) {
    hash = Math.imul(rotate(hash + Math.imul(input[at]!, PRIME_5), 11), PRIME_1);
  }
  return avalanche(hash);
}

function round(lane: number, value: number): number {
  return Math.imul(rotate(lane + Math.imul(value, PRIME_2), 13), PRIME_1);
}

function avalanche(hash: number): number {
  const first = Math.imul(hash ^ (hash >>> 15), PRIME_2);
  const second = Math.imul(first ^ (first >>> 13), PRIME_3);
  return (second ^ (second >>> 16)) >>> 0;
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function word(input: Uint8Array, at: number): number {
  return input[at]! | (input[at + 1]! << 8) | (input[at + 2]! << 16) | (input[at + 3]! << 24);
}
