/**
 * Where programs register codecs for kafkajs. Whatever is put here is not used: snappy, lz4 and zstd are built in, so
 * that a program which registers them runs, and one that does not runs as well.
 */
export const CompressionCodecs: Record<number, () => unknown> = {};
