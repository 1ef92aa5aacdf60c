/** Below this a loop beats the built-in copies, which sort out their arguments first. */
const LOOP_BELOW_BYTES = 32;

/** Copies `input[start, start + length)` to `output[at, ...)`. */
export function copyLiterals(
  input: Uint8Array,
  start: number,
  length: number,
  output: Uint8Array,
  at: number,
): void {
  if (length >= LOOP_BELOW_BYTES) {
    output.set(input.subarray(start, start + length), at);
    return;
  }
  for (let index = 0; index < length; index++) output[at + index] = input[start + index]!;
}

/**
 * Copies `length` bytes to `output[at, ...)` from `distance` bytes before. The two may overlap: then the bytes
 * between them repeat, which is how both LZ4 and snappy write runs.
 */
export function copyMatch(output: Uint8Array, at: number, distance: number, length: number): void {
  if (distance >= length && length >= LOOP_BELOW_BYTES) {
    output.copyWithin(at, at - distance, at - distance + length);
    return;
  }
  if (distance === 1) {
    output.fill(output[at - 1]!, at, at + length);
    return;
  }
  for (let index = at; index < at + length; index++) output[index] = output[index - distance]!;
}
