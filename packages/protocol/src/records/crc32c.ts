import { loadNative } from '../compression/load-native.ts';
import { crc32cPortable } from './crc32c-portable.ts';

/** Below this the call into native code costs more than it saves; at 16 KiB it is nine times as fast. */
const NATIVE_FROM_BYTES = 200;

/** What is used of `@node-rs/crc32`. */
interface NativeCrc32 {
  crc32c(input: Uint8Array): number;
}

/** Undefined where the package has no binary: the portable code then does it all. */
const native = loadNative('@node-rs/crc32') as NativeCrc32 | undefined;

/** CRC-32C (Castagnoli) of `buffer[start, end)`, unsigned. */
export function crc32c(buffer: Uint8Array, start = 0, end = buffer.length): number {
  if (native === undefined || end - start < NATIVE_FROM_BYTES) return crc32cPortable(buffer, start, end);
  return native.crc32c(start === 0 && end === buffer.length ? buffer : buffer.subarray(start, end));
}
