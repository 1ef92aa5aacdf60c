/** A literal tag whose length follows in two bytes. */
const LITERAL_2_BYTES = 61 << 2;
const MAX_LITERAL_BYTES = 0x1_0000;

/** A snappy block that holds `input` as it is, for where no compressor is. At most 64 KiB. */
export function literalSnappyBlock(input: Buffer): Buffer {
  if (input.length > MAX_LITERAL_BYTES) {
    throw new RangeError(`A literal block holds at most ${MAX_LITERAL_BYTES} bytes, not ${input.length}`);
  }
  const size = sizeField(input.length);
  if (input.length === 0) return size;
  const last = input.length - 1;
  return Buffer.concat([size, Buffer.of(LITERAL_2_BYTES, last & 0xff, last >>> 8), input]);
}

function sizeField(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
  return Buffer.from(bytes);
}
