/** Kafka's names of the codecs and their ids in batch attributes. */
export const CompressionType = { none: 0, gzip: 1, snappy: 2, lz4: 3, zstd: 4 } as const;

/** A codec by Kafka's name, as in `compression.type`. */
export type CompressionType = keyof typeof CompressionType;

const names: readonly CompressionType[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];

/** The codec of an id in batch attributes, or undefined for the ids that nobody has defined. */
export function compressionTypeOf(id: number): CompressionType | undefined {
  return names[id];
}
