import { buildBatch, decodeRecords, RecordBatch, type CompressionType } from '@millrace/protocol';
import type { LogConfig } from '../log-config.ts';
import type { ValidationContext } from './validation-context.ts';

/** The same records with offsets without gaps, in the codec that the topic asks for. */
export function rewriteBatch(records: Buffer, codec: CompressionType, context: ValidationContext): Buffer {
  const { config, nowMs } = context;
  const batch = new RecordBatch(records);
  const isLogAppendTime = config['message.timestamp.type'] === 'LogAppendTime';
  const inputs = decodeRecords(batch).map((record) => ({
    timestampMs: record.timestampMs,
    key: record.key,
    value: record.value,
    headers: record.headers,
  }));
  const level = compressionLevel(config, codec);
  return buildBatch(inputs, {
    compression: codec,
    ...(level === undefined ? {} : { compressionLevel: level }),
    ...(isLogAppendTime ? { maxTimestampMs: nowMs } : {}),
    isLogAppendTime,
    producerId: batch.producerId,
    producerEpoch: batch.producerEpoch,
    baseSequence: batch.baseSequence,
    isTransactional: batch.isTransactional,
  });
}

function compressionLevel(config: LogConfig, codec: CompressionType): number | undefined {
  switch (codec) {
    case 'gzip':
      return config['compression.gzip.level'];
    case 'lz4':
      return config['compression.lz4.level'];
    case 'zstd':
      return config['compression.zstd.level'];
    case 'none':
    case 'snappy':
      return undefined;
  }
}
