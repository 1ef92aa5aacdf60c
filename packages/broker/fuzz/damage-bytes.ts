import type { Random } from '@millrace/host';

const SIZE_BYTES = 4;

/** Breaks the body of a frame, keeps its header, and makes its size true again. */
export function damageBytes(frame: Buffer, headerBytes: number, random: Random): Buffer {
  const from = SIZE_BYTES + headerBytes;
  let bytes = Buffer.from(frame);
  for (let count = 1 + (random.uint32() % 4); count > 0; count--) {
    const at = from + (random.uint32() % Math.max(1, bytes.length - from));
    bytes = damageAt(bytes, Math.min(at, bytes.length), random);
  }
  bytes.writeInt32BE(bytes.length - SIZE_BYTES, 0);
  return bytes;
}

function damageAt(bytes: Buffer<ArrayBuffer>, at: number, random: Random): Buffer<ArrayBuffer> {
  switch (random.uint32() % 5) {
    case 0:
      return Buffer.from(bytes.subarray(0, at));
    case 1:
      return Buffer.concat([
        bytes.subarray(0, at),
        random.bytes(1 + (random.uint32() % 9)),
        bytes.subarray(at),
      ]);
    case 2:
      return Buffer.concat([
        bytes.subarray(0, at),
        bytes.subarray(Math.min(bytes.length, at + 1 + (random.uint32() % 9))),
      ]);
    case 3:
      // Lengths that promise everything.
      bytes.fill(0xff, at, Math.min(bytes.length, at + 4));
      if (at < bytes.length) bytes[at] = 0x7f;
      return bytes;
    default:
      if (at < bytes.length) bytes[at] = random.uint32() & 0xff;
      return bytes;
  }
}
