import { createRequire } from 'node:module';
import { crc32cPortable } from './crc32c-portable.ts';

/** Below this the call into native code costs more than it saves. */
const NATIVE_FROM_BYTES = 200;

type NativeCrc32c = (input: Uint8Array) => number;

const nativeCrc32c = loadNative();

/** CRC-32C (Castagnoli) of `buffer[start, end)`, unsigned. */
export function crc32c(buffer: Uint8Array, start = 0, end = buffer.length): number {
  if (nativeCrc32c === undefined || end - start < NATIVE_FROM_BYTES)
    return crc32cPortable(buffer, start, end);
  return nativeCrc32c(start === 0 && end === buffer.length ? buffer : buffer.subarray(start, end));
}

/** The prebuilt binary does not exist for every platform; the portable code does. */
function loadNative(): NativeCrc32c | undefined {
  try {
    return (createRequire(import.meta.url)('@node-rs/crc32') as { crc32c: NativeCrc32c }).crc32c;
  } catch {
    return undefined;
  }
}
