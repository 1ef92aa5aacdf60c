/**
 * Zigzag varints in plain numbers. Writers return the position after the value; sizes are exact, so a record is
 * measured first and then written once.
 */

const TWO_POW_31 = 0x8000_0000;

export function varintSizeBytes(value: number): number {
  const zigzag = (value << 1) ^ (value >> 31);
  if (zigzag >>> 7 === 0) return 1;
  if (zigzag >>> 14 === 0) return 2;
  return ((38 - Math.clz32(zigzag)) / 7) | 0;
}

/** Returns the position after the value. */
export function writeVarint(buffer: Uint8Array, position: number, value: number): number {
  return writeUvarint(buffer, position, (value << 1) ^ (value >> 31));
}

/** One and two bytes, which is nearly all there is in a record, go without a loop. */
function writeUvarint(buffer: Uint8Array, position: number, value: number): number {
  if (value >>> 7 === 0) {
    buffer[position] = value;
    return position + 1;
  }
  if (value >>> 14 === 0) {
    buffer[position] = value | 0x80;
    buffer[position + 1] = value >>> 7;
    return position + 2;
  }
  let rest = value;
  let at = position;
  while (rest >>> 7 !== 0) {
    buffer[at++] = rest | 0x80;
    rest >>>= 7;
  }
  buffer[at] = rest;
  return at + 1;
}

/** Whether the zigzag form of `value` fits 32 bits, where the fast path works. */
function isInt32(value: number): boolean {
  return (value | 0) === value;
}

/** `value` is any safe integer. */
export function varlongSizeBytes(value: number): number {
  if (isInt32(value)) return varintSizeBytes(value);
  // The zigzag form may pass 2^53, so it is kept as a high and a low half; the high one is not 0 here.
  const magnitude = value < 0 ? -value - 1 : value;
  const bits = 64 - Math.clz32(magnitude / TWO_POW_31);
  return ((bits + 6) / 7) | 0;
}

/** `value` is any safe integer. */
export function writeVarlong(buffer: Uint8Array, position: number, value: number): number {
  if (isInt32(value)) return writeVarint(buffer, position, value);
  const magnitude = value < 0 ? -value - 1 : value;
  let high = Math.floor(magnitude / TWO_POW_31);
  let low = ((magnitude % TWO_POW_31) << 1) | (value < 0 ? 1 : 0);
  let at = position;
  while (high !== 0) {
    buffer[at++] = (low & 0x7f) | 0x80;
    low = (low >>> 7) | (high << 25);
    high >>>= 7;
  }
  return writeUvarint(buffer, at, low);
}
