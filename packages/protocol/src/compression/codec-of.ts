import type { Codec } from './codec.ts';
import type { CompressionType } from './compression-type.ts';
import { gzipCodec } from './gzip-codec.ts';
import { lz4Codec } from './lz4-codec.ts';
import { snappyCodec } from './snappy-codec.ts';
import { zstdCodec } from './zstd-codec.ts';

const noneCodec: Codec = {
  compress: (input) => input,
  compressAsync: async (input) => input,
  decompress: (input) => input,
  decompressAsync: async (input) => input,
};

const codecs: Readonly<Record<CompressionType, Codec>> = {
  none: noneCodec,
  gzip: gzipCodec,
  snappy: snappyCodec,
  lz4: lz4Codec,
  zstd: zstdCodec,
};

export function codecOf(type: CompressionType): Codec {
  return codecs[type];
}
