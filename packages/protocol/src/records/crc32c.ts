import { nativeOnFirstUse } from '../compression/load-native.ts';
import { crc32cPortable } from './crc32c-portable.ts';

/** Below this the call into native code costs more than it saves; at 16 KiB it is nine times as fast. */
const NATIVE_FROM_BYTES = 200;

/** What is used of `@node-rs/crc32`. */
interface NativeCrc32 {
  crc32c(input: Uint8Array, previous?: number): number;
}

/**
 * Native code is loaded when about so much was worth it: that takes as long as the portable code for a megabyte, and
 * the first batches of a process need not wait for it.
 */
const LOAD_AFTER_BYTES = 256 * 1024;

const loadNative = nativeOnFirstUse('@node-rs/crc32') as () => NativeCrc32 | undefined;
/** Undefined, too, where the package has no binary: the portable code then does it all. */
let native: NativeCrc32 | undefined;
let bytesUntilLoad = LOAD_AFTER_BYTES;

/**
 * CRC-32C (Castagnoli) of `buffer[start, end)`, unsigned.
 * @param previous the CRC of what is in front of it, to go on with; by default there is nothing
 */
export function crc32c(buffer: Uint8Array, start = 0, end = buffer.length, previous = 0): number {
  if (end - start < NATIVE_FROM_BYTES) return crc32cPortable(buffer, start, end, previous);
  if (native === undefined && bytesUntilLoad > 0) {
    bytesUntilLoad -= end - start;
    if (bytesUntilLoad <= 0) native = loadNative();
  }
  if (native === undefined) return crc32cPortable(buffer, start, end, previous);
  return native.crc32c(start === 0 && end === buffer.length ? buffer : buffer.subarray(start, end), previous);
}
