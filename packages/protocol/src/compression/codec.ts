/** One way to compress the records of a batch. */
export interface Codec {
  /** @param level undefined for the codec's own default; codecs without levels ignore it. */
  compress(input: Buffer, level: number | undefined): Buffer;
  compressAsync(input: Buffer, level: number | undefined): Promise<Buffer>;
  /** @param maxBytes more output than this, like damage, is a CORRUPT_MESSAGE error. */
  decompress(input: Buffer, maxBytes: number): Buffer;
  decompressAsync(input: Buffer, maxBytes: number): Promise<Buffer>;
}
