import { corruptMessage } from './record-errors.ts';

const TWO_POW_32 = 0x1_0000_0000;

/** Reads a big-endian int64 that fits a safe integer; anything else in a batch is damage. */
export function readInt64(buffer: Uint8Array, position: number): number {
  const high =
    (buffer[position]! << 24) |
    (buffer[position + 1]! << 16) |
    (buffer[position + 2]! << 8) |
    buffer[position + 3]!;
  if (high > 0x1fffff || high < -0x200000) throw unsafe(buffer, position);
  return high * TWO_POW_32 + readUint32(buffer, position + 4);
}

export function readInt32(buffer: Uint8Array, position: number): number {
  return (
    (buffer[position]! << 24) |
    (buffer[position + 1]! << 16) |
    (buffer[position + 2]! << 8) |
    buffer[position + 3]!
  );
}

export function readUint32(buffer: Uint8Array, position: number): number {
  return readInt32(buffer, position) >>> 0;
}

export function readInt16(buffer: Uint8Array, position: number): number {
  return ((buffer[position]! << 24) >> 16) | buffer[position + 1]!;
}

export function writeInt64(buffer: Uint8Array, position: number, value: number): void {
  writeInt32(buffer, position, Math.floor(value / TWO_POW_32));
  writeInt32(buffer, position + 4, value % TWO_POW_32);
}

export function writeInt32(buffer: Uint8Array, position: number, value: number): void {
  buffer[position] = value >> 24;
  buffer[position + 1] = value >> 16;
  buffer[position + 2] = value >> 8;
  buffer[position + 3] = value;
}

export function writeInt16(buffer: Uint8Array, position: number, value: number): void {
  buffer[position] = value >> 8;
  buffer[position + 1] = value;
}

function unsafe(buffer: Uint8Array, position: number): Error {
  const value = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength).getBigInt64(position);
  return corruptMessage(
    `The int64 at byte ${position} of a record batch is ${value}, beyond the safe integers`,
  );
}
