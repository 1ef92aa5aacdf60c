/**
 * Numbers of IEEE 754 in little endian, byte by byte through a view that is shared: for so few bytes this is faster than the
 * methods of `Buffer`, which check bounds. Bytes that are not there count as zeros; the caller notices that it is past the
 * end.
 */
const double = new Float64Array(1);
const doubleBytes = new Uint8Array(double.buffer);
const float = new Float32Array(1);
const floatBytes = new Uint8Array(float.buffer);

export function readFloat(data: Uint8Array, at: number): number {
  floatBytes[0] = data[at] as number;
  floatBytes[1] = data[at + 1] as number;
  floatBytes[2] = data[at + 2] as number;
  floatBytes[3] = data[at + 3] as number;
  return float[0] as number;
}

export function readDouble(data: Uint8Array, at: number): number {
  doubleBytes[0] = data[at] as number;
  doubleBytes[1] = data[at + 1] as number;
  doubleBytes[2] = data[at + 2] as number;
  doubleBytes[3] = data[at + 3] as number;
  doubleBytes[4] = data[at + 4] as number;
  doubleBytes[5] = data[at + 5] as number;
  doubleBytes[6] = data[at + 6] as number;
  doubleBytes[7] = data[at + 7] as number;
  return double[0] as number;
}
