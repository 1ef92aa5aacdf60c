/**
 * What the writers of payloads have in common but their innermost loops. Those stand in `ByteWriter` and in `WireWriter`, in
 * the same words: behind a function or an object of both, each record of the Protobuf benchmark took 8 to 10 % longer, as
 * the engine stops putting functions into one another before it has come to the end of them.
 */

/** Records are written one after the other into slabs of this size and handed out as parts of them, without a copy. */
export const SLAB_BYTES = 16 * 1024;
/** Up to this length a loop over characters is faster than a call out of JavaScript. */
export const SHORT_STRING = 40;
/** Bytes a character of a string takes at most, in UTF-8, per UTF-16 unit. */
export const MAX_BYTES_PER_UNIT = 3;
/** Bytes of an integer of 64 bits at most, seven bits in each. */
export const MAX_VARINT_BYTES = 10;

/** Thrown by the fast path; what was wrong, and where, is found by looking at the value once more, slowly. */
export class UnfitValue extends Error {}

/** What was written of a record, at the begin of a new slab, and room for `bytes` more behind it. */
export function largerSlab(written: Buffer, bytes: number): Buffer<ArrayBuffer> {
  const slab = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, (written.length + bytes) * 2));
  written.copy(slab);
  return slab;
}
